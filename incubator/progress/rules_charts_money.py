"""The stations of a project's money: what was awarded, what was paid of it, and what is proved of that."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.progress.pages_money import MoneyPage
from incubator.progress.rules_charts_sums import Part

Station = tuple[Any, list[Part], int]
INSTALMENTS = ("paid", "paid-next")


def stations(page: MoneyPage) -> list[Station]:
    """Return (label, pieces, how much flows on) for each station; pieces of one add up to what flows into it.

    Proved costs may be more than was paid, for a project has other money too; then nothing is left to prove.
    """
    sums = page.sums
    found: list[Station] = [(_l("Amount awarded"), [("awarded", sums.awarded)], 0)]
    if page.pays_out:
        paid = _instalments(page)
        found.append((_l("Paid out"), [*paid, ("waiting", sums.awarded - sums.paid)], sums.awarded))
    flows = sums.paid if page.pays_out else sums.awarded
    if page.asks_receipts:
        back = [("back", sums.returned)] if sums.returned else []
        left = flows - sums.returned - sums.proved
        found.append((_l("Costs proved by receipts"), [("proved", sums.proved), *back, ("waiting", left)], flows))
    elif sums.returned:
        found.append((_l("Given back"), [("back", sums.returned)], sums.returned))
    return found


def _instalments(page: MoneyPage) -> list[Part]:
    """Lay the payments side by side; where they are not all known the sum is one piece."""
    amounts = [each.cents for each in page.payments if not each.is_back]
    if sum(amounts) != page.sums.paid:
        amounts = [page.sums.paid]
    return [(INSTALMENTS[place % 2], cents) for place, cents in enumerate(amounts)]
