"""Resolutions, what is prepared, and the moment in which everybody is told."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from incubator.budgets import queries as budgets
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Delivery, Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects.lifecycle import Status
from incubator.selection import (
    operations_decisions,
    operations_ranking,
    operations_sheets,
    queries_decisions,
    queries_ranking,
)
from incubator.selection.models import DecidingBody, Decision
from incubator.selection.rules_panel import paper_address
from tests.selection.panels import act, panel, prepare, prepare_all, publish, resolve, score_all, statuses


def test_a_resolution_lies_in_the_past_and_is_written_down_once(city):
    with pytest.raises(RuleBroken):
        resolve(city)
    with pytest.raises(RuleBroken):
        act(operations_decisions.record_resolution, city.round, city.office, kind=DecidingBody.PANEL, body="Jury",
            on=date(2026, 3, 2), reference="1")


@pytest.mark.parametrize("address", [
    "http://ris.example.org/vo", "javascript:alert(1)", "https://", "https://ris", "https://a b.example.org",
    "https://me:secret@ris.example.org/", "//ris.example.org/vo", "https://ris.example.org/\u202evo", "https://[",
    "https://ris.example.org/" + "x" * 500,
])
def test_only_https_leads_to_a_paper(address):
    with pytest.raises(RuleBroken):
        paper_address(address)


@pytest.mark.parametrize("address", ["", "https://ris.osnabrueck.de/bi/vo0050.php?__kvonr=123", "https://oparl.example.org/p/1"])
def test_oparl_and_council_systems_are_papers(address):
    assert paper_address(f" {address} ") == address


def test_a_resolution_that_a_decision_names_stays(city):
    prepare(city, city.projects[0], "award", city.resolution)
    with pytest.raises(RuleBroken):
        act(operations_decisions.remove_resolution, city.resolution, city.office)


def test_nothing_is_prepared_while_the_panel_scores(make):
    city = panel(make, 5_000_00)
    with pytest.raises(RuleBroken):
        prepare(city, city.projects[0], "award", resolve(city))


def test_a_decision_keeps_place_and_points(city):
    first, second, third = (prepare(city, project, "award", city.resolution) for project in city.projects)
    assert [each.place for each in (first, second, third)] == [1, 2, 3]
    assert [each.points_milli for each in (first, second, third)] == [5000, 4000, 3000]


@pytest.mark.parametrize(("outcome", "facts", "field"), [
    ("reject", {"reason": " "}, "reason"), ("award", {"notice_number": ""}, "notice_number"),
    ("waitlist", {"place": None}, "place"), ("waitlist", {"place": 0}, "place"),
])
def test_a_decision_says_what_it_must(city, outcome, facts, field):
    with pytest.raises(RuleBroken) as refused:
        prepare(city, city.projects[0], outcome, city.resolution, **facts)
    assert refused.value.field == field


def test_two_prepared_decisions_share_neither_notice_nor_place(city):
    one, two, _three = city.projects
    prepare(city, one, "award", city.resolution, notice_number="2026-001")
    assert queries_decisions.free_notice_number(2026) == "2026-002"
    with pytest.raises(RuleBroken):
        prepare(city, two, "award", city.resolution, notice_number="2026-001")
    prepare(city, one, "waitlist", city.resolution, place=1)
    with pytest.raises(RuleBroken):
        prepare(city, two, "waitlist", city.resolution, place=1)


def test_a_resolution_of_another_round_does_not_count(make, city):
    other = panel(make)
    with pytest.raises(RuleBroken):
        prepare(city, city.projects[0], "award", resolve(other))


def test_what_is_prepared_can_be_changed_and_dropped(city):
    project = city.projects[0]
    decision = prepare(city, project, "award", city.resolution)
    old = decision.version
    prepare(city, project, "reject", city.resolution, version=old)
    with pytest.raises(Stale):
        prepare(city, project, "award", city.resolution, version=old)
    assert db.session.scalar(sa.select(sa.func.count(Decision.id))) == 1
    act(operations_decisions.drop, decision, city.office)
    assert queries_decisions.prepared(city.round.id) == []


def test_nobody_hears_of_what_is_prepared(city, visit):
    deliver()
    letters, lead = db.session.scalar(sa.select(sa.func.count(Letter.id))), city.projects[0].leads[0]
    timeline = visit(lead).get(f"/de/desk/projects/{city.projects[0].id}").soup.select_one("main").get_text()
    versions = [project.version for project in city.projects]
    prepare_all(city)
    deliver()
    assert statuses(city) == ["budget_approved"] * 3
    assert [project.version for project in city.projects] == versions
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == letters
    assert visit(lead).get(f"/de/desk/projects/{city.projects[0].id}").soup.select_one("main").get_text() == timeline
    about_projects = db.session.scalars(sa.select(Entry.action).where(Entry.project_id.is_not(None))).all()
    assert not [action for action in about_projects if action.startswith(("decision", "sheet", "scoring"))]


def test_only_coordination_and_auditor_see_what_is_prepared(make, city, visit):
    prepare_all(city)
    path = f"/en/desk/rounds/{city.round.id}/decisions"
    for person in (city.office, make.person("auditor")):
        assert "Es gibt so etwas schon" in visit(person).get(path).text
    for person in (city.projects[2].leads[0], city.people[0], make.person("mentor")):
        assert visit(person).get(path).status == 403


def test_all_are_told_in_one_piece(city):
    prepare_all(city)
    publish(city)
    assert statuses(city) == ["awarded", "awarded", "rejected"]
    assert city.round.awarded_cents == 10_000_00
    assert city.projects[0].resolution_url == "https://ris.example.org/vo/1"
    assert city.projects[2].end_reason.startswith("Es gibt")
    deliver()
    told = set(db.session.scalars(sa.select(Letter.key).where(Letter.key.contains("award"))))
    assert len(told) == 3


def test_one_refusal_leaves_everything_as_it_was(city):
    for project in city.projects:
        prepare(city, project, "award", city.resolution)
    entries = db.session.scalar(sa.select(sa.func.max(Entry.id)))
    with pytest.raises(RuleBroken) as refused:
        publish(city)
    assert city.projects[2].title in str(refused.value.sentence)
    assert statuses(city) == ["budget_approved"] * 3
    assert city.round.awarded_cents == 0
    assert db.session.scalar(sa.select(sa.func.max(Entry.id))) == entries
    assert len(queries_decisions.prepared(city.round.id)) == 3


def test_projects_without_a_decision_are_left_out_only_knowingly(city):
    prepare(city, city.projects[0], "award", city.resolution)
    with pytest.raises(RuleBroken):
        publish(city)
    publish(city, without_others=True)
    assert statuses(city) == ["awarded", "budget_approved", "budget_approved"]


def test_nobody_publishes_about_their_own_project(make, city):
    city.office = make.person("coordinator")
    mine = make.project("budget_approved", round=city.round, lead=city.office)
    make.plan(mine, grant=1_000_00, state="approved")
    act(operations_decisions.prepare, mine, make.person("coordinator"), outcome="reject",
        resolution_id=city.resolution.id, reason="Nein.")
    with pytest.raises(RuleBroken):
        publish(city, without_others=True)


def test_points_that_changed_since_are_looked_at_again(city):
    prepare_all(city)
    act(operations_sheets.declare_conflict, city.projects[0], city.people[0])
    publish_ok = city.projects[0]
    assert publish_ok.status is Status.BUDGET_APPROVED
    act(operations_sheets.declare_conflict, city.projects[0], city.people[1])
    with pytest.raises(RuleBroken) as refused:
        publish(city)
    assert "points" in str(refused.value.sentence)


def test_scoring_stays_closed_while_decisions_stand(city):
    decision = prepare(city, city.projects[0], "award", city.resolution)
    with pytest.raises(RuleBroken):
        act(operations_ranking.reopen, city.round, city.office)
    act(operations_decisions.drop, decision, city.office)
    act(operations_ranking.reopen, city.round, city.office)


def test_equal_projects_wait_for_a_lot(make):
    city = panel(make, 5_000_00, 4_000_00)
    score_all(city, 3, 3)
    resolution = resolve(city)
    with pytest.raises(RuleBroken):
        prepare(city, city.projects[0], "award", resolution)
    with pytest.raises(RuleBroken):
        act(operations_ranking.draw_lot, city.round, city.office, [city.projects[0].id])
    act(operations_ranking.draw_lot, city.round, city.office, [city.projects[1].id, city.projects[0].id])
    assert prepare(city, city.projects[0], "award", resolution).place == 2


def test_what_must_still_be_told_is_bound_to_the_publication(city):
    deliver()
    prepare_all(city)
    assert db.session.scalar(sa.select(sa.func.count(Delivery.id)).where(Delivery.done_at.is_(None))) == 0
    publish(city)
    assert queries_decisions.prepared(city.round.id) == []
    assert budgets.award_of(city.projects[0].id).recorded_at == clock.now()


def test_a_project_that_lost_its_carrier_is_not_prepared_for_an_award(city):
    with transaction():
        city.projects[0].carrier_agreed_on = None
    with pytest.raises(RuleBroken, match="agreement of the carrier"):
        prepare(city, city.projects[0], "award", city.resolution)
    assert prepare(city, city.projects[0], "waitlist", city.resolution, place=1)


def test_a_carrier_that_withdraws_after_the_preparation_stops_the_publication(city):
    prepare_all(city)
    with transaction():
        city.projects[0].carrier, city.projects[0].carrier_agreed_on = None, None
    with pytest.raises(RuleBroken, match="agreement of the carrier"):
        publish(city)
    assert statuses(city) == ["budget_approved"] * 3


def test_equal_points_are_parted_by_the_day_as_the_city_counts_it(make):
    city = panel(make, 3_000_00, 3_000_00)
    late, early = city.projects
    with transaction():  # half past midnight in Osnabrück is still the day before in Greenwich
        late.received_on, late.submitted_at = None, datetime(2026, 2, 10, 23, 30, tzinfo=UTC)
        early.received_on = date(2026, 2, 10)
    score_all(city, 4, 4)
    places = {row.project.id: row.standing.place for row in queries_ranking.ranking(city.round, clock.today()).rows}
    assert places == {early.id: 1, late.id: 2}
