"""A round's board, with two queries."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award, Plan, PlanState
from incubator.budgets.queries import counts, grant_column
from incubator.desk.board import Board, BoardProject, Column
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.milestones.models import Milestone
from incubator.milestones.queries import NOT_LATE
from incubator.organisations.models import Organisation
from incubator.payments.models import Account
from incubator.programme.models import Round
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Project


def round_(round_id: int) -> Round:
    return db.session.get_one(Round, round_id)


def board(round: Round, today: date) -> Board:
    rows = [_project(row, today) for row in db.session.execute(_rows(round.id, today))]
    return Board(
        round_id=round.id,
        name=round.name,
        state=round.state.label,
        fund_cents=round.fund_cents,
        awarded_cents=round.awarded_cents,
        reserve_cents=round.reserve_cents,
        pays_out=round.pays_out,
        columns=tuple(Column(stage, tuple(row for row in rows if row.status.stage is stage)) for stage in Stage),
    )


def _rows(round_id: int, today: date) -> sa.Select[*tuple[Any, ...]]:
    here = sa.select(Project.id).where(Project.round_id == round_id)
    newest = (
        sa.select(Plan.project_id, sa.func.max(Plan.number).label("number")).where(counts(), Plan.project_id.in_(here))
        .group_by(Plan.project_id).subquery()
    )
    late = (
        sa.select(
            Milestone.project_id, sa.func.count(Milestone.id).label("number"),
            sa.func.min(Milestone.due_on).label("first"),
        )
        .where(Milestone.project_id.in_(here), Milestone.due_on < today, Milestone.status.not_in(NOT_LATE))
        .group_by(Milestone.project_id).subquery()
    )
    return (
        sa.select(
            Project.id, Project.title, Project.language, Project.status, Project.status_since, Project.asked_cents,
            Organisation.name.label("carrier"), Plan.state.label("plan_state"), grant_column().label("planned"),
            Award.amount_cents.label("awarded"), Account.paid_cents.label("paid"),
            Account.returned_cents.label("returned"),
            late.c.number.label("late"), late.c.first.label("late_since"),
        )
        .outerjoin(Organisation, Organisation.id == Project.carrier_id)
        .outerjoin(newest, newest.c.project_id == Project.id)
        .outerjoin(Plan, sa.and_(Plan.project_id == Project.id, Plan.number == newest.c.number))
        .outerjoin(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .outerjoin(late, late.c.project_id == Project.id)
        .where(Project.round_id == round_id)
        .order_by(Project.status_since, Project.id)
    )


def _project(row: Any, today: date) -> BoardProject:
    is_late = row.late and row.status is Status.ACTIVE
    return BoardProject(
        id=row.id,
        title=row.title,
        language=row.language,
        status=row.status,
        carrier=row.carrier or "",
        asked_cents=row.asked_cents or 0,
        planned_cents=int(row.planned or 0),
        is_approved=row.plan_state is PlanState.APPROVED,
        awarded_cents=row.awarded or 0 if row.status is not Status.REVOKED else (row.paid or 0) - (row.returned or 0),
        paid_cents=row.paid or 0,
        late_milestones=row.late if is_late else 0,
        latest_due=row.late_since if is_late else None,
        days_in_status=(today - row.status_since.astimezone(CITY).date()).days,
    )
