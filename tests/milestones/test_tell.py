"""What the calendar does, what several projects' questions cost, and news."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.milestones import jobs, jobs_reminders, operations, queries
from incubator.milestones import queries as milestones
from incubator.milestones.models import UpdateState
from incubator.projects.lifecycle import Status
from tests.builders import picture


def told():
    return {letter.person_id for letter in db.session.scalars(sa.select(Letter))}


def test_lateness_is_told_privately_and_once(make):
    coordinator, project = make.person("coordinator"), make.project("active", ends_on=date(2026, 12, 31))
    make.milestone(project, due_on=date(2026, 3, 1))
    lead, mentor = project.leads[0].id, project.mentors[0].id
    for day, expected in ((1, set()), (2, {lead}), (8, {lead, mentor}), (15, {lead, mentor, coordinator.id})):
        clock.set(date(2026, 3, day))
        jobs_reminders.tell_of_lateness()
        jobs_reminders.tell_of_lateness()
        assert told() == expected
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == 3


@pytest.mark.parametrize(("project_status", "status"), [
    ("active", "reported"), ("active", "accepted"), ("active", "cancelled"), ("suspended", "planned"),
    ("mentoring", "planned"),
])
def test_what_is_done_or_rests_is_not_late(make, project_status, status):
    make.milestone(make.project(project_status), status=status, due_on=date(2026, 2, 1))
    assert not queries.overdue(clock.today())


def test_when_the_period_is_over_the_final_report_opens(make):
    over, runs = make.project("active", ends_on=date(2026, 2, 28)), make.project("active", ends_on=date(2026, 3, 1))
    jobs.open_final_reports()
    assert (over.status, runs.status) == (Status.REPORTING, Status.ACTIVE)


def test_a_resumed_project_whose_milestones_are_done_goes_on_to_its_report(make):
    project = make.project("active")
    make.milestone(project, status="accepted")
    jobs.open_final_reports()
    assert project.status is Status.REPORTING


def test_an_active_project_without_milestones_stays_active(make):
    project = make.project("active")
    jobs.open_final_reports()
    assert project.status is Status.ACTIVE


@pytest.mark.parametrize("number", [1, 4])
def test_many_projects_cost_as_many_queries_as_one(make, queries, number):
    for _each in range(number):
        project = make.project("active")
        make.milestone(project, due_on=date(2026, 2, 1))
    db.session.expire_all()
    with queries(at_most=4):
        [each.project.title for each in milestones.overdue(clock.today())]


def test_news_is_public_at_once_and_can_be_taken_back(make):
    project = make.project("active")
    with transaction():
        update = operations.write_update(project, project.leads[0], title="Neu", text="Es geht los.",
                                         photos=[{"data": picture(), "alt": "Ein Topf"}])
    assert update.state is UpdateState.PUBLISHED and update.photos[0].is_public
    with transaction():
        operations.withdraw_update(update, project.leads[0])
    assert update.state is UpdateState.WITHDRAWN and not update.photos[0].is_public
    with pytest.raises(RuleBroken), transaction():
        operations.withdraw_update(update, project.leads[0])


@pytest.mark.parametrize("status", ["draft", "mentoring", "budget_approved", "revoked"])
def test_there_is_no_news_of_what_is_not_public(make, status):
    project = make.project(status)
    with pytest.raises(RuleBroken), transaction():
        operations.write_update(project, project.leads[0], title="Neu", text="Es geht los.")
