"""Two people at the same moment, on both databases: a change is decided once, and nothing moves while one waits."""

from functools import partial

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import operations_change, queries
from incubator.budgets.models import Approval, Plan, PlanState
from incubator.budgets.models_change import Change, ChangeState
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.projects.models import Project

TRIALS = 20


@pytest.fixture
def project(make):
    project = make.project("active")
    make.award(project, grant=4_000_00)
    return project


def ask(project_id, by, lead_id):
    project = db.session.get_one(Project, project_id)
    fees, material = queries.current_plan(project_id).costs
    return operations_change.shift(project, db.session.get_one(Person, lead_id), reason="So.", lines=[
        (fees.root_id, fees.amount_cents + by), (material.root_id, material.amount_cents - by)])


def approve(change_id, person_id):
    change = db.session.get_one(Change, change_id)
    operations_change.approve_change(change, db.session.get_one(Person, person_id), change.new_plan.content_hash, True)


def refuse(change_id, person_id):
    operations_change.refuse_change(db.session.get_one(Change, change_id), db.session.get_one(Person, person_id), "No.")


def withdraw(change_id, person_id):
    operations_change.withdraw_change(db.session.get_one(Change, change_id), db.session.get_one(Person, person_id))


def counted(kind):
    return db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.action == kind))


def in_force(project_id):
    return db.session.scalar(sa.select(sa.func.count(Plan.id)).where(
        Plan.project_id == project_id, Plan.state == PlanState.APPROVED))


def test_two_mentors_at_once_put_a_change_in_force_once(make, at_once, project):
    mentors = [project.mentors[0].id, make.person("mentor").id]
    project_id, lead_id = project.id, project.leads[0].id
    for trial in range(1, TRIALS + 1):
        with transaction():
            by = 1_500_00 if trial % 2 else -1_500_00
            change_id = ask(project_id, by, lead_id).id
        answers = at_once(*(partial(approve, change_id, each) for each in mentors))
        assert answers.count("done") == 1
        with transaction():
            assert in_force(project_id) == 1
            assert counted("change.approved") == trial
            assert db.session.scalar(sa.select(sa.func.count(Approval.id))) == trial


@pytest.mark.parametrize("other", [refuse, withdraw])
def test_agreed_and_refused_or_taken_back_at_once_is_one_of_them(make, at_once, project, other):
    mentor, second = project.mentors[0].id, make.person("mentor").id
    project_id, lead_id = project.id, project.leads[0].id
    for trial in range(TRIALS):
        with transaction():
            plan = queries.current_plan(project_id)
            by = 1_500_00 if plan.costs[0].amount_cents < 3_000_00 else -1_500_00
            change_id = ask(project_id, by, lead_id).id
        answers = at_once(partial(approve, change_id, mentor), partial(other, change_id, second))
        assert answers.count("done") == 1, trial
        with transaction():
            assert in_force(project_id) == 1
            assert db.session.get_one(Change, change_id).state in (
                ChangeState.APPROVED, ChangeState.REFUSED, ChangeState.WITHDRAWN)


def test_two_shifts_at_once_never_leave_two_plans_or_move_past_the_wall(at_once, project):
    project_id, lead_id = project.id, project.leads[0].id
    decided = queries.current_plan(project_id).costs[0].amount_cents
    for _trial in range(TRIALS):
        at_once(partial(ask, project_id, decided // 8, lead_id), partial(ask, project_id, decided // 8, lead_id))
        with transaction():
            assert in_force(project_id) == 1
            assert queries.current_plan(project_id).costs[0].amount_cents * 100 <= decided * 120
            waiting = db.session.scalars(sa.select(Change).where(Change.state == ChangeState.ASKED)).all()
            assert len(waiting) <= 1
            for change in waiting:
                operations_change.withdraw_change(change, db.session.get_one(Person, lead_id))


def test_a_shift_while_a_change_waits_is_refused_whoever_is_first(at_once, project):
    project_id, lead_id = project.id, project.leads[0].id
    for _trial in range(TRIALS):
        answers = at_once(partial(ask, project_id, 1_500_00, lead_id), partial(ask, project_id, 1_600_00, lead_id))
        assert answers.count("done") == 1
        with transaction():
            [change] = db.session.scalars(sa.select(Change).where(Change.state == ChangeState.ASKED)).all()
            operations_change.withdraw_change(change, db.session.get_one(Person, lead_id))
