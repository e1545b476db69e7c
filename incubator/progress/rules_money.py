"""The story of a project's money in plain sentences, and which numbers are too small to be told."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.models_change import ChangeKind
from incubator.budgets.rules_figures import Amount
from incubator.closing.models import RecoveryState
from incubator.payments.rules import Day
from incubator.progress.pages_money import Sums
from incubator.projects.lifecycle import Status

SMALLEST_COUNT = 5
MOVED_MONEY: Mapping[str, Any] = {
    "payment.paid": _l("The city paid %(amount)s."),
    "payment.corrected": _l("A payment of %(amount)s had been written down by mistake; that was put right."),
    "payment.returned": _l("%(amount)s went back to the city."),
    "recovery.asked": _l("The city asks for %(amount)s back."),
    "recovery.waived": _l("The city does not ask for %(amount)s, because asking costs more."),
}
CHANGED: Mapping[str, Any] = {
    ChangeKind.SHIFT: _l("The city agreed that money was moved between lines of the budget."),
    ChangeKind.BUDGET: _l("The city agreed to a changed budget."),
    ChangeKind.EARLY_START: _l("The city agreed that the work could begin before its decision."),
}
TOLD = (*MOVED_MONEY, "change.noted", "change.approved")


def story(
    sums: Sums, status: Status, *, pays_out: bool, asks_receipts: bool, receipts: int = 0,
    recovery_cents: int | None = None, recovery: RecoveryState | None = None,
) -> tuple[Any, ...]:
    """Tell what became of the money; `receipts` is how many were checked, `recovery_cents` what must go back."""
    found = [*_given(sums, status, pays_out)]
    if asks_receipts:
        found += _proved(sums, receipts)
    if sums.returned:
        found.append(_l("%(amount)s went back to the city.", amount=Amount(sums.returned)))
    found += _ending(status, pays_out, recovery_cents, recovery)
    return tuple(found)


def _given(sums: Sums, status: Status, pays_out: bool) -> Iterator[Any]:
    yield _l("The city awarded %(amount)s.", amount=Amount(sums.awarded))
    if status is Status.REVOKED:
        yield _l("Later it took its award back.")
    if not pays_out:
        return
    if not sums.paid:
        yield _l("Nothing was paid.") if status is Status.REVOKED else _l("Nothing has been paid yet.")
    elif sums.paid == sums.awarded:
        yield _l("All of it was paid.")
    else:
        yield _l("%(amount)s were paid.", amount=Amount(sums.paid))


def _proved(sums: Sums, receipts: int) -> Iterator[Any]:
    if sums.proved:
        yield _l("Costs of %(amount)s are proved by receipts that the city checked.", amount=Amount(sums.proved))
    if receipts:
        yield counted(receipts)
    if sums.checking:
        yield _l("Receipts for %(amount)s more were entered; the city is still checking them.",
                 amount=Amount(sums.checking))
    elif sums.paid and not sums.proved:
        yield _l("No receipts have been checked yet.")


def counted(receipts: int) -> Any:
    """Say how many receipts were checked; below five the number itself is not told."""
    if receipts < SMALLEST_COUNT:
        return _l("Fewer than five receipts were checked.")
    return _l("%(number)s receipts were checked.", number=receipts)


def _ending(status: Status, pays_out: bool, cents: int | None, recovery: RecoveryState | None) -> Iterator[Any]:
    if status is Status.SUSPENDED:
        yield _l("The work is paused.")
        if pays_out:
            yield _l("Until it goes on, nothing more is paid.")
    if cents and recovery is RecoveryState.ASKED:
        yield _l("The final report was checked. %(amount)s must still go back to the city.", amount=Amount(cents))
    elif cents and recovery is RecoveryState.WAIVED:
        yield _l("%(amount)s were left over. The city does not ask for them, because asking costs more.",
                 amount=Amount(cents))
    if status is Status.COMPLETED:
        yield _l("The final report was accepted. The project is complete.")


def event(action: str, data: Mapping[str, Any]) -> Any | None:
    """Tell a journal entry about money or a change; None where it is not for the public.

    What a step of the project tells already, such as an accepted report, is not told again here.
    """
    if action in MOVED_MONEY:
        cents = data.get("amount_cents")
        return MOVED_MONEY[action] % {"amount": Amount(int(cents))} if cents else None
    if action == "change.noted":
        return _l("Money was moved between lines of the budget.")
    if action != "change.approved":
        return None
    if until := data.get("until"):
        return _l("The city agreed to more time, until %(day)s.", day=Day(date.fromisoformat(until)))
    return CHANGED.get(data.get("kind", ""))
