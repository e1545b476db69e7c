"""A round's board, with three queries, however many projects the round has."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award, Plan, PlanState
from incubator.budgets.queries import counts, grant_column
from incubator.desk.board import Board, BoardProject, Column, Sums
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.milestones.models import Milestone
from incubator.milestones.queries import NOT_LATE
from incubator.organisations.models import Organisation
from incubator.payments.models import Account
from incubator.programme.models import Round
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Project


def round_(round_id: int) -> Round:
    return db.session.get_one(Round, round_id)


MOST = 50
STAGE_OF = sa.case({status: status.stage.value for status in Status}, value=Project.status)


def board(round: Round, today: date, stage: Stage | None = None, after: int = 0) -> Board:
    """Return the board with the first projects of each stage, or those of one stage that come after a project."""
    sums = _sums(round.id, today)
    shown = _of_stage(round.id, stage, after) if stage else _first_of_each(round.id)
    asked_for = _rows(round.id, today).where(Project.id.in_(sa.select(shown.subquery().c.id)))
    rows = [_project(row, today) for row in db.session.execute(asked_for)]
    return Board(
        round_id=round.id,
        name=round.name,
        state=round.state.label,
        fund_cents=round.fund_cents,
        awarded_cents=round.awarded_cents,
        reserve_cents=round.reserve_cents,
        pays_out=round.pays_out,
        columns=tuple(_column(each, sums, [row for row in rows if row.status.stage is each]) for each in Stage),
        stage=stage,
    )


def _column(stage: Stage, sums: dict[Status, Sums], rows: list[BoardProject]) -> Column:
    page = page_of(rows, MOST)
    whole = sum((each for status, each in sums.items() if status.stage is stage), Sums())
    return Column(stage, whole, tuple(page.rows), page.after)


def _first_of_each(round_id: int) -> sa.Select[Any]:
    place = sa.func.row_number().over(partition_by=STAGE_OF, order_by=(Project.status_since, Project.id))
    placed = sa.select(Project.id, place.label("place")).where(Project.round_id == round_id).subquery()
    return sa.select(placed.c.id).where(placed.c.place <= MOST + 1)


def _of_stage(round_id: int, stage: Stage, after: int) -> sa.Select[Any]:
    since = sa.select(Project.status_since).where(Project.id == after, Project.round_id == round_id).scalar_subquery()
    statuses = [status for status in Status if status.stage is stage]
    found = sa.select(Project.id).where(Project.round_id == round_id, Project.status.in_(statuses))
    if after:
        found = found.where(sa.or_(Project.status_since > since,
                                   sa.and_(Project.status_since == since, Project.id > after)))
    return found.order_by(Project.status_since, Project.id).limit(MOST + 1)


def _sums(round_id: int, today: date) -> dict[Status, Sums]:
    row = _rows(round_id, today).order_by(None).subquery()
    amounts = (row.c.asked_cents, row.c.planned, row.c.awarded, row.c.paid, row.c.returned, row.c.late)
    found = db.session.execute(sa.select(row.c.status, sa.func.count(), *(
        sa.func.coalesce(sa.func.sum(each), 0) for each in amounts)).group_by(row.c.status))
    return {
        status: Sums(number, int(asked), int(planned),
                     int(paid - returned if status is Status.REVOKED else awarded), int(paid),
                     int(late) if status is Status.ACTIVE else 0)
        for status, number, asked, planned, awarded, paid, returned, late in found
    }


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
