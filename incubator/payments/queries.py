"""What the ledger says: sums by the database, of a project and of each of its cost lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from incubator.budgets.models import Award, CostKind, CostLine, Plan, PlanState
from incubator.foundation.database import db
from incubator.payments.models import Account, EntryKind, LedgerEntry

CostPlan = sa.orm.aliased(Plan)


@dataclass(frozen=True)
class Balance:
    """One project's money in cents. Planned is the plan in force, approved the award, committed what still holds."""

    planned: int = 0
    approved: int = 0
    committed: int = 0
    requested: int = 0
    paid: int = 0
    spent: int = 0
    proved: int = 0
    returned: int = 0

    @property
    def left(self) -> int:
        """What can still be asked for."""
        return self.committed - self.paid - self.requested


@dataclass(frozen=True)
class LineBalance:
    """One cost line of the plan in force, known by its root in every version."""

    root_id: int
    kind: CostKind
    purpose: str
    planned: int
    spent: int
    proved: int


def account(project_id: int) -> Account | None:
    return db.session.get(Account, project_id)


def standing(project_id: int, kind: EntryKind) -> Sequence[LedgerEntry]:
    """Return the entries of one kind that nothing has corrected."""
    later = sa.orm.aliased(LedgerEntry)
    corrected = sa.exists().where(later.corrects_id == LedgerEntry.id)
    return db.session.scalars(
        sa.select(LedgerEntry)
        .where(LedgerEntry.project_id == project_id, LedgerEntry.kind == kind, LedgerEntry.corrects_id.is_(None),
               ~corrected)
        .order_by(LedgerEntry.id)
    ).all()


def entries(project_id: int, request_id: int | None = None) -> Sequence[LedgerEntry]:
    """Return what moved between the city and a project, or for one of its requests, in the order it was written."""
    kinds = (EntryKind.COMMITTED, EntryKind.PAID, EntryKind.RETURNED)
    chosen = sa.select(LedgerEntry).where(LedgerEntry.project_id == project_id, LedgerEntry.kind.in_(kinds))
    if request_id is not None:
        chosen = chosen.where(LedgerEntry.request_id == request_id)
    return db.session.scalars(chosen.order_by(LedgerEntry.id)).all()


def correction_of(entry_id: int) -> LedgerEntry | None:
    return db.session.scalar(sa.select(LedgerEntry).where(LedgerEntry.corrects_id == entry_id))


def payment_of(request_id: int) -> LedgerEntry | None:
    """Return the entry by which a request was paid, unless it was corrected since."""
    later = sa.orm.aliased(LedgerEntry)
    return db.session.scalar(
        sa.select(LedgerEntry).where(
            LedgerEntry.request_id == request_id, LedgerEntry.kind == EntryKind.PAID, LedgerEntry.corrects_id.is_(None),
            ~sa.exists().where(later.corrects_id == LedgerEntry.id))
    )


def plan_in_force(project_id: int) -> Plan | None:
    """Return the newest approved version: what receipts are held against. A change that waits is not in force."""
    return db.session.scalar(
        sa.select(Plan).where(Plan.project_id == project_id, Plan.state == PlanState.APPROVED)
        .order_by(Plan.number.desc()).limit(1)
    )


def balances(project_ids: Iterable[int]) -> dict[int, Balance]:
    """Return the balance of each of these projects, in three statements whatever their number."""
    ids = list(project_ids)
    moved = sa.select(LedgerEntry.project_id, LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents))
    rows = db.session.execute(
        moved.where(LedgerEntry.project_id.in_(ids)).group_by(LedgerEntry.project_id, LedgerEntry.kind)).all()
    sums: dict[int, dict[str, int]] = {number: {} for number in ids}
    for number, kind, cents in rows:
        sums[number][kind.value] = int(cents)
    planned = dict(db.session.execute(_planned(ids)).all())
    granted = {
        row.project_id: (row.amount_cents, row.requested_cents) for row in db.session.execute(
            sa.select(Award.project_id, Award.amount_cents, Account.requested_cents)
            .outerjoin(Account, Account.project_id == Award.project_id).where(Award.project_id.in_(ids)))
    }
    found = {}
    for number in ids:
        approved, requested = granted.get(number, (0, 0))
        moves = {"committed": approved} | sums[number]
        found[number] = Balance(
            planned=int(planned.get(number, 0)), approved=approved, requested=requested or 0, **moves)
    return found


def balance(project_id: int) -> Balance:
    return balances([project_id])[project_id]


def _planned(ids: list[int]) -> sa.Select:
    newest = (
        sa.select(sa.func.max(Plan.number))
        .where(Plan.project_id == CostPlan.project_id, Plan.state == PlanState.APPROVED)
        .correlate(CostPlan).scalar_subquery()
    )
    return (
        sa.select(CostPlan.project_id, sa.func.sum(CostLine.amount_cents))
        .join(CostLine, CostLine.plan_id == CostPlan.id)
        .where(CostPlan.project_id.in_(ids), CostPlan.number == newest)
        .group_by(CostPlan.project_id)
    )


def lines(project_id: int) -> list[LineBalance]:
    """Return the cost lines of the plan in force with what was spent and proved on each."""
    return lines_of(plan_in_force(project_id))


def lines_of(plan: Plan | None) -> list[LineBalance]:
    """Return the same of a plan in force that was read already."""
    if plan is None:
        return []
    moved: dict[tuple[int | None, EntryKind], int] = {
        (line, kind): int(cents) for line, kind, cents in db.session.execute(
            sa.select(LedgerEntry.line_id, LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents))
            .where(LedgerEntry.project_id == plan.project_id, LedgerEntry.line_id.is_not(None))
            .group_by(LedgerEntry.line_id, LedgerEntry.kind))
    }
    return [
        LineBalance(
            root_id=line.root_id, kind=line.kind, purpose=line.purpose, planned=line.amount_cents,
            spent=moved.get((line.root_id, EntryKind.SPENT), 0),
            proved=moved.get((line.root_id, EntryKind.PROVED), 0),
        )
        for line in plan.costs
    ]
