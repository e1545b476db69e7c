"""A mentor leaves: what the next one gets, what the team never reads, and how a mentoring ends in order."""

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter
from incubator.mentoring import jobs_talks, operations, queries, queries_agreements
from incubator.mentoring.models import AgreedStep, AssignmentState
from incubator.projects.lifecycle import Action
from incubator.projects.operations import move
from tests.mentoring import rows

NOTE = "Der Verein streitet mit dem Vermieter.\nBitte vorsichtig fragen."


def end(project, by, **options):
    with transaction():
        return operations.end(rows.only_assignment(project), by, "Elternzeit", **options)


def log(project, kind="accompaniment", **fields):
    with transaction():
        return operations.log_session(project, project.mentors[0], held_on=clock.today(), minutes=30, mode="phone",
                                      kind=kind, **fields)


def test_a_reason_and_a_note_never_meet(make):
    assignment = rows.only_assignment(make.project("mentoring"))
    assignment.handover = NOTE
    assignment.reason = "Elternzeit\nund mehr"
    assert (assignment.reason, assignment.handover) == ("Elternzeit und mehr", NOTE)
    assignment.handover = ""
    assert (assignment.reason, assignment.handover) == ("Elternzeit und mehr", "")


def test_the_note_is_read_by_the_next_mentor_and_never_by_the_team(make, visit):
    project, new, office = make.project("mentoring"), make.person("mentor"), make.person("coordinator")
    old = project.mentors[0]
    asked = end(project, office, successor=new)
    left = next(each for each in queries.assignments(project.id) if each.person is old)
    visit(old).fill(f"/de/desk/assignments/{left.id}/handover", note=NOTE)
    with transaction():
        operations.accept(asked, new)
    page = f"/de/desk/projects/{project.id}/mentoring"
    assert "streitet" in visit(new).get(page).text
    assert "streitet" in visit(office).get(page).text
    assert "streitet" not in visit(project.leads[0]).get(page).text
    journal.deliver()
    assert not any("streitet" in letter.text for letter in Letter.query)


def test_only_who_accompanied_it_writes_the_note(make, visit):
    project = make.project("mentoring")
    left = rows.only_assignment(project)
    for person in (project.leads[0], make.person("mentor"), make.person("coordinator")):
        assert visit(person).get(f"/de/desk/assignments/{left.id}/handover").status == 403


def test_open_steps_wait_for_whoever_accepts_even_much_later(make):
    project, new, office = make.project("mentoring"), make.person("mentor"), make.person("coordinator")
    old, lead = project.mentors[0], project.leads[0]
    log(project, steps=[("Amt fragen", old, None), ("Raum suchen", lead, None)])
    end(project, office)
    with transaction():
        operations.accept(operations.propose(project, new, office), new)
    assert {step.what: step.owner_id for step in AgreedStep.query} == {"Amt fragen": new.id, "Raum suchen": lead.id}


def test_a_step_belongs_to_somebody_who_takes_part(make):
    with pytest.raises(RuleBroken):
        log(make.project("mentoring"), steps=[("Amt fragen", make.person(), None)])


def test_who_promised_a_step_hears_of_it_on_its_day_once(make):
    project = make.project("mentoring")
    log(project, steps=[("Amt fragen", project.leads[0], clock.today()), ("Später", "Team", clock.today())])
    for _ in range(2):
        jobs_talks.remind_of_steps()
    letters = Letter.query.filter(Letter.key.startswith("step:")).all()
    assert [each.person_id for each in letters] == [project.leads[0].id]


def test_a_step_is_given_to_somebody_in_the_form(make, visit):
    project = make.project("mentoring")
    visit(project.mentors[0]).fill(
        f"/de/desk/projects/{project.id}/mentoring/log", minutes="45", kind="crisis", mode="phone", shared_notes="x",
        what_1="Raum suchen", owner_1=project.leads[0].id, what_2="Saal zeigen", who_2="Frau Weber")
    assert [(step.what, step.who, step.owner_id) for step in AgreedStep.query] == [
        ("Raum suchen", project.leads[0].name, project.leads[0].id), ("Saal zeigen", "Frau Weber", None)]


def test_the_closing_talk_ends_the_agreement_and_with_the_project_the_mentoring(make):
    project, office = make.project("recovery"), make.person("coordinator")
    agreement, mentor = rows.agreement(project), project.mentors[0]
    log(project, kind="closing")
    assert queries_agreements.in_force(agreement.assignment_id) is None
    assert rows.only_assignment(project).state is AssignmentState.ACCEPTED
    with transaction():
        move(project, Action.SETTLE_RECOVERY, office)
    journal.deliver()
    assert rows.only_assignment(project).state is AssignmentState.ENDED
    assert project.mentors == [mentor]


def test_after_the_end_only_one_closing_talk_is_written_down(make):
    project = make.project("completed")
    with pytest.raises(RuleBroken, match="closing talk"):
        log(project)
    log(project, kind="closing")
    with pytest.raises(RuleBroken, match="closing talk"):
        log(project, kind="closing")
    assert rows.only_assignment(project).state is AssignmentState.ENDED


def test_a_mentoring_that_has_ended_still_names_who_accompanied_it(make, visit):
    project = make.project("completed", mentor=make.person("mentor", name="Karin Muster"))
    log(project, kind="closing")
    text = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}/mentoring").text
    assert "Karin Muster" in text and "has ended in order" in text
