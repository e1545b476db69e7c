"""Check receipts: accept, cut, ask; and look again at what was checked by mistake."""

from flask_babel import lazy_gettext as _l

from incubator.budgets import operations_conflict
from incubator.budgets.rules_figures import Amount
from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.payments import operations_ledger as ledger
from incubator.payments import queries_receipts as queries
from incubator.payments.models import EntryKind
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.operations_receipts_words import demand_open, demand_state, hold_receipt, record_words
from incubator.payments.rules_receipts import CHECKING, is_too_early
from incubator.policy import Act
from incubator.projects.models import Project

OVER = _l("Receipts of this project are not checked now.")


def begin_check(project: Project, by, no_conflict: bool) -> Project:
    """Keep that somebody has no conflict of interest: once for each sitting, that is on each day (C1)."""
    project = hold(project)
    demand_open(project, CHECKING, OVER)
    operations_conflict.declare_free(project, by, Act.CHECK_RECEIPT, no_conflict)
    return project


def step_aside(project: Project, by) -> Project:
    """Keep that somebody has a conflict of interest: from then on somebody else checks this project (C1)."""
    project = hold(project)
    operations_conflict.declare(project, by, Act.CHECK_RECEIPT, True)
    return project


def accept(receipt: Receipt, by, no_conflict: bool = True) -> Receipt:
    """Accept a receipt in full: its amount is proved. Refused above the line's wall (R8) and before the award (R9)."""
    project = _begin(receipt, by, no_conflict, ReceiptState.ENTERED, ReceiptState.ASKED_BACK)
    _demand_acceptable(receipt, receipt.amount_cents)
    _check(receipt, by, ReceiptState.ACCEPTED, receipt.amount_cents)
    receipt.note = ""
    _prove(project, receipt, by)
    record("receipt.accepted", by, receipt, accepted_cents=receipt.accepted_cents)
    return receipt


def cut(receipt: Receipt, by, accepted_cents: int, note: str, no_conflict: bool = True) -> Receipt:
    """Accept less than a receipt says, or nothing, and say why; the team reads the reason."""
    project = _begin(receipt, by, no_conflict, ReceiptState.ENTERED, ReceiptState.ASKED_BACK)
    if not note.strip():
        raise RuleBroken(_l("Please say why the receipt is cut. The team reads it."), "note")
    if not 0 <= accepted_cents < receipt.amount_cents:
        raise RuleBroken(_l("Please enter an amount from zero to less than %(amount)s.",
                            amount=Amount(receipt.amount_cents)), "accepted_cents")
    _demand_acceptable(receipt, accepted_cents, "accepted_cents")
    _check(receipt, by, ReceiptState.CUT, accepted_cents)
    receipt.note = note.strip()
    _prove(project, receipt, by)
    record_words("receipt.cut", by, receipt, note, accepted_cents=accepted_cents, amount_cents=receipt.amount_cents)
    return receipt


def ask_back(receipt: Receipt, by, question: str, no_conflict: bool = True) -> Receipt:
    """Ask the team something about a receipt; it stays unchecked until somebody decides."""
    _begin(receipt, by, no_conflict, ReceiptState.ENTERED)
    if not question.strip():
        raise RuleBroken(_l("Please write your question."), "question")
    receipt.state, receipt.note = ReceiptState.ASKED_BACK, question.strip()
    record_words("receipt.asked_back", by, receipt, question)
    return receipt


def reopen(receipt: Receipt, by, reason: str, no_conflict: bool = True) -> Receipt:
    """Make a checked receipt unchecked again: what it proved is corrected by an entry that names it."""
    project = _begin(receipt, by, no_conflict, ReceiptState.ACCEPTED, ReceiptState.CUT)
    if not reason.strip():
        raise RuleBroken(_l("Please say why this receipt is looked at again."), "reason")
    proved = queries.open_entry(receipt.id, EntryKind.PROVED)
    if proved is not None:
        ledger.correct(proved, project, by, on=clock.today())
    receipt.state, receipt.accepted_cents, receipt.note = ReceiptState.ENTERED, None, ""
    receipt.checked_by_id = receipt.checked_at = None
    record_words("receipt.reopened", by, receipt, reason)
    return receipt


def _begin(receipt: Receipt, by, no_conflict: bool, *states: ReceiptState) -> Project:
    """Hold everything, see that it can be checked and by whom, and keep the declaration of today's sitting."""
    project = hold_receipt(receipt, CHECKING)
    demand_state(receipt, *states)
    if receipt.entered_by_id == by.id:
        raise RuleBroken(_l("You entered this receipt yourself. Somebody else must check it."))
    if queries.has_declared_today(project.id, by, clock.now()):
        operations_conflict.demand_free(project, by, Act.CHECK_RECEIPT)
    else:
        operations_conflict.declare_free(project, by, Act.CHECK_RECEIPT, no_conflict)
    return project


def _demand_acceptable(receipt: Receipt, cents: int, field: str | None = None) -> None:
    looked = queries.looked(receipt.project, [receipt])[0]
    if cents <= looked.acceptable:
        return
    it = queries.facts(receipt)
    if is_too_early(it, queries.terms(receipt.project, [it])):
        raise RuleBroken(_l(
            "This was ordered or paid before the award allowed it. Nothing of it can be accepted: please cut it to "
            "zero, or ask the team if the day is right."), field)
    raise RuleBroken(_l(
        "Of this line %(left)s can still be accepted. Please cut the receipt to that, or wait until a change of the "
        "budget is agreed.", left=Amount(looked.acceptable)), field)


def _check(receipt: Receipt, by, state: ReceiptState, accepted_cents: int) -> None:
    receipt.state, receipt.accepted_cents = state, accepted_cents
    receipt.checked_by_id, receipt.checked_at = by.id, clock.now()


def _prove(project: Project, receipt: Receipt, by) -> None:
    if receipt.accepted_cents:
        ledger.post(project, EntryKind.PROVED, receipt.accepted_cents, by, on=clock.today(), line_id=receipt.line_id,
                    receipt_id=receipt.id, reference=receipt.number)
