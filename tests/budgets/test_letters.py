"""Who is told by letter, and what the letter says."""

from datetime import date

import pytest

from incubator.budgets import operations
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter

RESOLUTION = {"body": "Rat", "on": date(2026, 2, 24), "reference": "VO/1"}


def written():
    """Deliver what is due and return the letters by (name of the page in its link, address)."""
    while deliver():
        pass
    return {(letter.text.split("/desk/projects/")[1].split()[0].partition("/")[2], letter.address): letter
            for letter in db.session.query(Letter)}


@pytest.fixture
def reviewed(make):
    project = make.project("budget_review")
    return project, make.plan(project, grant=6_000_00, state="submitted")


def approve(plan, by):
    with transaction():
        operations.sign_off(plan, by, plan_hash=plan.content_hash, no_conflict=True)


def test_a_submitted_budget_is_told_to_its_mentors(make):
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    make.plan(project)
    with transaction():
        operations.submit(project, project.leads[0])
    letter = written()["budget/review", project.mentors[0].mail]
    assert project.title in letter.subject
    assert "5.000,00" in letter.text


def test_a_returned_budget_is_told_to_the_whole_team_with_the_reason(make):
    member = make.person("lead")
    project = make.project("budget_review", members=(member,))
    plan = make.plan(project, state="submitted")
    with transaction():
        operations.return_plan(plan, project.mentors[0], "Bitte die Miete nennen.")
    letters = written()
    for person in (project.leads[0], member):
        assert "Bitte die Miete nennen." in letters["budget", person.mail].text


def test_the_first_of_two_approvals_asks_the_other_mentors_of_the_project(make, reviewed):
    project, plan = reviewed
    second = make.person("mentor")
    approve(plan, second)
    assert ("budget/review", project.mentors[0].mail) in written()
    assert ("budget/review", second.mail) not in written()


def test_where_a_project_has_one_mentor_everybody_free_is_asked_to_be_the_second(make, reviewed):
    project, plan = reviewed
    second = make.person("mentor")
    approve(plan, project.mentors[0])
    assert ("budget/review", second.mail) in written()


def test_an_approved_budget_is_told_to_lead_and_coordination(make, reviewed):
    project, plan = reviewed
    coordinator = make.person("coordinator")
    approve(plan, project.mentors[0])
    approve(plan, make.person("mentor"))
    letters = written()
    assert ("budget", project.leads[0].mail) in letters
    assert ("decision", coordinator.mail) in letters


@pytest.fixture
def approved(make):
    project = make.project("budget_approved")
    make.plan(project, grant=6_000_00, state="approved")
    return project


def test_an_award_is_told_to_the_lead_with_amount_notice_and_final_day(make, approved):
    with transaction():
        operations.award(approved, make.person("coordinator"), notice_number="2026-009",
                         notice_on=date(2026, 3, 1), **RESOLUTION)
    text = written()["", approved.leads[0].mail].text
    assert "6.000,00" in text and "2026-009" in text


def test_a_letter_in_another_language_says_that_only_the_german_decision_binds(make):
    project = make.project("budget_approved", lead=make.person("lead", language="en"))
    make.plan(project, grant=6_000_00, state="approved")
    with transaction():
        operations.award(project, make.person("coordinator"), notice_number="2026-009",
                         notice_on=date(2026, 3, 1), **RESOLUTION)
    assert "Only the German version is legally binding." in written()["", project.leads[0].mail].text


def test_the_waiting_list_is_told_to_the_lead(make, approved):
    with transaction():
        operations.waitlist(approved, make.person("coordinator"), **RESOLUTION)
    assert ("", approved.leads[0].mail) in written()


def test_a_rejection_is_told_to_the_lead_with_the_reason(make, approved):
    with transaction():
        operations.reject(approved, make.person("coordinator"), reason="Passt nicht zum Thema.", **RESOLUTION)
    assert "Passt nicht zum Thema." in written()["", approved.leads[0].mail].text


def test_delivering_twice_writes_no_letter_twice(make, reviewed):
    approve(reviewed[1], make.person("mentor"))
    count = len(written())
    assert len(written()) == count
