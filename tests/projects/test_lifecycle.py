"""The table of steps, and what the operations make of it."""

from datetime import date
from pathlib import Path

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.jobs import periodic
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.policy import allows
from incubator.projects import jobs, next_steps, operations, queries
from incubator.projects.diagram import as_markdown
from incubator.projects.lifecycle import BY_ACTION, STEPS, Action, Status, Who, steps_from
from incubator.projects.models import SecondSignature

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"
AWARD = {"resolution_body": "Rat", "resolution_on": date(2026, 2, 1), "resolution_reference": "VO/1",
         "notice_number": "2026-001", "notice_on": date(2026, 2, 2), "award_final_on": date(2026, 3, 2)}


def move(project, action, by, **data):
    with transaction():
        return operations.move(project, action, by, **data)


def test_the_drawn_page_is_the_table():
    assert PAGE.read_text() == as_markdown(), "draw it anew: python tools/draw_lifecycle.py"


def test_every_status_is_reached_and_every_end_is_an_end():
    reached, waiting = set(), {Status.DRAFT}
    while waiting:
        status = waiting.pop()
        reached.add(status)
        waiting |= {step.target for step in steps_from(status)} - reached
    assert reached == set(Status)


@pytest.mark.parametrize("status", list(Status))
def test_a_step_that_is_not_in_the_table_is_refused_with_those_that_are(make, status):
    project, coordinator = make.project(status.value), make.person("coordinator")
    for action in Action:
        if status in BY_ACTION[action].sources:
            continue
        with pytest.raises(RuleBroken) as broken:
            move(project, action, coordinator)
        assert project.status is status
        assert all(str(step.action.label) in str(broken.value.sentence) for step in steps_from(status))


@pytest.mark.parametrize("step", [step for step in STEPS if step.action in next_steps.PAGES], ids=lambda s: s.action)
def test_policy_and_table_agree_on_who(make, step):
    """Whoever the table names may open the page of the step; the team never takes steps of others."""
    project = make.project(step.sources[0].value, mentor=make.person("mentor"))
    people = {Who.LEAD: project.leads[0], Who.MENTOR: project.mentors[0], Who.COORDINATOR: make.person("coordinator")}
    act = next_steps.PAGES[step.action].act
    for who, person in people.items():
        is_second = who is Who.COORDINATOR and step.also is not None
        assert allows(act, person, project) == (who in step.who or is_second), who
    for stranger in (make.person(), make.person("auditor"), make.person("administrator"), make.person("partner")):
        assert not allows(act, stranger, project)


@pytest.mark.parametrize("role", ["mentor", "coordinator"])
def test_nobody_decides_about_their_own_project(make, role):
    person = make.person(role)
    for step in STEPS:
        if Who.LEAD in step.who or step.action not in next_steps.PAGES:
            continue
        project = make.project(step.sources[0].value, lead=person)
        assert not allows(next_steps.PAGES[step.action].act, person, project), step.action


def test_only_the_calendars_steps_need_nobody(make):
    for step in STEPS:
        if Who.CLOCK not in step.who:
            with pytest.raises(RuleBroken, match="by a person"):
                move(make.project(step.sources[0].value), step.action, None)


def test_a_returned_proposal_lapses_the_day_after_its_last(make):
    project = make.project("returned", return_due_on=date(2026, 3, 14))
    clock.set(date(2026, 3, 14))
    jobs.take_due_steps()
    assert project.status is Status.RETURNED
    clock.set(date(2026, 3, 15))
    jobs.take_due_steps()
    assert project.status is Status.LAPSED
    assert Entry.query.filter_by(action="project.moved").one().actor is None


def test_an_awarded_project_starts_when_the_award_is_final(make):
    project = make.project("awarded", award_final_on=date(2026, 3, 3))
    jobs.take_due_steps()
    assert project.status is Status.AWARDED
    clock.set(date(2026, 3, 3))
    jobs.take_due_steps()
    assert project.status is Status.ACTIVE


def test_the_calendar_is_asked_every_tick():
    assert jobs.take_due_steps in periodic


def test_an_award_that_is_not_final_starts_only_with_a_waiver(make):
    project, coordinator = make.project("awarded", award_final_on=date(2026, 4, 1)), make.person("coordinator")
    with pytest.raises(RuleBroken, match="not final"), transaction():
        operations.start(project, coordinator)
    with transaction():
        operations.start(project, coordinator, waiver=True)
    assert project.status is Status.ACTIVE


