"""Changes of what was awarded, and from which version of the plan shifts are measured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.budgets.models import CostKind, Plan
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.budgets.rules_change import MONEY, Shift
from incubator.foundation.clock import CITY
from incubator.foundation.database import db


def change(change_id: int) -> Change:
    return db.session.get_one(Change, change_id)


def changes(project_id: int) -> Sequence[Change]:
    """Return all changes of a project, the newest first."""
    return db.session.scalars(
        sa.select(Change)
        .options(joinedload(Change.asked_by), joinedload(Change.decided_by))
        .where(Change.project_id == project_id)
        .order_by(Change.id.desc())
    ).all()


def open_changes(project_id: int) -> Sequence[Change]:
    waiting = sa.select(Change).where(Change.project_id == project_id, Change.state == ChangeState.ASKED)
    return db.session.scalars(waiting.order_by(Change.id)).all()


def open_change(project_id: int) -> Change | None:
    """Return the change of the budget that waits for an answer; there is never more than one."""
    return next((each for each in open_changes(project_id) if each.kind in MONEY), None)


def open_of_kind(project_id: int, kind: ChangeKind) -> Change | None:
    return next((each for each in open_changes(project_id) if each.kind is kind), None)


def early_start_from(project_id: int) -> date | None:
    """Return the first day on which a project may sign contracts before its award, None without consent (R9)."""
    found = db.session.execute(sa.select(Change.early_from, Change.decided_at).where(
        Change.project_id == project_id, Change.kind == ChangeKind.EARLY_START, Change.state == ChangeState.APPROVED,
    )).all()
    days = [max(row.early_from, row.decided_at.astimezone(CITY).date()) for row in found]
    return min(days, default=None)


def decided_plan(plan: Plan) -> Plan:
    """Return the version that somebody decided on: small shifts are measured against it, all of them together (R8)."""
    if plan.shift_of_id is None:
        return plan
    return db.session.get_one(Plan, plan.shift_of_id)


def shifts(plan: Plan, wanted: Mapping[int, int] | Iterable[tuple[int, int]] = ()) -> list[Shift]:
    """Return the lines that are paid in money, with the amounts wanted for them; what is not named stays."""
    amounts = dict(wanted)
    decided = {line.root_id: line.amount_cents for line in decided_plan(plan).costs}
    return [
        Shift(line.root_id, decided.get(line.root_id, 0), line.amount_cents,
              amounts.get(line.root_id, line.amount_cents))
        for line in plan.costs if line.kind is not CostKind.VOLUNTEER_TIME
    ]


def shifts_between(old: Plan, new: Plan) -> list[Shift]:
    """Return what a version changes on the lines of the one before it, for whoever decides about it."""
    return shifts(old, {line.root_id: line.amount_cents for line in new.costs})
