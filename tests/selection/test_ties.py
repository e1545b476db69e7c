"""Whoever has ties to a project, or said so, neither decides it nor prepares, drops or tells what was decided (C1)."""

from datetime import date

import pytest

from incubator.budgets import operations_conflict, operations_decision
from incubator.foundation.errors import RuleBroken
from incubator.policy import Act
from incubator.selection import operations_decisions, operations_waiting
from tests.selection.panels import act, panel, prepare, prepare_all, publish, resolve, statuses

RESOLUTION = {"body": "Rat", "on": date(2026, 2, 27), "reference": "VO/2026/1"}
NOTICE = {"notice_number": "2026-009", "notice_on": date(2026, 3, 1)}


def tie(make, city, number=0):
    make.affiliation(city.office, city.projects[number].carrier, "board")
    return city.projects[number]


def declared(make, city, number=0):
    act(operations_conflict.declare, city.projects[number], city.office, Act.RECORD_RESOLUTION, True)
    return city.projects[number]


@pytest.mark.parametrize("ground", [tie, declared])
def test_nobody_prepares_a_decision_about_what_they_have_ties_to(make, city, ground):
    project = ground(make, city)
    with pytest.raises(RuleBroken, match="onflict of interest"):
        prepare(city, project, "award", city.resolution)


@pytest.mark.parametrize("ground", [tie, declared])
def test_nobody_publishes_what_they_have_ties_to_and_the_sentence_names_the_project(make, city, ground):
    prepare_all(city)
    project = ground(make, city, 1)
    with pytest.raises(RuleBroken) as refused:
        publish(city)
    assert project.title in str(refused.value.sentence)
    assert statuses(city) == ["budget_approved"] * 3


def test_nobody_drops_what_is_prepared_about_what_they_have_ties_to(make, city):
    decision = prepare(city, city.projects[0], "award", city.resolution)
    tie(make, city)
    with pytest.raises(RuleBroken):
        act(operations_decisions.drop, decision, city.office)


def test_nobody_lets_move_up_what_they_have_ties_to(make, city):
    prepare(city, city.projects[0], "waitlist", city.resolution, place=1)
    publish(city, without_others=True)
    project = tie(make, city)
    with pytest.raises(RuleBroken, match="onflict of interest"):
        act(operations_waiting.move_up, city.round, city.office, project_id=project.id,
            resolution_id=city.resolution.id, **NOTICE)


@pytest.mark.parametrize(("decide", "facts"), [
    (operations_decision.award, NOTICE), (operations_decision.waitlist, {}),
    (operations_decision.reject, {"reason": "Zu teuer."}),
])
@pytest.mark.parametrize("ground", [tie, declared])
def test_nobody_records_a_resolution_about_what_they_have_ties_to(make, decide, facts, ground):
    city = panel(make, 5_000_00, publishes_together=False)
    project = ground(make, city)
    with pytest.raises(RuleBroken, match="onflict of interest"):
        act(decide, project, city.office, **RESOLUTION, **facts)
    assert statuses(city) == ["budget_approved"]


def test_the_sentence_names_who_of_the_coordination_can_do_it(make, city):
    other = make.person("coordinator", name="Franka Frei")
    prepare_all(city)
    tie(make, city)
    for attempt in (lambda: publish(city), lambda: prepare(city, city.projects[0], "reject", city.resolution)):
        with pytest.raises(RuleBroken, match=other.name):
            attempt()
    city.office = other
    publish(city)
    assert statuses(city) == ["awarded", "awarded", "rejected"]


def test_where_nobody_is_free_the_sentence_says_what_to_do(make, city):
    prepare_all(city)
    tie(make, city)
    for attempt in (lambda: publish(city), lambda: prepare(city, city.projects[0], "reject", city.resolution)):
        with pytest.raises(RuleBroken, match="administration"):
            attempt()


def test_where_two_have_ties_to_one_each_they_publish_one_after_the_other(make, city):
    first, second = city.office, make.person("coordinator")
    make.affiliation(second, city.projects[1].carrier, "employee")
    decisions = [prepare(city, project, "award", city.resolution) for project in city.projects[:2]]
    make.affiliation(first, city.projects[0].carrier, "board")
    for city.office in (first, second):
        with pytest.raises(RuleBroken, match="Take back"):
            publish(city, without_others=True)
    act(operations_decisions.drop, decisions[1], first)
    city.office = second
    publish(city, without_others=True)
    city.office = first
    prepare(city, city.projects[1], "award", city.resolution, notice_number="2026-077")
    publish(city, without_others=True)
    assert statuses(city) == ["awarded", "awarded", "budget_approved"]


def test_the_pages_say_it_instead_of_showing_a_form(make, city, visit):
    project, visitor = tie(make, city), visit(city.office)
    page = visitor.get(f"/en/desk/projects/{project.id}/decision/prepare")
    assert "ties of board" in page.soup.select_one("main").get_text()
    assert page.soup.select_one("main form [name=outcome]") is None
    listed = visitor.get(f"/en/desk/rounds/{city.round.id}/decisions").soup.select_one("main")
    assert listed.select_one(f"a[href$='/projects/{project.id}/decision/prepare']") is None
    assert listed.select_one(f"a[href$='/projects/{city.projects[1].id}/decision/prepare']")


def test_the_page_of_a_single_decision_says_it_too(make, visit):
    city = panel(make, 5_000_00, publishes_together=False)
    project = tie(make, city)
    page = visit(city.office).get(f"/en/desk/projects/{project.id}/decision").soup.select_one("main")
    assert "ties of board" in page.get_text()
    assert page.select_one("form [name=reference]") is None


def test_a_plain_member_decides(make, city):
    make.affiliation(city.office, city.projects[0].carrier, "member")
    assert prepare(city, city.projects[0], "award", resolve(city, "VO/2026/2"))


SELECTION = ("/panel", "/ranking", "/resolutions", "/decisions", "/waiting-list", "/minutes.pdf")


def links(visitor, path):
    found = visitor.get(path).soup.select("main a[href]")
    return {each["href"] for each in found if each["href"].partition("?")[0].endswith(SELECTION)}


@pytest.mark.parametrize("page", ["", "/minutes"])
def test_whoever_is_on_a_team_of_the_round_sees_no_link_that_turns_them_away_and_reads_why(make, visit, page):
    city = panel(make, 5_000_00)
    own = make.person("coordinator", language="en")
    make.project("budget_approved", round=city.round, lead=own)
    path = f"/en/desk/rounds/{city.round.id}{page}"
    assert links(visit(own), path) == set()
    assert "You are on the team of a project of this round" in visit(own).get(path).text
    office = visit(city.office)
    assert links(office, path)
    assert all(office.get(link).status == 200 for link in links(office, path))
    assert "You are on the team" not in office.get(path).text