def test_the_public_moment_is_the_first_public_status(make):
    project, coordinator = make.project("budget_approved"), make.person("coordinator")
    assert project.published_at is None
    move(project, Action.AWARD, coordinator, **AWARD)
    first = project.published_at
    assert first == clock.now()
    clock.set(date(2026, 3, 9))
    with transaction():
        operations.start(project, coordinator)
    assert project.published_at == first


def test_an_award_without_its_decision_is_refused(make):
    project = make.project("budget_approved")
    with pytest.raises(RuleBroken, match="decision"):
        move(project, Action.AWARD, make.person("coordinator"))


@pytest.mark.parametrize(("status", "action"), [
    ("submitted", Action.DECLARE_INELIGIBLE), ("budget_approved", Action.REJECT),
    ("submitted", Action.RETURN_FOR_CHANGES),
])
def test_an_end_without_a_reason_is_refused(make, status, action):
    with pytest.raises(RuleBroken):
        move(make.project(status), action, make.person("coordinator"))


def test_two_different_people_revoke(make):
    project, first, second = make.project("active"), make.person("coordinator"), make.person("coordinator")
    with transaction():
        assert operations.revoke(project, first, "Verein aufgelöst") is False
    assert project.status is Status.ACTIVE
    with pytest.raises(RuleBroken, match="already signed"), transaction():
        operations.revoke(project, first)
    with transaction():
        assert operations.revoke(project, second) is True
    assert (project.status, project.end_reason) == (Status.REVOKED, "Verein aufgelöst")
    signature = SecondSignature.query.one()
    assert (signature.proposed_by_id, signature.agreed_by_id) == (first.id, second.id)


def test_two_reasons_at_once_are_not_an_agreement(make):
    project, first, second = make.project("active"), make.person("coordinator"), make.person("coordinator")
    with transaction():
        operations.revoke(project, first, "Ein Grund")
    with pytest.raises(RuleBroken, match="Somebody has proposed"), transaction():
        operations.revoke(project, second, "Ein anderer Grund")
    assert project.status is Status.ACTIVE


def test_a_dropped_proposal_needs_two_new_signatures(make):
    project, first, second = make.project("active"), make.person("coordinator"), make.person("coordinator")
    with transaction():
        operations.revoke(project, first, "Versehen")
    with transaction():
        operations.drop(queries.open_signature(project.id, Action.REVOKE), second)
    with transaction():
        assert operations.revoke(project, second, "Nun doch") is False


def test_a_step_that_makes_the_proposed_one_impossible_drops_it(make):
    project, mentor = make.project("report_submitted"), make.person("mentor")
    move(project, Action.ACCEPT_REPORT, mentor)
    move(project, Action.RETURN_REPORT, project.mentors[0])
    assert queries.open_signatures(project.id) == []


def test_a_proposed_revocation_stays_while_it_is_possible(make):
    project, coordinator = make.project("awarded"), make.person("coordinator")
    with transaction():
        operations.revoke(project, coordinator, "Grund")
    with transaction():
        operations.start(project, None)
    assert queries.open_signature(project.id, Action.REVOKE)


def test_suspending_and_going_on_keep_their_reasons(make):
    project, coordinator = make.project("active"), make.person("coordinator")
    with pytest.raises(RuleBroken), transaction():
        operations.suspend(project, coordinator, " ")
    with transaction():
        operations.suspend(project, coordinator, "Die Druckerei hat abgesagt.")
    with transaction():
        operations.resume(project, coordinator, "Eine andere druckt.")
    assert [each.text for each in queries.reasons(project.id).values()] == [
        "Die Druckerei hat abgesagt.", "Eine andere druckt.",
    ]


def test_returning_takes_the_rounds_days_and_no_past_day(make):
    project, coordinator = make.project("submitted"), make.person("coordinator")
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.return_for_changes(project, coordinator, "Fehlt", date(2026, 2, 28))
    assert broken.value.field == "due_on"
    with transaction():
        operations.return_for_changes(project, coordinator, "Fehlt")
    assert project.return_due_on == date(2026, 3, 15)


def test_the_carriers_agreement_lies_not_in_the_future(make):
    project = make.project("submitted", carrier_agreed_on=None)
    with pytest.raises(RuleBroken), transaction():
        operations.record_carrier_agreement(project, make.person("coordinator"), date(2026, 3, 2))


def test_moving_works_on_both_databases(any_database, make):
    project, first, second = make.project("active"), make.person("coordinator"), make.person("coordinator")
    with transaction():
        operations.revoke(project, first, "Grund")
    with transaction():
        operations.revoke(project, second)
    assert project.status is Status.REVOKED
