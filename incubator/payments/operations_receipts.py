"""Enter receipts, take them back, enter them anew, and talk about them. Amounts are never edited."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets.models import CostKind
from incubator.budgets.rules_figures import Amount
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.media import operations_papers
from incubator.media.models import Paper
from incubator.payments import operations_ledger as ledger
from incubator.payments import queries, queries_receipts
from incubator.payments.models import EntryKind
from incubator.payments.models_receipts import PaperRole, Receipt, ReceiptPaper, ReceiptState
from incubator.payments.operations_receipts_check import accept as accept
from incubator.payments.operations_receipts_check import ask_back as ask_back
from incubator.payments.operations_receipts_check import begin_check as begin_check
from incubator.payments.operations_receipts_check import cut as cut
from incubator.payments.operations_receipts_check import reopen as reopen
from incubator.payments.operations_receipts_check import step_aside as step_aside
from incubator.payments.operations_receipts_words import demand_open, demand_state, hold_receipt, record_words
from incubator.payments.rules_receipts import CHECKING
from incubator.projects.models import Project

OPEN = (ReceiptState.ENTERED, ReceiptState.ASKED_BACK)


def enter(
    project: Project, by, *, line_id: int, number: str, paid_on: date, payee: str, reason: str, amount_cents: int,
    papers: Sequence[Paper], contracted_on: date | None = None, offers: Sequence[Paper] = (), offers_note: str = "",
) -> Receipt:
    """Keep a receipt: its amount is spent from now on.

    `line_id` is the root of a cost line. `papers` and `offers` wait for a form or were kept for this project. Refused:
    days to come, volunteer time, no paper, and above the round's limit neither offers nor a word why there are none.
    What is above a line's wall may be entered, for it is the truth, but not accepted.
    """
    project = hold(project)
    ledger.account_of(project)
    demand_open(project)
    operations_papers.hold_waiting([*papers, *offers], by)
    return _enter(project, by, line_id=line_id, number=number, paid_on=paid_on, payee=payee, reason=reason,
                  amount_cents=amount_cents, papers=papers, contracted_on=contracted_on, offers=offers,
                  offers_note=offers_note)


def correct(
    receipt: Receipt, by, *, papers: Sequence[Paper] = (), offers: Sequence[Paper] = (),
    kept: Sequence[int] | None = None, **facts: Any,
) -> Receipt:
    """Take a receipt back and enter it anew; what was spent is corrected by an entry that names the old one.

    `kept` are the numbers of those of its papers that go with it to the new one; None means all of them.
    """
    project = hold_receipt(receipt)
    demand_state(receipt, *OPEN)
    operations_papers.hold_waiting([*papers, *offers], by)
    moving = [each for each in receipt.papers if kept is None or each.id in kept]
    _take_back(project, receipt, by)
    record("receipt.withdrawn", by, receipt, amount_cents=receipt.amount_cents)
    return _enter(project, by, papers=papers, offers=offers, moving=moving, instead_of=receipt, **facts)


def withdraw(receipt: Receipt, by) -> Receipt:
    """Take a receipt back that was entered by mistake; one that was checked stays."""
    project = hold_receipt(receipt)
    demand_state(receipt, *OPEN)
    _take_back(project, receipt, by)
    record("receipt.withdrawn", by, receipt, amount_cents=receipt.amount_cents)
    return receipt


def answer(receipt: Receipt, by, text: str) -> Receipt:
    """Answer the question of whoever checks; the receipt waits for them again."""
    hold_receipt(receipt, CHECKING)
    if receipt.state is not ReceiptState.ASKED_BACK:
        raise RuleBroken(_l("There is no open question about this receipt."))
    if not text.strip():
        raise RuleBroken(_l("Please write your answer."), "answer")
    receipt.state, receipt.note = ReceiptState.ENTERED, ""
    record_words("receipt.answered", by, receipt, text)
    return receipt


def _take_back(project: Project, receipt: Receipt, by) -> None:
    spent = queries_receipts.open_entry(receipt.id, EntryKind.SPENT)
    assert spent is not None, "a receipt that counts has spent something"
    ledger.correct(spent, project, by, on=clock.today())
    receipt.state, receipt.note = ReceiptState.WITHDRAWN, ""


def _enter(
    project: Project, by, *, line_id: int, number: str, paid_on: date, payee: str, reason: str, amount_cents: int,
    papers: Sequence[Paper], contracted_on: date | None = None, offers: Sequence[Paper] = (), offers_note: str = "",
    moving: Sequence[ReceiptPaper] = (), instead_of: Receipt | None = None,
) -> Receipt:
    _demand_line(project, line_id)
    _demand_facts(paid_on, contracted_on, payee, reason, amount_cents)
    _demand_papers(project, amount_cents, [*papers, *(each for each in moving if each.role is PaperRole.RECEIPT)],
                   [*offers, *(each for each in moving if each.role is PaperRole.OFFER)], offers_note)

    receipt = Receipt(
        project_id=project.id, line_id=line_id, number=number.strip(), paid_on=paid_on, contracted_on=contracted_on,
        payee=payee.strip(), reason=reason.strip(), amount_cents=amount_cents, offers_note=offers_note.strip(),
        entered_by_id=by.id, entered_at=clock.now(), state=ReceiptState.ENTERED,
    )
    db.session.add(receipt)
    db.session.flush()
    ledger.post(project, EntryKind.SPENT, amount_cents, by, on=paid_on, line_id=line_id, receipt_id=receipt.id,
                reference=receipt.number)
    for each in moving:
        each.receipt_id = receipt.id
    for role, given in ((PaperRole.RECEIPT, papers), (PaperRole.OFFER, offers)):
        for paper in given:
            db.session.add(ReceiptPaper(receipt_id=receipt.id, paper_id=_own(paper, project, by).id, role=role))
    db.session.flush()
    db.session.expire(receipt, ["papers"])
    replaced = {"instead_of": instead_of.id} if instead_of else {}
    record("receipt.entered", by, receipt, amount_cents=amount_cents, paid_on=paid_on, line_id=line_id, **replaced)
    return receipt


def _demand_line(project: Project, line_id: int) -> None:
    line = next((each for each in queries.lines(project.id) if each.root_id == line_id), None)
    if line is None:
        raise RuleBroken(_l("Please choose a line of your budget."), "line_id")
    if line.kind is CostKind.VOLUNTEER_TIME:
        raise RuleBroken(_l("Volunteer time is never paid out, so it needs no receipts."), "line_id")


def _demand_facts(paid_on: date, contracted_on: date | None, payee: str, reason: str, amount_cents: int) -> None:
    if amount_cents <= 0:
        raise RuleBroken(_l("Please enter an amount above zero."), "amount_cents")
    if paid_on > clock.today():
        raise RuleBroken(_l("This day is still to come. Please enter a receipt once it is paid."), "paid_on")
    if contracted_on is not None and contracted_on > clock.today():
        raise RuleBroken(_l("This day is still to come."), "contracted_on")
    if not payee.strip():
        raise RuleBroken(_l("Please write who was paid."), "payee")
    if not reason.strip():
        raise RuleBroken(_l("Please write what was paid for."), "reason")


def _demand_papers(project: Project, cents: int, own: Sequence[Any], offers: Sequence[Any], offers_note: str) -> None:
    if not own:
        raise RuleBroken(_l("Please add a photo or PDF of the receipt."), "papers")
    limit = project.round.quotes_required_above_cents
    if cents > limit and not offers and not offers_note.strip():
        raise RuleBroken(_l("Above %(amount)s please add the offers you compared, or say here why there are none.",
                            amount=Amount(limit)), "offers_note")


def _own(paper: Paper, project: Project, by) -> Paper:
    """Claim a paper that waits; one that was kept for this project may prove something once."""
    if paper.waiting_since is not None:
        return operations_papers.claim(paper, by, project_id=project.id)
    used = db.session.scalar(sa.select(ReceiptPaper.id).where(ReceiptPaper.paper_id == paper.id))
    if paper.project_id != project.id or used is not None:
        raise RuleBroken(operations_papers.GONE, "papers")
    return paper
