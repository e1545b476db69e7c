"""A project's money as the public sees it, with five queries; a round's with three at most."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award, CostKind, CostLine, FinancingKind, FinancingLine, Plan, PlanState
from incubator.closing.models import Recovery
from incubator.foundation.database import db
from incubator.organisations.models import Organisation
from incubator.partners.models import Pledge, PledgeKind, PledgeState
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.programme.models import Round
from incubator.progress import rules, rules_money
from incubator.progress.kept import kept
from incubator.progress.pages import Label
from incubator.progress.pages_money import Category, MoneyPage, Payment, ProjectSums, Promise, RoundMoney, Source, Sums
from incubator.progress.queries_cards import PUBLIC_STATUSES, is_public, newest
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.questions.queries_public import of_neighbours
from incubator.wording.queries import Words, words

STANDING = (PledgeState.CONFIRMED, PledgeState.FULFILLED, PledgeState.PARTLY_FULFILLED)
UNCHECKED = (ReceiptState.ENTERED, ReceiptState.ASKED_BACK)
CHECKED = (ReceiptState.ACCEPTED, ReceiptState.CUT)
TOTALS = ("awarded", "paid", "proved", "checking", "returned")
MOST_LINES = 100


def money_page(slug: str, language: str) -> MoneyPage | None:
    """Return what everyone may know of a project's money, None when the public does not know the project."""
    row = _project(slug)
    if row is None:
        return None
    pledges = _pledges(row.id)
    said = words(language, {"project": {row.id}, "pledge": {each.id for each in pledges}})
    sides = _sides(row)
    sums = sums_of(row)
    return MoneyPage(
        slug=row.slug,
        title=said.of("project", row.id, "title", row.title, row.language),
        status=Label(row.status.value, rules.status_label(row.status)),
        tone=rules.TONES.get(row.status, "neutral"),
        sums=sums,
        pays_out=row.pays_out,
        asks_receipts=row.asks_receipts,
        changed=row.plan_id is not None and row.in_force_id != row.plan_id,
        categories=_categories(sides),
        sources=_sources(sides),
        payments=_payments(row.id) if row.pays_out else (),
        promises=tuple(_promise(each, said) for each in pledges),
        story=rules_money.story(
            sums, row.status, pays_out=row.pays_out, asks_receipts=row.asks_receipts, receipts=row.receipts,
            recovery_cents=row.recovery_cents, recovery=row.recovery,
        ) if row.awarded else (),
    )


def _project(slug: str) -> Any | None:
    newest = (
        sa.select(Plan.id).where(Plan.project_id == Project.id, Plan.state == PlanState.APPROVED)
        .order_by(Plan.number.desc()).limit(1).scalar_subquery()
    )
    checked = (
        sa.select(sa.func.count(Receipt.id)).where(Receipt.project_id == Project.id, Receipt.state.in_(CHECKED))
        .scalar_subquery()
    )
    return db.session.execute(
        sa.select(
            Project.id, Project.slug, Project.status, Project.language, Project.title, Round.pays_out,
            Round.asks_receipts, Award.plan_id, sa.func.coalesce(newest, Award.plan_id).label("in_force_id"),
            checked.label("receipts"), Recovery.amount_cents.label("recovery_cents"),
            Recovery.state.label("recovery"), *sum_columns(),
        )
        .join(Round, Round.id == Project.round_id)
        .outerjoin(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .outerjoin(Recovery, Recovery.project_id == Project.id)
        .where(Project.slug == slug, is_public())
    ).one_or_none()


def sum_columns() -> tuple[Any, ...]:
    """Columns for `sums_of`; the query must join award and account, which may be missing."""
    checking = (
        sa.select(sa.func.sum(Receipt.amount_cents))
        .where(Receipt.project_id == Project.id, Receipt.state.in_(UNCHECKED)).scalar_subquery()
    )
    return (
        Award.amount_cents.label("awarded"), Account.paid_cents, Account.proved_cents, Account.returned_cents,
        checking.label("checking"),
    )


def sums_of(row: Any, *, is_revoked: bool = False) -> Sums:
    awarded = (row.paid_cents or 0) - (row.returned_cents or 0) if is_revoked else row.awarded or 0
    return Sums(
        awarded=awarded, paid=row.paid_cents or 0, proved=row.proved_cents or 0,
        checking=int(row.checking or 0), returned=row.returned_cents or 0,
    )


def _sides(row: Any) -> dict[str, dict[str, int]]:
    """Sum both plans, the sources and what is proved by kind: what a line says in its own words stays inside."""
    planned = [
        sa.select(
            sa.literal(side).label("side"), sa.type_coerce(line.kind, sa.String()).label("kind"),
            sa.func.sum(line.amount_cents).label("cents"), sa.func.min(line.position).label("position"),
        ).where(line.plan_id == plan_id).group_by(line.kind)
        for side, line, plan_id in (
            ("planned", CostLine, row.plan_id), ("approved", CostLine, row.in_force_id),
            ("source", FinancingLine, row.in_force_id),
        )
    ]
    proved = (
        sa.select(
            sa.literal("proved"), sa.type_coerce(CostLine.kind, sa.String()), sa.func.sum(LedgerEntry.amount_cents),
            sa.func.min(CostLine.position),
        )
        .join(CostLine, CostLine.id == LedgerEntry.line_id)
        .where(LedgerEntry.project_id == row.id, LedgerEntry.kind == EntryKind.PROVED).group_by(CostLine.kind)
    )
    found: dict[str, dict[str, int]] = {"planned": {}, "approved": {}, "source": {}, "proved": {}}
    lines = db.session.execute(sa.union_all(*planned, proved)).all()
    for line in sorted(lines, key=lambda each: each.position):
        found[line.side][line.kind] = int(line.cents)
    return found


def _categories(sides: dict[str, dict[str, int]]) -> tuple[Category, ...]:
    kinds = list(dict.fromkeys([*sides["planned"], *sides["approved"], *sides["proved"]]))
    return tuple(
        Category(
            label=CostKind(kind).label, planned=sides["planned"].get(kind, 0), approved=sides["approved"].get(kind, 0),
            proved=None if kind == CostKind.VOLUNTEER_TIME else sides["proved"].get(kind, 0),
        )
        for kind in kinds
    )


def _sources(sides: dict[str, dict[str, int]]) -> tuple[Source, ...]:
    return tuple(
        Source(FinancingKind(kind).label, cents, kind != FinancingKind.IN_KIND)
        for kind, cents in sides["source"].items()
    )


def _payments(project_id: int) -> tuple[Payment, ...]:
    """Return what was paid and what came back, oldest first; an entry that was corrected is as if it never was."""
    undone = sa.select(LedgerEntry.corrects_id).where(
        LedgerEntry.project_id == project_id, LedgerEntry.corrects_id.is_not(None)
    )
    rows = db.session.execute(
        sa.select(LedgerEntry.on, LedgerEntry.amount_cents, LedgerEntry.kind, FundsRequest.instalment)
        .outerjoin(FundsRequest, sa.and_(
            FundsRequest.id == LedgerEntry.request_id, FundsRequest.state == RequestState.PAID,
        ))
        .where(
            LedgerEntry.project_id == project_id, LedgerEntry.kind.in_((EntryKind.PAID, EntryKind.RETURNED)),
            sa.func.coalesce(LedgerEntry.corrects_id, 0) == 0,  # else SQLite begins with all that correct nothing
            LedgerEntry.id.not_in(undone),
        )
        .order_by(LedgerEntry.on, LedgerEntry.id)
    )
    return tuple(
        Payment(row.on, row.amount_cents, row.instalment, row.kind is EntryKind.RETURNED) for row in rows
    )


def _pledges(project_id: int) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            Pledge.id, Organisation.name, Pledge.kind, Pledge.description, Pledge.language, Pledge.quantity,
            Pledge.unit, Pledge.value_cents, Pledge.valued_how, Pledge.state,
        )
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(Pledge.project_id == project_id, Pledge.state.in_(STANDING), Pledge.id.not_in(of_neighbours()))
        .order_by(Organisation.name, Pledge.id)
    ).all()


