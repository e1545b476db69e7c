"""Who hears of a change, and what the letter says."""

from datetime import date

import pytest

from incubator.budgets import operations_change, queries
from incubator.budgets.models_change import ChangeState
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import operations as projects
from incubator.projects.lifecycle import Status


@pytest.fixture
def project(make):
    project = make.project("active", ends_on=date(2026, 12, 31))
    make.award(project, grant=6_000_00)
    return project


def written():
    """Deliver what is due and return the letters by address, the newest last."""
    while deliver():
        pass
    found = {}
    for letter in Letter.query.order_by(Letter.id):
        found.setdefault(letter.address, []).append(letter)
    return found


def ask(project, by):
    fees, material = queries.current_plan(project.id).costs
    with transaction():
        return operations_change.shift(project, project.leads[0], reason="Mehr Honorar nötig.", lines=[
            (fees.root_id, fees.amount_cents + by), (material.root_id, material.amount_cents - by)])


def approve(change, by):
    with transaction():
        operations_change.approve_change(change, by, change.new_plan.content_hash, True)


def test_a_change_that_waits_is_told_to_the_projects_free_mentors(make, project):
    other = make.person("mentor")
    change = ask(project, 2_000_00)
    letters = written()
    assert f"/desk/changes/{change.id}/review" in letters[project.mentors[0].mail][0].text
    assert "Mehr Honorar nötig." in letters[project.mentors[0].mail][0].text
    assert other.mail not in letters


def test_where_the_projects_mentor_is_excluded_the_free_ones_are_asked(make, project):
    other = make.person("mentor")
    make.affiliation(project.mentors[0], project.carrier, "board")
    ask(project, 2_000_00)
    letters = written()
    assert other.mail in letters
    assert project.mentors[0].mail not in letters


def test_the_first_of_two_asks_for_the_second(make, project):
    other = make.person("mentor")
    change = ask(project, 2_000_00)
    approve(change, project.mentors[0])
    assert f"/desk/changes/{change.id}/review" in written()[other.mail][0].text


def test_a_noted_shift_is_confirmed_to_lead_and_mentor(project):
    ask(project, 100_00)
    letters = written()
    for person in (project.leads[0], project.mentors[0]):
        assert "100,00" in letters[person.mail][0].text


def test_the_lead_hears_that_a_change_was_agreed_to(make, project):
    change = ask(project, 2_000_00)
    approve(change, project.mentors[0])
    approve(change, make.person("mentor"))
    assert f"/desk/changes/{change.id}" in written()[project.leads[0].mail][-1].text


def test_the_lead_hears_why_a_change_was_refused(project):
    change = ask(project, 2_000_00)
    with transaction():
        operations_change.refuse_change(change, project.mentors[0], "Das Material fehlt dann.")
    assert "Das Material fehlt dann." in written()[project.leads[0].mail][-1].text


def test_the_coordination_hears_of_a_request_for_time_and_the_lead_of_the_answer(make, project):
    coordinator = make.person("coordinator")
    with transaction():
        change = operations_change.ask_time(project, project.leads[0], until=date(2027, 2, 28), reason="Saal belegt.")
    assert f"/desk/changes/{change.id}/decision" in written()[coordinator.mail][0].text
    with transaction():
        operations_change.decide(change, coordinator, True, "Gern.")
    answer = written()[project.leads[0].mail][-1].text
    assert "28.02.2027" in answer
    assert "Gern." in answer


def test_a_revoked_project_asks_for_nothing_any_more(make, project):
    change, office = ask(project, 2_000_00), [make.person("coordinator") for _each in range(2)]
    for person, reason in zip(office, ("Zweck verfehlt.", ""), strict=True):
        with transaction():
            projects.revoke(project, person, reason)
    written()
    assert (project.status, change.state) == (Status.REVOKED, ChangeState.WITHDRAWN)


def test_a_coordinator_with_ties_to_the_carrier_is_not_asked_for_more_time(make, project):
    tied, free = make.person("coordinator"), make.person("coordinator")
    make.affiliation(tied, project.carrier, "board")
    with transaction():
        operations_change.ask_time(project, project.leads[0], until=date(2027, 2, 28), reason="Der Saal war gesperrt.")
    letters = written()
    assert free.mail in letters and tied.mail not in letters
