"""What stands out about a receipt (R9, R11), and how far a line of the budget may be used (R8); all of it pure."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.payments.rules import Day
from incubator.projects.lifecycle import Status

ENTERING = frozenset({Status.ACTIVE, Status.SUSPENDED, Status.REPORTING})
CHECKING = ENTERING | {Status.REPORT_SUBMITTED}


class Severity(enum.StrEnum):
    """How much a flag weighs: worth knowing, please look, or a reason not to accept."""

    NOTE = "note"
    LOOK = "look"
    SERIOUS = "serious"

    @property
    def tone(self) -> str:
        return {"note": "info", "look": "warning", "serious": "danger"}[self.value]

    @property
    def label(self) -> Any:
        return SEVERITY_LABELS[self]


SEVERITY_LABELS = {
    Severity.NOTE: _l("Good to know"), Severity.LOOK: _l("Please look"), Severity.SERIOUS: _l("Important"),
}


@dataclass(frozen=True)
class Flag:
    """One thing that stands out, in a sentence; `key` names its kind."""

    key: str
    severity: Severity
    sentence: Any


@dataclass(frozen=True)
class Facts:
    """A receipt as plain facts; `files` are the marks of its own papers as they were sent, without its offers."""

    id: int
    number: str
    payee: str
    paid_on: date
    amount: int
    contracted_on: date | None = None
    files: frozenset[str] = frozenset()
    offers: int = 0
    offers_note: str = ""

    @property
    def ordered_on(self) -> date:
        """The day it was ordered or, where nobody said so, paid; what was paid before its order counts from then."""
        return min(self.contracted_on or self.paid_on, self.paid_on)


@dataclass(frozen=True)
class Terms:
    """What the award and the round say. `early_from`: the day from which an early start was agreed to (R9)."""

    notice_on: date | None = None
    early_from: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    quotes_above: int = 500_00

    @property
    def from_day(self) -> date | None:
        """The first day on which something may be ordered: the notice's, or an agreed earlier one."""
        return min((day for day in (self.notice_on, self.early_from) if day), default=None)

    @property
    def period_from(self) -> date | None:
        days = [day for day in (self.starts_on, self.early_from) if day]
        return min(days) if self.starts_on and days else None