def _promise(row: Any, said: Words) -> Promise:
    return Promise(
        partner=row.name,
        kind=row.kind.label,
        what=said.of("pledge", row.id, "description", row.description, row.language),
        quantity=row.quantity,
        unit=row.unit,
        cents=row.value_cents,
        how=row.valued_how,
        is_money=row.kind is PledgeKind.MONEY,
        state=row.state.label,
    )


def round_money(round_: Round, language: str) -> RoundMoney:
    """Return what became of a round's fund, of its newest public projects each, with three queries at most."""
    rows = db.session.execute(
        sa.select(Project.id, Project.slug, Project.status, Project.title, Project.language, *sum_columns())
        .join(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .where(newest(PUBLIC_STATUSES, None, MOST_LINES + 1, Project.round_id == round_.id))
        .order_by(Project.id.desc()).limit(MOST_LINES + 1)
    ).all()
    said = words(language, {"project": {row.id for row in rows}})
    lines = tuple(_line(row, said) for row in rows)
    if len(lines) > MOST_LINES:
        return RoundMoney(round_.pays_out, round_.asks_receipts, Sums(**_totals(round_.id)), lines[:MOST_LINES])
    totals = {name: sum(getattr(line.sums, name) for line in lines) for name in TOTALS}
    return RoundMoney(round_.pays_out, round_.asks_receipts, Sums(**totals), lines)


@kept
def _totals(round_id: int) -> dict[str, int]:
    """Sum up a round with more projects than are told one by one."""
    kept_cents = sa.func.coalesce(Account.paid_cents, 0) - sa.func.coalesce(Account.returned_cents, 0)
    awarded = sa.case((Project.status == Status.REVOKED, kept_cents), else_=Award.amount_cents)
    checking = (
        sa.select(sa.func.sum(Receipt.amount_cents)).join(Project, Project.id == Receipt.project_id)
        .where(Project.round_id == round_id, Project.status.in_(PUBLIC_STATUSES), Receipt.state.in_(UNCHECKED))
        .scalar_subquery()
    )
    row = db.session.execute(
        sa.select(sa.func.sum(awarded), sa.func.sum(Account.paid_cents), sa.func.sum(Account.proved_cents), checking,
                  sa.func.sum(Account.returned_cents))
        .select_from(Project).join(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .where(Project.round_id == round_id, Project.status.in_(PUBLIC_STATUSES))
    ).one()
    return {name: int(cents or 0) for name, cents in zip(TOTALS, row, strict=True)}


def _line(row: Any, said: Words) -> ProjectSums:
    return ProjectSums(
        slug=row.slug,
        title=said.of("project", row.id, "title", row.title, row.language),
        status=Label(row.status.value, rules.status_label(row.status)),
        tone=rules.TONES.get(row.status, "neutral"),
        sums=sums_of(row, is_revoked=row.status is Status.REVOKED),
    )
