"""What comes next with a project's money, in one sentence and with one main action for whoever looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.payments import rules
from incubator.payments.models_requests import FundsRequest, RequestState


@dataclass(frozen=True)
class Next:
    """A sentence, and where it leads: to asking, to a request, or nowhere."""

    sentence: Any
    endpoint: str | None = None
    label: Any = None
    request_id: int | None = None


@dataclass(frozen=True)
class Viewer:
    """What somebody may do here."""

    may_ask: bool = False
    may_pay: bool = False
    may_sign: frozenset[int] = frozenset()


def next_step(
    requests: Sequence[FundsRequest], parts: Sequence[rules.Instalment], blocked: Sequence[Any], viewer: Viewer
) -> Next:
    """Return what is to be done first: a check, a payment, a new request, or what everybody waits for."""
    asked = [each for each in requests if each.state is RequestState.ASKED]
    to_pay = [each for each in requests if each.state in (RequestState.CONFIRMED, RequestState.ORDERED)]
    for request in asked:
        if request.id in viewer.may_sign:
            return Next(_l("Request %(number)s waits for your check.", number=request.number), "payments.confirm",
                        _l("Check the request"), request.id)
    if to_pay and viewer.may_pay:
        return Next(_l("Request %(number)s is checked and can be paid.", number=to_pay[0].number), "payments.confirm",
                    _l("Pay it"), to_pay[0].id)
    if not blocked and (most := rules.ceiling(parts)) > 0:
        if viewer.may_ask:
            return Next(_l("You can ask for %(amount)s now.", amount=Amount(most)), "payments.ask",
                        _l("Ask for money"))
        return Next(_l("The project lead can ask for %(amount)s now.", amount=Amount(most)))
    if asked:
        return Next(_l("Request %(number)s is being checked by two people of the city.", number=asked[0].number))
    if to_pay:
        return Next(_l("Request %(number)s is checked. The city pays it next.", number=to_pay[0].number))
    if blocked:
        return Next(_l("No money can be asked for just now."))
    waiting = next((each for each in parts if each.state is rules.InstalmentState.WAITS), None)
    if waiting is not None:
        return Next(_l("The next instalment can be asked for %(when)s.", when=waiting.when))
    return Next(_l("The whole award was paid."))
