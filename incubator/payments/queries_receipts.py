"""Receipts, their papers, what stands out about them, and how far each line of the budget is used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Person
from incubator.budgets import queries_approval, queries_change
from incubator.budgets.models import CostKind, CostLine, Plan, PlanState
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.media.models import Paper
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_receipts import PaperRole, Receipt, ReceiptPaper, ReceiptState
from incubator.payments.rules_receipts import Facts, Flag, LineUse, Terms, acceptable, flags
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project, StepReason

UNCHECKED = (ReceiptState.ENTERED, ReceiptState.ASKED_BACK)
WHOLE = (joinedload(Receipt.line), joinedload(Receipt.papers))  # who entered one took part, and is loaded with that


@dataclass(frozen=True)
class Looked:
    """A receipt with what stands out about it, and the most that can be accepted of it today."""

    receipt: Receipt
    flags: Sequence[Flag]
    acceptable: int

    @property
    def is_acceptable(self) -> bool:
        return self.acceptable >= self.receipt.amount_cents


@dataclass(frozen=True)
class ShownPaper:
    """A paper with the project by which the policy decides who sees it."""

    paper: Paper
    project: Project


@dataclass(frozen=True)
class Event:
    """One thing that happened to a receipt, with the words that were written then."""

    entry: Entry
    by: str | None
    reason: StepReason | None


def project(project_id: int) -> Project | None:
    """Return a project whose round asks for receipts; elsewhere these pages do not exist."""
    found = projects.project(project_id)
    return found if found.round.asks_receipts else None


def receipt(receipt_id: int) -> Receipt | None:
    found = db.session.get(Receipt, receipt_id, options=[
        joinedload(Receipt.line), joinedload(Receipt.entered_by), joinedload(Receipt.checked_by)])
    return found if found is not None and project(found.project_id) else None


def paper(key: str) -> ShownPaper | None:
    """Return a paper of a receipt by the random word in its address."""
    row = db.session.execute(
        sa.select(Paper, Receipt.project_id).join(ReceiptPaper, ReceiptPaper.paper_id == Paper.id)
        .join(Receipt, Receipt.id == ReceiptPaper.receipt_id).where(Paper.key == key)
    ).one_or_none()
    return ShownPaper(row.Paper, projects.project(row.project_id)) if row else None


def receipts(project_id: int, state: ReceiptState | None = None) -> Sequence[Receipt]:
    """Return a project's receipts, the newest first; those taken back only where they are asked for."""
    found = sa.select(Receipt).where(Receipt.project_id == project_id).options(*WHOLE)
    found = found.where(Receipt.state == state if state else Receipt.state != ReceiptState.WITHDRAWN)
    return db.session.scalars(found.order_by(Receipt.id.desc())).unique().all()


def receipt_list(project_id: int) -> Sequence[Receipt]:
    """Return all receipts that count, in the order in which they were paid: the list of the final report (R12)."""
    return db.session.scalars(
        sa.select(Receipt).where(Receipt.project_id == project_id, Receipt.state != ReceiptState.WITHDRAWN)
        .options(*WHOLE).order_by(Receipt.paid_on, Receipt.id)
    ).unique().all()


def unchecked(project_ids: Iterable[int]) -> Sequence[Receipt]:
    """Return receipts that wait for a check, those entered first at the top."""
    return db.session.scalars(
        sa.select(Receipt).where(Receipt.project_id.in_(list(project_ids)), Receipt.state.in_(UNCHECKED))
        .options(*WHOLE).order_by(Receipt.entered_at, Receipt.id)
    ).unique().all()


def counts(project_id: int) -> Mapping[ReceiptState, int]:
    rows = db.session.execute(
        sa.select(Receipt.state, sa.func.count(Receipt.id)).where(Receipt.project_id == project_id)
        .group_by(Receipt.state))
    return {state: int(count) for state, count in rows}


def line_uses(project: Project) -> list[LineUse]:
    """Return the lines of the plan in force that are paid in money, with what was spent and proved on each."""
    decided, root = sa.orm.aliased(CostLine), sa.func.coalesce(CostLine.origin_id, CostLine.id)
    newest = sa.select(Plan.id).where(Plan.project_id == project.id, Plan.state == PlanState.APPROVED)
    before = sa.select(decided.amount_cents).where(
        decided.plan_id == sa.func.coalesce(Plan.shift_of_id, Plan.id),
        sa.func.coalesce(decided.origin_id, decided.id) == root)
    rows = db.session.execute(
        sa.select(root.label("root_id"), CostLine.kind, CostLine.purpose, CostLine.amount_cents,
                  before.correlate(Plan, CostLine).limit(1).scalar_subquery().label("decided"),
                  _moved(project.id, root, EntryKind.SPENT), _moved(project.id, root, EntryKind.PROVED))
        .join(Plan, Plan.id == CostLine.plan_id)
        .where(Plan.id == newest.order_by(Plan.number.desc()).limit(1).correlate(None).scalar_subquery(),
               CostLine.kind != CostKind.VOLUNTEER_TIME)
        .order_by(CostLine.position, CostLine.id)
    )
    return [
        LineUse(
            row.root_id, row.kind, row.purpose, row.amount_cents, int(row.spent), int(row.proved), row.decided or 0,
            project.round.shift_warning_pct, project.round.shift_limit_pct) for row in rows
    ]


