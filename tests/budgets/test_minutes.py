"""The minutes: every decision, who took it, who did not take part."""

import csv
import io
from datetime import date, timedelta

import pytest

from incubator.budgets import operations, operations_change, queries
from incubator.budgets.queries_minutes import minutes
from incubator.foundation import clock
from incubator.foundation.transaction import transaction

RESOLUTION = {"body": "Rat", "on": date(2026, 2, 24), "reference": "VO/1"}


@pytest.fixture
def project(make):
    project = make.project("budget_review", title="=SUMME(A1) Küche")
    plan = make.plan(project, grant=4_000_00, state="submitted")
    with transaction():
        operations.sign_off(plan, project.mentors[0], plan_hash=plan.content_hash, no_conflict=True)
    return project


def decisions(project):
    return minutes(project.round_id)


def absent(decision):
    return {each.name: str(each.ground) for each in decision.absent}


def test_a_round_without_decisions_has_empty_minutes(make):
    assert minutes(make.round().id) == []


def test_an_approval_names_person_and_role(project):
    [decision] = decisions(project)
    assert decision.project_id == project.id
    assert [(name, str(role)) for name, role in decision.by] == [
        (project.mentors[0].name, "City mentor of the project")]


def test_ties_as_of_the_day_and_not_of_today(make, project):
    tied = make.person("mentor", name="Toni Tie")
    tie = make.affiliation(tied, project.carrier, "board")
    clock.set(clock.now() + timedelta(days=30))
    with transaction():
        tie.until = date(2026, 3, 10)
    assert absent(decisions(project)[0]) == {"Toni Tie": f"On the board: {project.carrier.name}"}
    with transaction():
        tie.until = date(2026, 2, 1)
    assert absent(decisions(project)[0]) == {}


def test_a_declared_conflict_counts_from_its_day_on(make, project):
    mentor, coordinator = make.person("mentor", name="Berta Befangen"), make.person("coordinator")
    clock.set(clock.now() + timedelta(days=1))
    with transaction():
        operations.declare(project, mentor, "approve_budget", True)
        operations.award(project, coordinator, notice_number="2026-1", notice_on=clock.today(), **RESOLUTION)
    first, award = decisions(project)
    assert absent(first) == {}
    assert absent(award) == {"Berta Befangen": "declared a conflict of interest"}
    assert "4,000.00" in str(award.result)


def test_a_mentor_on_the_team_did_not_take_part(make):
    member = make.person("mentor", name="Theo Team")
    project = make.project("budget_review", members=(member,))
    plan = make.plan(project, grant=4_000_00, state="submitted")
    with transaction():
        member.grants[0].granted_at -= timedelta(days=90)
        operations.sign_off(plan, project.mentors[0], plan_hash=plan.content_hash, no_conflict=True)
    assert absent(decisions(project)[0]) == {"Theo Team": "on the team of the project"}


def test_changes_stand_in_the_minutes_with_their_answer(make, project):
    lead, coordinator = project.leads[0], make.person("coordinator")
    with transaction():
        operations.award(project, coordinator, notice_number="2026-1", notice_on=clock.today(), **RESOLUTION)
    fees, material = queries.current_plan(project.id).costs
    with transaction():
        change = operations_change.shift(project, lead, reason="So.", lines=[
            (fees.root_id, fees.amount_cents + 1_000_00), (material.root_id, material.amount_cents - 1_000_00)])
    with transaction():
        operations_change.refuse_change(change, project.mentors[0], "Nein.")
        more = operations_change.ask_time(project, lead, until=date(2027, 1, 31), reason="Saal.")
        operations_change.decide(more, coordinator, True, "")
    assert [(str(each.what), str(each.result)) for each in decisions(project)][-2:] == [
        ("Money moved between lines (shift)", "Not agreed"), ("More time", "Agreed")]


def test_the_page_shows_them_to_coordination_and_auditor_only(make, visit, project):
    path = f"/de/desk/rounds/{project.round_id}/minutes"
    for role in ("coordinator", "auditor"):
        assert project.mentors[0].name in visit(make.person(role)).get(path).text
    assert visit(project.mentors[0]).get(path).status == 403


def test_no_cell_of_the_download_is_a_formula(make, visit, project):
    answer = visit(make.person("auditor")).get(f"/de/desk/rounds/{project.round_id}/minutes.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1] == "'=SUMME(A1) Küche"


def test_the_minutes_of_many_projects_take_few_statements(make, queries):
    for _each in range(4):
        project = make.project("budget_review")
        plan = make.plan(project, grant=4_000_00, state="submitted")
        with transaction():
            operations.sign_off(plan, project.mentors[0], plan_hash=plan.content_hash, no_conflict=True)
    with queries(at_most=14):
        assert len(minutes(project.round_id)) == 4

