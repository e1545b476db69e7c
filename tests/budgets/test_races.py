"""Two people at the same moment, two hundred times over, on both databases: the rule decides, never the luck."""

from datetime import date
from functools import partial

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import operations
from incubator.budgets.models import Approval, Award, Plan, PlanState
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

TRIALS = 200
REVIEWS = 50
RESOLUTION = {"body": "Rat", "on": date(2026, 2, 24), "reference": "VO/1"}


def moves(project_id, action):
    rows = sa.select(Entry.data).where(Entry.project_id == project_id, Entry.action == "project.moved")
    return sum(1 for data in db.session.scalars(rows) if data["action"] == action)


@pytest.mark.long
def test_two_awards_for_the_last_money_never_exceed_the_fund(make, at_once):
    round_ = make.round(fund_cents=10_000_00, reserve_cents=1_000_00)
    coordinator = make.person("coordinator").id
    projects = [make.project("budget_approved", round=round_) for _each in range(2)]
    for project in projects:
        make.plan(project, grant=5_000_00, state="approved")
    round_id, ids = round_.id, [project.id for project in projects]

    def award(project_id, number):
        operations.award(
            db.session.get_one(Project, project_id), db.session.get_one(Person, coordinator),
            notice_number=number, notice_on=date(2026, 3, 1), **RESOLUTION)

    for trial in range(TRIALS):
        works = [partial(award, ids[number], f"2026-{trial}-{number}") for number in range(2)]
        answers = at_once(*works)
        assert answers.count("done") == 1
        refused = next(each for each in answers if each != "done")
        assert "4,000.00" in str(refused.sentence)
        with transaction():
            assert db.session.scalar(sa.select(Round.awarded_cents).where(Round.id == round_id)) == 5_000_00
            assert db.session.scalar(sa.select(sa.func.sum(Award.amount_cents))) == 5_000_00
            _undo_award(round_id, ids)
    assert sum(moves(each, "award") for each in ids) == TRIALS


def _undo_award(round_id, project_ids):
    db.session.execute(sa.delete(Award))
    db.session.execute(sa.update(Round).where(Round.id == round_id).values(awarded_cents=0))
    db.session.execute(sa.update(Project).where(Project.id.in_(project_ids)).values(
        status=Status.BUDGET_APPROVED, notice_number=None, resolution_on=None, award_final_on=None))


@pytest.mark.long
@pytest.mark.parametrize(("grant", "succeed"), [(4_000_00, 1), (6_000_00, 2)])
def test_two_mentors_at_once_close_the_review_exactly_once(make, at_once, grant, succeed):
    project = make.project("budget_review")
    mentors = [project.mentors[0].id, make.person("mentor").id]
    plan = make.plan(project, grant=grant, state="submitted")
    project_id, plan_id, plan_hash = project.id, plan.id, plan.content_hash

    def approve(person_id):
        operations.sign_off(db.session.get_one(Plan, plan_id), db.session.get_one(Person, person_id),
                            plan_hash=plan_hash, no_conflict=True)

    for trial in range(1, REVIEWS + 1):
        answers = at_once(*(partial(approve, each) for each in mentors))
        assert answers.count("done") == succeed
        with transaction():
            assert db.session.scalar(sa.select(Project.status).where(Project.id == project_id)) == "budget_approved"
            assert db.session.scalar(sa.select(sa.func.count(Approval.id))) == succeed
            _undo_approval(project_id, plan_id)
        if trial == REVIEWS:
            assert moves(project_id, "approve_budget") == REVIEWS


def _undo_approval(project_id, plan_id):
    db.session.execute(sa.delete(Approval))
    db.session.execute(sa.update(Plan).where(Plan.id == plan_id).values(state=PlanState.SUBMITTED, approved_at=None))
    db.session.execute(sa.update(Project).where(Project.id == project_id).values(status=Status.BUDGET_REVIEW))
