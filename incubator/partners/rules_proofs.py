"""When a promise was kept: what came is summed up, and only a proof can say so."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from incubator.foundation import money
from incubator.foundation.errors import RuleBroken
from incubator.partners.models import Pledge, PledgeKind, PledgeState
from incubator.partners.rules import LARGEST_QUANTITY

LONGEST_TEXT = 2000
PROVABLE = frozenset({PledgeState.CONFIRMED, PledgeState.PARTLY_FULFILLED})
UNANSWERED_AFTER = timedelta(days=14)
STARTS_IN = timedelta(days=7)
UNPROVED_AFTER = timedelta(days=14)
REMINDED_FOR = timedelta(days=30)  # who comes later is not written to about what is long over


def promised(pledge: Pledge) -> int:
    """Return how much was promised: of money its cents, of everything else the number of units."""
    return (pledge.value_cents or 0) if pledge.kind is PledgeKind.MONEY else pledge.quantity


def still_missing(pledge: Pledge) -> int:
    return max(0, promised(pledge) - (pledge.done_quantity or 0))


def demand_proof(pledge: Pledge, text: str, quantity: int | None) -> str:
    """Return the words of a proof; refused without them, without an amount, or where nothing is to be proved."""
    if pledge.state not in PROVABLE:
        raise RuleBroken(_l("Only a confirmed pledge that was not fulfilled yet can be shown as kept."))
    text = text.strip()
    if not text:
        raise RuleBroken(_l("Please write what came and when."), "text")
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(_l("This text is too long."), "text")
    largest = money.LARGEST_CENTS if pledge.kind is PledgeKind.MONEY else LARGEST_QUANTITY
    if quantity is None or quantity < 1 or quantity + (pledge.done_quantity or 0) > largest:
        raise RuleBroken(_l("Please write how much came."), "quantity")
    return text


def state_after(pledge: Pledge, done: int) -> PledgeState:
    """Return what a pledge becomes once so much of it has come."""
    return PledgeState.FULFILLED if done >= promised(pledge) else PledgeState.PARTLY_FULFILLED


def waits_for_proof(pledge: Pledge, today: date) -> bool:
    return pledge.state in PROVABLE and pledge.ends_on is not None and pledge.ends_on <= today