@dataclass(frozen=True)
class LineUse:
    """How far one line is used, in cents: planned now, decided (what small shifts are measured by), spent, proved."""

    root_id: int
    kind: Any
    purpose: str
    planned: int
    spent: int = 0
    proved: int = 0
    decided: int | None = None
    warning_pct: int = 15
    limit_pct: int = 20

    @property
    def base(self) -> int:
        return self.planned if self.decided is None else self.decided

    @property
    def wall(self) -> int:
        """The most that can be accepted on this line without an agreed change (R8); on a line of zero, nothing."""
        return max(self.planned, self.base + self.base * self.limit_pct // 100)

    @property
    def warning_at(self) -> int:
        """The amount from which the line warns; rounded up to whole cents."""
        return self.base + -(-self.base * self.warning_pct // 100)

    @property
    def left(self) -> int:
        """What is still planned and not spent; negative where more was spent."""
        return self.planned - self.spent

    @property
    def above(self) -> int:
        """What was spent above the wall: marked as not eligible until a change is agreed."""
        return max(0, self.spent - self.wall)

    @property
    def acceptable(self) -> int:
        """What can still be accepted on this line."""
        return max(0, self.wall - self.proved)

    @property
    def is_walled(self) -> bool:
        return self.above > 0

    @property
    def warns(self) -> bool:
        return self.spent > self.planned and self.spent >= self.warning_at

    @property
    def used_pct(self) -> int:
        """Whole percent of the plan that are spent, rounded down: for reading, never for deciding."""
        return self.spent * 100 // self.planned if self.planned else 0


def flag_line(use: LineUse) -> Flag | None:
    """Return what a line's use says: nothing, the warning, or the wall (R8)."""
    if use.base == 0 and use.planned == 0:
        return Flag("line_zero", Severity.SERIOUS, _l(
            "Nothing is planned for this line. Nothing can be accepted here until a change of the budget is agreed."))
    if use.is_walled:
        return Flag("line_wall", Severity.SERIOUS, _l(
            "More is spent on this line than allowed: %(above)s above the limit of %(wall)s are not eligible until a "
            "change of the budget is agreed.", above=Amount(use.above), wall=Amount(use.wall)))
    if use.warns:
        return Flag("line_warning", Severity.LOOK, _l(
            "This line is used up to %(pct)s %%: %(spent)s of %(planned)s. Without a change at most %(wall)s can be "
            "accepted.", pct=use.used_pct, spent=Amount(use.spent), planned=Amount(use.planned),
            wall=Amount(use.wall)))
    return None


def same(text: str) -> str:
    """Return a text as it is compared: without differences in spaces and in small and large letters."""
    return "".join(text.split()).casefold()


def flags(
    it: Facts, terms: Terms, others: Iterable[Facts] = (), elsewhere: frozenset[str] = frozenset(),
    use: LineUse | None = None,
) -> list[Flag]:
    """Return all that stands out, the most important first.

    `others` are the project's receipts that count, `elsewhere` the marks of files used by other projects; of those the
    team learns no more than that they exist.
    """
    found = [*_used_before(it, others, elsewhere), *_days(it, terms)]
    if use is not None and (of_line := flag_line(use)):
        found.append(of_line)
    if it.amount > terms.quotes_above and not it.offers:
        found.append(_without_offers(it, terms))
    order = [Severity.SERIOUS, Severity.LOOK, Severity.NOTE]
    return sorted(found, key=lambda flag: order.index(flag.severity))


def _used_before(it: Facts, others: Iterable[Facts], elsewhere: frozenset[str]) -> list[Flag]:
    others = [each for each in others if each.id != it.id]
    found = []
    if twin := next((each for each in others if each.files & it.files), None):
        found.append(Flag("same_file", Severity.SERIOUS, _l(
            "The same file belongs to another receipt of this project: %(payee)s, %(amount)s, paid on %(day)s.",
            **_named(twin))))
    if it.files & elsewhere:
        found.append(Flag("same_file_elsewhere", Severity.SERIOUS, _l(
            "The same file was already used in another project.")))
    if it.number and (twin := next((each for each in others if _is_same_paper(each, it)), None)):
        found.append(Flag("same_number", Severity.SERIOUS, _l(
            "Another receipt has the same number and payee: %(payee)s, %(amount)s, paid on %(day)s.", **_named(twin))))
    elif twin := next((each for each in others if _looks_alike(each, it)), None):
        found.append(Flag("looks_alike", Severity.LOOK, _l(
            "Perhaps entered twice: another receipt has the same payee, day and amount.")))
    return found


def _is_same_paper(one: Facts, other: Facts) -> bool:
    return same(one.number) == same(other.number) and same(one.payee) == same(other.payee)


def _looks_alike(one: Facts, other: Facts) -> bool:
    """Two different numbers are two receipts, however alike they look."""
    if one.number and other.number:
        return False
    return (same(one.payee), one.paid_on, one.amount) == (same(other.payee), other.paid_on, other.amount)


def _named(twin: Facts) -> dict[str, Any]:
    return {"payee": f"\u2068{twin.payee}\u2069", "amount": Amount(twin.amount), "day": Day(twin.paid_on)}


def is_too_early(it: Facts, terms: Terms) -> bool:
    """Say whether it was ordered or paid before the award and before an agreed early start (R9)."""
    return terms.from_day is not None and it.ordered_on < terms.from_day


def _days(it: Facts, terms: Terms) -> Sequence[Flag]:
    if is_too_early(it, terms):
        return [Flag("too_early", Severity.SERIOUS, _l(
            "Ordered or paid on %(day)s, before the award allowed it (%(first)s). Such costs are not eligible.",
            day=Day(it.ordered_on), first=Day(terms.from_day)))]  # type: ignore[arg-type]
    if (terms.period_from and it.ordered_on < terms.period_from) or (terms.ends_on and it.paid_on > terms.ends_on):
        return [Flag("outside_period", Severity.LOOK, _l(
            "Not within the project’s time: please look whether this belongs to the project."))]
    return []


def _without_offers(it: Facts, terms: Terms) -> Flag:
    above = Amount(terms.quotes_above)
    if it.offers_note:
        return Flag("no_offers_said_why", Severity.NOTE, _l(
            "Above %(amount)s and without offers to compare. The team says: %(why)s",
            amount=above, why=f"\u2068{it.offers_note}\u2069"))
    return Flag("no_offers", Severity.LOOK, _l("Above %(amount)s and without offers to compare.", amount=above))


def acceptable(it: Facts, terms: Terms, use: LineUse) -> int:
    """Return the most cents that can be accepted of a receipt today: none that came too early, none past the wall."""
    return 0 if is_too_early(it, terms) else min(it.amount, use.acceptable)
