"""What a panel scores by, and who is on it."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.journal import operations as journal
from incubator.programme import operations as programme
from incubator.selection import operations_panel, queries
from tests.selection.panels import act, panel, score


def test_the_usual_criteria_are_a_start_that_can_be_changed(make):
    round_, office = make.round(has_panel=True), make.person("coordinator")
    act(operations_panel.suggest_criteria, round_, office)
    first = queries.criteria(round_.id)[0]
    act(operations_panel.change_criterion, first, office, title="Dringlichkeit", weight=7, position=9)
    known = queries.criteria(round_.id)
    assert len(known) == 5
    assert (known[-1].title, known[-1].weight) == ("Dringlichkeit", 7)


def test_the_usual_criteria_are_not_added_to_others(make):
    city = panel(make)
    with pytest.raises(RuleBroken):
        act(operations_panel.suggest_criteria, city.round, city.office)


@pytest.mark.parametrize("weight", [None, 0, 101])
def test_a_weight_lies_between_one_and_a_hundred(make, weight):
    with pytest.raises(RuleBroken):
        act(operations_panel.add_criterion, make.round(has_panel=True), make.person(), title="Bedarf", weight=weight)


def test_criteria_stay_as_they_are_once_somebody_has_scored(make):
    city = panel(make, 5_000_00)
    score(city.projects[0], city.people[0], 3)
    criterion = queries.criteria(city.round.id)[0]
    for operation, args in ((operations_panel.add_criterion, (city.round,)),
                            (operations_panel.change_criterion, (criterion,))):
        with pytest.raises(RuleBroken):
            act(operation, *args, city.office, title="Neu", weight=1)
    with pytest.raises(RuleBroken):
        act(operations_panel.remove_criterion, criterion, city.office)


def test_somebody_is_on_a_panel_once_and_may_come_back(make):
    city = panel(make)
    person = city.people[0]
    with pytest.raises(RuleBroken):
        act(operations_panel.name_member, city.round, city.office, person.id)
    act(operations_panel.end_member, queries.members(city.round.id)[0], city.office)
    assert len(queries.members(city.round.id)) == 1
    assert len(queries.members(city.round.id, former=True)) == 2


def test_a_closed_account_cannot_be_named(make):
    city = panel(make)
    with pytest.raises(RuleBroken):
        act(operations_panel.name_member, city.round, city.office, make.person(is_active=False).id)


def test_without_a_panel_there_are_no_pages(make, visit):
    round_, office = make.round(), make.person("coordinator")
    for tail in ("panel", "ranking", "scoring", "decisions", "resolutions", "waiting-list"):
        assert visit(office).get(f"/de/desk/rounds/{round_.id}/{tail}").status == 404


def test_the_office_names_the_panel_on_its_page(make, visit):
    city, new = panel(make), make.person(name="Nora Neu")
    path = f"/de/desk/rounds/{city.round.id}/panel"
    visitor = visit(city.office)
    assert visitor.fill(f"{path}/members/add", person=str(new.id)).status == 303
    assert "Nora Neu" in visitor.get(path).text


def test_a_round_that_follows_another_looks_at_the_same_things(make):
    city = panel(make, 5_000_00)
    made = act(programme.add_round, city.office, name="Nächste Runde", has_panel=True, copy_of=city.round)
    while journal.deliver():
        pass
    assert [(each.title, each.weight) for each in queries.criteria(made.id)] == [
        (each.title, each.weight) for each in queries.criteria(city.round.id)]
    assert not queries.panel_ids(made.id)
