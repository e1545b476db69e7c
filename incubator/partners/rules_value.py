"""What a promise is worth: money is its own value, everything else is valued as the round says."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import money
from incubator.foundation.errors import RuleBroken
from incubator.partners.models import PledgeKind
from incubator.programme.models import Round


def rate_of(round_: Round, kind: PledgeKind) -> int | None:
    """Return the cents for one unit; hours are worth those of volunteers where the round says nothing else of them."""
    if kind is PledgeKind.MONEY:
        return None
    given = round_.pledge_values.get(kind.value)
    if given is None and kind is PledgeKind.HOURS:
        given = round_.volunteer_rate_cents
    return given or None


def value_of(round_: Round, kind: PledgeKind, quantity: int | None) -> int | None:
    """Return what the round values a promise at, or None where it leaves that to the project."""
    rate = rate_of(round_, kind)
    if rate is None or quantity is None:
        return None
    if quantity * rate > money.LARGEST_CENTS:
        raise RuleBroken(_l("This amount is too large or too small."), "quantity")
    return quantity * rate


def valued_by_round(round_: Round) -> list[tuple[Any, int]]:
    """Return the kinds that the round values, with the cents for one unit, for pages to say so."""
    return [(kind.label, rate) for kind in PledgeKind if (rate := rate_of(round_, kind))]
