"""The story of a project's money in plain sentences, and which numbers are too small to be told."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.closing.models import RecoveryState
from incubator.progress.pages_money import Sums
from incubator.projects.lifecycle import Status

SMALLEST_COUNT = 5


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
        yield _l("%(amount)s are proved by receipts that the city checked.", amount=Amount(sums.proved))
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
        yield _l("The final report was accepted, and everything is settled.")