def _moved(project_id: int, root: sa.ColumnElement[int], kind: EntryKind) -> sa.Label[int]:
    total = sa.func.coalesce(sa.func.sum(LedgerEntry.amount_cents), 0)
    of_line = sa.select(total).where(
        LedgerEntry.project_id == project_id, LedgerEntry.line_id == root, LedgerEntry.kind == kind)
    return of_line.correlate(CostLine).scalar_subquery().label(kind.value)


def terms(project: Project, about: Iterable[Facts]) -> Terms:
    """Return what holds for these receipts; whether an early start was agreed is asked only where it matters."""
    said = Terms(notice_on=project.notice_on, starts_on=project.starts_on, ends_on=project.ends_on,
                 quotes_above=project.round.quotes_required_above_cents)
    first = min((it.ordered_on for it in about), default=None)
    if first is None or all(first >= day for day in (said.from_day, said.period_from) if day):
        return said
    return replace(said, early_from=queries_change.early_start_from(project.id))


def facts(receipt: Receipt) -> Facts:
    own = [each for each in receipt.papers if each.role is PaperRole.RECEIPT]
    return Facts(
        id=receipt.id, number=receipt.number, payee=receipt.payee, paid_on=receipt.paid_on,
        amount=receipt.amount_cents, contracted_on=receipt.contracted_on, offers=len(receipt.papers) - len(own),
        offers_note=receipt.offers_note, files=frozenset(each.paper.original_sha256 for each in own),
    )


def elsewhere(project_id: int, files: Iterable[str]) -> frozenset[str]:
    """Return which of these files prove something in another project too."""
    asked = list(files)
    if not asked:
        return frozenset()
    return frozenset(db.session.scalars(
        sa.select(Paper.original_sha256).join(ReceiptPaper, ReceiptPaper.paper_id == Paper.id)
        .join(Receipt, Receipt.id == ReceiptPaper.receipt_id)
        .where(Paper.original_sha256.in_(asked), Receipt.project_id != project_id,
               Receipt.state != ReceiptState.WITHDRAWN, ReceiptPaper.role == PaperRole.RECEIPT)
    ))


def looked(
    project: Project, wanted: Sequence[Receipt] | None = None, uses: Sequence[LineUse] | None = None,
) -> list[Looked]:
    """Return receipts of one project with what stands out, None meaning those that wait for a check.

    It takes as many statements for fifty as for one.
    """
    counting = receipt_list(project.id)
    others = [facts(each) for each in counting]
    if wanted is None:
        wanted = sorted((each for each in counting if each.state in UNCHECKED), key=lambda it: (it.entered_at, it.id))
    if not wanted:
        return []
    by_line = {use.root_id: use for use in (line_uses(project) if uses is None else uses)}
    shown = [facts(each) for each in wanted]
    said = terms(project, shown)
    files = elsewhere(project.id, {mark for each in shown for mark in each.files})
    found = []
    for each, it in zip(wanted, shown, strict=True):
        use = by_line.get(each.line_id) or LineUse(each.line_id, each.line.kind, each.line.purpose, 0)
        found.append(Looked(each, flags(it, said, others, files, use), acceptable(it, said, use)))
    return found


def open_entry(receipt_id: int, kind: EntryKind) -> LedgerEntry | None:
    """Return a receipt's entry of this kind that was not corrected."""
    correction = sa.orm.aliased(LedgerEntry)
    return db.session.scalar(sa.select(LedgerEntry).where(
        LedgerEntry.receipt_id == receipt_id, LedgerEntry.kind == kind, LedgerEntry.corrects_id.is_(None),
        ~sa.exists().where(correction.corrects_id == LedgerEntry.id),
    ))


def has_declared_today(project_id: int, person: Person, now) -> bool:
    """Say whether somebody declared on this day that nothing ties them to the project: once for each sitting."""
    last = queries_approval.last_declaration(project_id, person.id, Act.CHECK_RECEIPT.value)
    if last is None or last.has_conflict:
        return False
    return last.declared_at.astimezone(CITY).date() == now.astimezone(CITY).date()


def history(receipt: Receipt) -> list[Event]:
    """Return what happened to a receipt, the oldest first."""
    rows = db.session.execute(
        sa.select(Entry, StepReason).outerjoin(StepReason, StepReason.entry_id == Entry.id)
        .where(Entry.project_id == receipt.project_id, Entry.subject_type == "receipt", Entry.subject_id == receipt.id)
        .order_by(Entry.id)
    ).all()
    names = projects.names_of(row.Entry.actor for row in rows if row.Entry.actor)
    return [Event(row.Entry, names.get(row.Entry.actor or ""), row.StepReason) for row in rows]
