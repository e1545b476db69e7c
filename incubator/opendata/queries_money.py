"""Rows about the money of awarded projects: what their public money pages say, and no more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award, CostKind, CostLine, FinancingLine, Plan, PlanState
from incubator.foundation.database import db
from incubator.opendata.queries_projects import shown
from incubator.opendata.queries_walk import Row, Scope, euros, walk
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.programme.models import Round
from incubator.progress.queries_money import sum_columns, sums_of
from incubator.projects.models import Project

Sums = dict[int, dict[tuple[str, str], dict[str, int]]]


def money(scope: Scope) -> Iterator[Row]:
    query = (
        sa.select(Project.id, Project.slug, Round.pays_out, Round.asks_receipts, *sum_columns())
        .join(Round, Round.id == Project.round_id).join(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id).where(shown(scope))
    )
    for row in (each for page in walk(query, Project.id) for each in page):
        sums = sums_of(row)
        yield row.id, "", {
            "project": row.slug, "awarded": euros(sums.awarded), "paid": euros(sums.paid) if row.pays_out else None,
            "proved": euros(sums.proved) if row.asks_receipts else None, "returned": euros(sums.returned),
        }


def budget_lines(scope: Scope) -> Iterator[Row]:
    """Give the sums of both plans by kind: what a line says in its own words stays inside."""
    newest = (
        sa.select(Plan.id).where(Plan.project_id == Project.id, Plan.state == PlanState.APPROVED)
        .order_by(Plan.number.desc()).limit(1).correlate(Project).scalar_subquery()
    )
    query = (
        sa.select(Project.id, Project.slug, Round.asks_receipts, Award.plan_id,
                  sa.func.coalesce(newest, Award.plan_id).label("in_force_id"))
        .join(Round, Round.id == Project.round_id).join(Award, Award.project_id == Project.id).where(shown(scope))
    )
    for page in walk(query, Project.id):
        sums = _sums(page)
        for row in page:
            for (side, kind), cents in sorted(sums[row.id].items()):
                is_cost = side == "cost"
                is_proved = is_cost and row.asks_receipts and kind != CostKind.VOLUNTEER_TIME
                yield row.id, f"{side} {kind}", {
                    "project": row.slug, "side": side, "kind": kind,
                    "planned": euros(cents.get("planned", 0)) if is_cost else None,
                    "approved": euros(cents.get("approved", 0)),
                    "proved": euros(cents.get("proved", 0)) if is_proved else None,
                }


def _sums(page: Sequence[Any]) -> Sums:
    by_plan = {row.plan_id: row.id for row in page}
    in_force = {row.in_force_id: row.id for row in page}
    found: Sums = defaultdict(lambda: defaultdict(dict))
    for name, side, line, plans in (
        ("planned", "cost", CostLine, by_plan), ("approved", "cost", CostLine, in_force),
        ("approved", "financing", FinancingLine, in_force),
    ):
        rows = db.session.execute(
            sa.select(line.plan_id, line.kind, sa.func.sum(line.amount_cents).label("cents"))
            .where(line.plan_id.in_(list(plans))).group_by(line.plan_id, line.kind))
        for row in rows:
            found[plans[row.plan_id]][side, row.kind.value][name] = int(row.cents)
    proved = db.session.execute(
        sa.select(LedgerEntry.project_id, CostLine.kind, sa.func.sum(LedgerEntry.amount_cents).label("cents"))
        .join(CostLine, CostLine.id == LedgerEntry.line_id)
        .where(LedgerEntry.project_id.in_([row.id for row in page]), LedgerEntry.kind == EntryKind.PROVED)
        .group_by(LedgerEntry.project_id, CostLine.kind))
    for row in proved:
        found[row.project_id]["cost", row.kind.value]["proved"] = int(row.cents)
    return found


def payments(scope: Scope) -> Iterator[Row]:
    """Give what was paid and what came back; an entry that was corrected is as if it never was."""
    undone = sa.exists().where(
        sa.and_(_OTHER.c.project_id == LedgerEntry.project_id, _OTHER.c.corrects_id == LedgerEntry.id))
    query = (
        sa.select(LedgerEntry.id, LedgerEntry.on, LedgerEntry.amount_cents, LedgerEntry.kind, FundsRequest.instalment,
                  Project.slug)
        .join(Project, Project.id == LedgerEntry.project_id).join(Round, Round.id == Project.round_id)
        .join(Award, Award.project_id == Project.id)
        .outerjoin(FundsRequest, sa.and_(
            FundsRequest.id == LedgerEntry.request_id, FundsRequest.state == RequestState.PAID))
        .where(shown(scope), Round.pays_out, LedgerEntry.kind.in_((EntryKind.PAID, EntryKind.RETURNED)),
               LedgerEntry.corrects_id.is_(None), ~undone)
    )
    for row in (each for page in walk(query, LedgerEntry.id) for each in page):
        yield row.id, "", {
            "id": str(row.id), "project": row.slug, "on": row.on, "amount": euros(row.amount_cents),
            "instalment": row.instalment, "is_returned": row.kind is EntryKind.RETURNED,
        }


_OTHER = sa.alias(LedgerEntry.__table__)
