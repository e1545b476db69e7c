"""Scoring: conflicts first, nothing lost, and nobody reads others' points too early."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.organisations import operations as organisations
from incubator.organisations.models import AffiliationRole
from incubator.projects.models import ConflictDeclaration
from incubator.selection import operations_ranking, operations_sheets, queries, queries_ranking
from incubator.selection.models import SheetState
from incubator.selection.rules_panel import Filled
from tests.selection.panels import act, filled, panel, score

TODAY = date(2026, 3, 1)


def means(city):
    return {row.project.id: row.standing.mean for row in queries_ranking.ranking(city.round, TODAY).rows}


@pytest.mark.parametrize("role", ["board", "employee", "relative"])
def test_whoever_has_ties_to_the_carrier_cannot_score(make, role):
    city = panel(make, 5_000_00)
    make.affiliation(city.people[0], city.projects[0].carrier, role)
    with pytest.raises(RuleBroken):
        score(city.projects[0], city.people[0], 3)


def test_a_plain_member_scores_and_it_is_disclosed(make, visit):
    city = panel(make, 5_000_00)
    [project], person = city.projects, city.people[0]
    make.affiliation(person, project.carrier, "member")
    assert project.carrier.name in visit(person).get(f"/en/desk/projects/{project.id}/score").soup.select_one(
        ".notice").text
    assert score(project, person, 3).state is SheetState.GIVEN


def test_neither_the_team_nor_the_mentor_scores(make):
    city = panel(make, 5_000_00, members=0)
    [project] = city.projects
    from_project = [project.leads[0], project.mentors[0]]
    city.people = from_project
    for person in from_project:
        with pytest.raises(RuleBroken):
            score(project, person, 5)


def test_only_the_panel_scores_and_only_what_is_undecided(make):
    city = panel(make, 5_000_00)
    with pytest.raises(RuleBroken):
        score(city.projects[0], make.person(), 3)
    waiting = make.project("waitlisted", round=city.round)
    with pytest.raises(RuleBroken):
        score(waiting, city.people[0], 3)


def test_without_the_declaration_nothing_begins(make):
    city = panel(make, 5_000_00)
    with pytest.raises(RuleBroken):
        act(operations_sheets.begin, city.projects[0], city.people[0], no_conflict=False)


def test_a_draft_is_kept_with_its_gaps_and_does_not_count(make):
    city = panel(make, 5_000_00)
    first, _second = queries.weights(city.round.id)
    sheet = act(operations_sheets.begin, city.projects[0], city.people[0], no_conflict=True)
    act(operations_sheets.keep, sheet, city.people[0], {first: Filled(4, "Gut.")}, version=sheet.version)
    assert [(each.points, each.reason) for each in queries.sheet(city.projects[0].id, city.people[0].id).scores] == [
        (4, "Gut.")]
    assert means(city) == {city.projects[0].id: None}


@pytest.mark.parametrize("gap", [Filled(), Filled(3, ""), Filled(None, "Gut."), Filled(6, "Gut."), Filled(-1, "Gut.")])
def test_a_sheet_with_a_gap_cannot_be_handed_in(make, gap):
    city = panel(make, 5_000_00)
    person, project = city.people[0], city.projects[0]
    sheet = act(operations_sheets.begin, project, person, no_conflict=True)
    first, second = queries.weights(city.round.id)
    with pytest.raises(RuleBroken) as refused:
        act(operations_sheets.give, sheet, person, {first: Filled(3, "Gut."), second: gap}, no_conflict=True,
            version=sheet.version)
    assert refused.value.field in (f"points_{second}", f"reason_{second}")


def test_a_sheet_can_be_corrected_until_the_scoring_is_closed(make):
    city = panel(make, 5_000_00)
    [project], person = city.projects, city.people[0]
    sheet = score(project, person, 2)
    act(operations_sheets.give, sheet, person, filled(city.round.id, 4), no_conflict=True, version=sheet.version)
    assert means(city) == {project.id: 4}
    act(operations_ranking.close, city.round, city.office)
    with pytest.raises(RuleBroken):
        act(operations_sheets.give, sheet, person, filled(city.round.id, 5), no_conflict=True, version=sheet.version)


def test_a_sheet_open_twice_loses_nothing(make):
    city = panel(make, 5_000_00)
    person = city.people[0]
    sheet = act(operations_sheets.begin, city.projects[0], person, no_conflict=True)
    old = sheet.version
    act(operations_sheets.keep, sheet, person, filled(city.round.id, 2), version=old)
    with pytest.raises(Stale):
        act(operations_sheets.keep, sheet, person, filled(city.round.id, 5), version=old)


def test_a_declared_conflict_is_kept_and_ends_the_sheet(make):
    city = panel(make, 5_000_00)
    [project], person = city.projects, city.people[0]
    sheet = score(project, person, 5)
    act(operations_sheets.declare_conflict, project, person)
    assert (sheet.state, sheet.void_reason) == (SheetState.VOID, "declared")
    declared = db.session.scalars(sa.select(ConflictDeclaration.has_conflict).order_by(ConflictDeclaration.id)).all()
    assert declared[-1] is True
    assert means(city) == {project.id: None}
    with pytest.raises(RuleBroken):
        score(project, person, 5)


def test_ties_that_come_later_void_the_sheet_by_themselves(make):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    sheet = score(project, first, 5)
    score(project, second, 1)
    act(organisations.affiliate, first, project.carrier, AffiliationRole.BOARD, city.office)
    assert means(city) == {project.id: 1}, "the ranking does not wait for the worker"
    deliver()
    assert (sheet.state, sheet.void_reason) == (SheetState.VOID, "ties")
    assert means(city) == {project.id: 1}


def test_a_partner_who_joins_or_another_carrier_voids_it_too(make):
    city = panel(make, 5_000_00, 4_000_00)
    one, two = city.projects
    friends, others = make.organisation(), make.organisation()
    person = city.people[0]
    for project in city.projects:
        score(project, person, 5)
    make.affiliation(person, friends, "employee")
    make.affiliation(person, others, "relative")
    make.partnership(one, friends)
    with transaction():
        two.carrier_id = others.id
    assert set(means(city).values()) == {None}
    with pytest.raises(RuleBroken):
        act(operations_ranking.close, city.round, city.office)


def test_void_sheets_change_nothing_in_the_ranking(make):
    city = panel(make, 5_000_00, 4_000_00, members=3)
    one, two = city.projects
    for project, points in ((one, 2), (two, 3)):
        for person in city.people[:2]:
            score(project, person, points)
    before = queries_ranking.ranking(city.round, TODAY).rows
    score(one, city.people[2], 5)
    act(operations_sheets.declare_conflict, one, city.people[2])
    after = queries_ranking.ranking(city.round, TODAY).rows
    assert [row.standing for row in after] == [row.standing for row in before]


def test_others_points_are_read_only_after_ones_own_are_in(make, visit):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    score(project, first, 5)
    path = f"/de/desk/projects/{project.id}/score"
    assert "Das überzeugt." not in visit(second).get(path).text
    act(operations_sheets.begin, project, second, no_conflict=True)
    assert "Das überzeugt." not in visit(second).get(path).text
    score(project, second, 1)
    assert first.name in visit(second).get(path).text


def test_the_coordination_sees_counts_until_the_scoring_is_closed(make, visit):
    city = panel(make, 5_000_00)
    [project], person = city.projects, city.people[0]
    score(project, person, 5)
    office, auditor = visit(city.office), visit(make.person("auditor"))
    for visitor in (office, auditor):
        assert "<strong>5</strong>" not in visitor.get(f"/en/desk/rounds/{city.round.id}/ranking").text
        assert "Das überzeugt." not in visitor.get(f"/en/desk/projects/{project.id}/scores").text
    act(operations_ranking.close, city.round, city.office)
    assert "<strong>5</strong>" in auditor.get(f"/en/desk/rounds/{city.round.id}/ranking").text
    assert "Das überzeugt." in office.get(f"/en/desk/projects/{project.id}/scores").text


def test_a_coordinator_on_the_team_does_not_read_the_sheets_on_it(make, visit):
    city = panel(make, members=0)
    lead = make.person("coordinator")
    project = make.project("budget_approved", round=city.round, lead=lead)
    assert visit(lead).get(f"/de/desk/projects/{project.id}/scores").status == 403


def test_a_member_scores_on_a_phone_without_losing_a_word(make, visit):
    city = panel(make, 5_000_00)
    [project], person = city.projects, city.people[0]
    visitor, path = visit(person), f"/de/desk/projects/{project.id}/score"
    assert visitor.fill(path).status == 422
    assert visitor.fill(path, no_conflict="y").status == 303
    first, second = queries.weights(city.round.id)
    half = {f"points_{first}": "4", f"reason_{first}": "Weil es fehlt.", f"reason_{second}": "Noch offen."}
    refused = visitor.fill(path, act="keep", **half)
    assert refused.status == 422
    assert "Noch offen." in refused.text
    whole = half | {f"points_{second}": "0", "no_conflict": "y"}
    assert visitor.fill(path, act="give", **whole).status == 303
    assert queries.sheet(project.id, person.id).state is SheetState.GIVEN


def test_a_long_panel_takes_few_statements(make, queries):
    city = panel(make, 1_000_00, 1_000_00, 1_000_00, 1_000_00, members=3)
    for project in city.projects:
        for person in city.people:
            score(project, person, 3)
    with queries(at_most=16):
        queries_ranking.ranking(city.round, TODAY)


@pytest.mark.parametrize("status", ["draft", "submitted", "mentoring", "withdrawn", "active"])
def test_the_panel_reads_only_what_it_is_asked_to_score(make, visit, status):
    city = panel(make, 5_000_00)
    other = make.project(status, round=city.round)
    for tail in ("", "/conflict"):
        assert visit(city.people[0]).get(f"/de/desk/projects/{other.id}/score{tail}").status == 404


def test_a_sheet_stays_readable_for_who_wrote_it_when_all_is_decided(make, visit):
    city = panel(make, 5_000_00)
    score(city.projects[0], city.people[0], 3)
    with transaction():
        city.projects[0].status = "rejected"
        city.projects[0].end_reason = "Zu teuer."
    assert visit(city.people[0]).get(f"/de/desk/projects/{city.projects[0].id}/score").status == 200
