"""Who hears what about a project's path."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.mentoring import operations as mentoring
from incubator.projects import jobs, operations


@pytest.fixture
def letters():
    def written():
        deliver()
        return {(letter.person_id, letter.subject): letter.text for letter in Letter.query}

    return written


def to(person, letters):
    return "\n".join(f"{subject}\n{text}" for (number, subject), text in letters().items() if number == person.id)


def test_a_submission_gives_a_receipt_and_work_to_the_coordination(make, letters):
    project, coordinator = make.project(lead=make.person(language="en")), make.person("coordinator", language="en")
    with transaction():
        operations.submit(project, project.leads[0])
    assert "Day of receipt: Mar 1, 2026" in to(project.leads[0], letters)
    assert f"/en/desk/projects/{project.id}/check" in to(coordinator, letters)


def test_a_return_says_what_is_missing_and_until_when(make, letters):
    project = make.project("submitted", lead=make.person(language="en"))
    with transaction():
        operations.return_for_changes(project, make.person("coordinator"), "The dates.", date(2026, 3, 20))
    text = to(project.leads[0], letters)
    assert "The dates." in text
    assert "Mar 20, 2026" in text


@pytest.mark.parametrize(("status", "act"), [
    ("submitted", lambda project, by: operations.declare_ineligible(project, by, "Because.")),
    ("active", lambda project, by: operations.suspend(project, by, "Because.")),
    ("suspended", lambda project, by: operations.resume(project, by, "Because.")),
])
def test_a_reason_reaches_the_whole_team(make, letters, status, act):
    member = make.person()
    project = make.project(status, members=(member,))
    with transaction():
        act(project, make.person("coordinator"))
    for person in (project.leads[0], member):
        assert "Because." in to(person, letters)


def test_lapsing_is_told_to_both_sides(make, letters):
    project, coordinator = make.project("returned", return_due_on=date(2026, 3, 1)), make.person("coordinator")
    clock.set(date(2026, 3, 2))
    jobs.take_due_steps()
    assert to(project.leads[0], letters)
    assert to(coordinator, letters)


def test_a_start_is_told_to_team_and_mentor(make, letters):
    project = make.project("awarded")
    with transaction():
        operations.start(project, None)
    assert to(project.leads[0], letters)
    assert to(project.mentors[0], letters)


def test_the_second_person_is_asked_and_the_first_is_not(make, letters):
    project, first, second = make.project("active"), make.person("coordinator"), make.person("coordinator")
    with transaction():
        operations.revoke(project, first, "Because.")
    assert "Because." in to(second, letters)
    assert not to(first, letters)
    with transaction():
        operations.revoke(project, second)
    assert "Because." in to(project.leads[0], letters)


def test_who_joins_a_team_hears_of_it(make, letters):
    project, person = make.project(), make.person()
    with transaction():
        operations.add_member(project, project.leads[0], person)
    assert project.title in to(person, letters)


def test_the_asked_mentor_and_then_coordination_and_lead_hear(make, letters):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), make.person("coordinator")
    with transaction():
        asked = mentoring.propose(project, mentor, coordinator)
    assert f"/desk/assignments/{asked.id}" in to(mentor, letters)
    with transaction():
        mentoring.accept(asked, mentor)
    assert mentor.name in to(coordinator, letters)
    assert mentor.name in to(project.leads[0], letters)


def test_why_a_mentor_declined_stays_with_the_coordination(make, letters):
    project, coordinator = make.project("submitted"), make.person("coordinator")
    asked = make.assignment(project, make.person("mentor"))
    with transaction():
        mentoring.decline(asked, asked.person, "No time.")
    assert "No time." in to(coordinator, letters)
    assert not to(project.leads[0], letters)


def test_a_talks_letter_has_a_link_and_none_of_its_words(make, letters):
    project = make.project("mentoring")
    with transaction():
        mentoring.log_session(project, project.mentors[0], held_on=clock.today(), minutes=30, mode="phone",
                              kind="crisis", shared_notes="Streit", confidential_notes="Geheim")
    text = to(project.leads[0], letters)
    assert f"/desk/projects/{project.id}/mentoring" in text
    assert "Streit" not in text and "Geheim" not in text


def test_no_letter_has_markup_or_gaps(make, letters):
    project = make.project("submitted", title="Tee & <Kekse>")
    with transaction():
        operations.return_for_changes(project, make.person("coordinator"), "A & B <c>")
    text = to(project.leads[0], letters)
    assert "Tee & <Kekse>" in text and "A & B <c>" in text
    assert "\n\n\n" not in text
