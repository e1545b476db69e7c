"""Hold a receipt in the agreed order, and keep what people write about it where the journal can prove it."""

from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.payments import operations_ledger as ledger
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.rules_receipts import ENTERING
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.operations_reasons import explain

OVER = _l("Receipts can be entered and changed only while the project is under way or its report is being written.")
CHECKED = _l("This receipt was checked already. Please look at it again.")
TAKEN_BACK = _l("This receipt was taken back.")


def demand_open(project: Project, statuses: frozenset[Status] = ENTERING, sentence: Any = OVER) -> None:
    """Refuse where the round asks for no receipts, and outside the time in which they can be touched."""
    if not project.round.asks_receipts:
        raise RuleBroken(_l("This round asks for no receipts."))
    if project.status not in statuses:
        raise RuleBroken(sentence)


def hold_receipt(receipt: Receipt, statuses: frozenset[Status] = ENTERING) -> Project:
    """Hold project, account and receipt, in the order everybody keeps, and return the project."""
    project = hold(receipt.project)
    ledger.account_of(project)
    hold(receipt)
    demand_open(project, statuses)
    return project


def demand_state(receipt: Receipt, *states: ReceiptState) -> None:
    if receipt.state not in states:
        raise RuleBroken(TAKEN_BACK if receipt.state is ReceiptState.WITHDRAWN else CHECKED)


def record_words(action: str, by, receipt: Receipt, text: str, **data: Any) -> None:
    """Record an act with words: they stand beside the journal, which holds only their mark."""
    explain(partial(record, action, by, receipt, **data), text, project_id=receipt.project_id,
            language=getattr(by, "language", "de"))
