"""What waits while the projects of a round are chosen."""

from datetime import date

import pytest

from incubator.desk.facts import Urgency
from incubator.desk.facts_selection import ChoosingFact, ScoringFact, SelectionFacts
from incubator.desk.queries import desk
from incubator.selection import operations_waiting
from tests.desk.test_rules import TODAY, facts, project, tasks
from tests.selection.panels import act, panel, prepare, publish, resolve, score, score_all

OFFICE = frozenset({"coordinator"})


def choosing(**known):
    fact = ChoosingFact(1, "Runde", **{"has_panel": True, "publishes_together": True} | known)
    return tasks(roles=OFFICE, selection=SelectionFacts(rounds=(fact,)))


@pytest.mark.parametrize(("known", "expected"), [
    ({}, ["selection.panel"]),
    ({"members": 2, "criteria": 5}, []),
    ({"members": 2, "criteria": 5, "undecided": 3}, ["selection.ranking"]),
    ({"is_closed": True, "undecided": 3}, ["selection.decisions"]),
    ({"is_closed": True, "prepared": 3}, ["selection.decisions"]),
    ({"has_panel": False, "undecided": 3}, ["selection.decisions"]),
    ({"is_closed": True, "publishes_together": False, "undecided": 3}, []),
    ({"is_closed": True, "next_title": "Küche"}, ["selection.waiting_list"]),
    ({"is_closed": True, "waiting": 2, "period_until": date(2020, 1, 1)}, ["selection.waiting_list"]),
    ({"is_closed": True, "waiting": 2, "period_until": date(2099, 1, 1)}, []),
    ({"is_closed": True, "waiting": 2}, []),
    ({"is_closed": True, "waiting": 2, "period_until": date(2020, 1, 1), "prepared": 1}, ["selection.decisions"]),
    ({"is_closed": True, "next_title": "Küche", "prepared": 1}, ["selection.decisions"]),
])
def test_the_coordination_does_one_thing_after_the_other(known, expected):
    assert choosing(**known) == expected


def test_decisions_told_together_are_not_recorded_one_by_one():
    assert tasks(roles=OFFICE, office=(project("budget_approved"),)) == ["budgets.decide"]
    assert tasks(roles=OFFICE, office=(project("budget_approved", publishes_together=True),)) == []


def test_what_one_may_not_score_is_not_counted():
    waiting = SelectionFacts(scoring=(ScoringFact(1, "Runde", TODAY, frozenset({7})),))
    assert tasks(selection=waiting) == ["selection.scoring"]
    assert tasks(selection=waiting, excluded=frozenset({7})) == []


def found(person):
    return [(task.endpoint, task.values.get("round_id"), str(task.detail)) for task in desk(person, TODAY).tasks
            if task.endpoint.startswith("selection")]


def test_a_member_is_told_how_many_are_left_and_by_when(make):
    city = panel(make, 1_000_00, 1_000_00, 1_000_00, panel_on=date(2026, 3, 3))
    person = city.people[0]
    [task] = [each for each in desk(person, TODAY).tasks if each.endpoint == "selection.scoring"]
    assert (task.urgency, task.due, str(task.detail)) == (Urgency.SOON, date(2026, 3, 3), "Still to score: 3.")
    score(city.projects[0], person, 3)
    make.affiliation(person, city.projects[1].carrier, "board")
    assert found(person) == [("selection.scoring", city.round.id, "Still to score: 1.")]


def test_from_the_first_sheet_to_the_waiting_list(any_database, make):
    city = panel(make, 9_000_00, 4_000_00)
    assert found(city.office)[0][0] == "selection.ranking"
    score_all(city, 4, 3)
    assert found(city.people[0]) == []
    resolution = resolve(city)
    prepare(city, city.projects[0], "award", resolution)
    assert found(city.office) == [("selection.decisions", city.round.id, "Still to prepare: 1.")]
    prepare(city, city.projects[1], "waitlist", resolution)
    assert found(city.office) == [("selection.decisions", city.round.id, "All are prepared: 2.")]
    publish(city)
    assert found(city.office) == []
    act(_raise_fund, city.round)
    [(endpoint, _round, detail)] = found(city.office)
    assert endpoint == "selection.waiting_list"
    assert city.projects[1].title in detail
    act(operations_waiting.move_up, city.round, city.office, project_id=city.projects[1].id,
        resolution_id=resolution.id, notice_number="2026-900", notice_on=TODAY)
    assert found(city.office) == []


def _raise_fund(round_):
    round_.fund_cents += 3_000_00


def test_somebody_without_a_panel_has_no_such_task():
    assert facts().selection == SelectionFacts()
