"""Rule R8: what may be moved between the lines of a decided budget, and when somebody must agree first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.models_change import ChangeKind
from incubator.budgets.rules_figures import Amount
from incubator.foundation import language, money
from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status

MONEY = frozenset({ChangeKind.SHIFT, ChangeKind.BUDGET})
UNDER_WAY = frozenset({Status.AWARDED, Status.ACTIVE, Status.SUSPENDED})
BEFORE_AWARD = frozenset({Status.MENTORING, Status.BUDGET_REVIEW, Status.BUDGET_APPROVED, Status.WAITLISTED})
MOST_MONTHS = 12


@dataclass(frozen=True)
class Share:
    """Hundredths of a percent inside a sentence, to the last digit: whether it is 20.00 or 20.01 matters."""

    hundredths: int

    def __str__(self) -> str:
        return f"{money.plain(self.hundredths, language.current().code)}\u00a0%"


@dataclass(frozen=True)
class Shift:
    """One line in cents: as it was decided, as it is now, as it shall be."""

    line_id: int
    decided: int
    now: int
    wanted: int

    @property
    def over(self) -> int:
        """By how much the line would lie above what was decided: what came with earlier shifts counts too."""
        return max(0, self.wanted - self.decided)

    def exceeds(self, limit_pct: int) -> bool:
        """Say whether this needs consent: 20.00 % is within 20, 20.01 % is not; a line of zero has no room at all."""
        return self.over * 100 > self.decided * limit_pct

    def warns(self, warning_pct: int) -> bool:
        return self.over > 0 and self.over * 100 >= self.decided * warning_pct

    def room(self, limit_pct: int) -> int:
        """Return the most cents this line may have without consent."""
        return self.decided + self.decided * limit_pct // 100


def needs_consent(shifts: Iterable[Shift], limit_pct: int) -> bool:
    return any(shift.exceeds(limit_pct) for shift in shifts)


def keeps_total(shifts: Iterable[Shift]) -> bool:
    return difference(shifts) == 0


def difference(shifts: Iterable[Shift]) -> int:
    """Return by how many cents all lines together would grow."""
    return sum(shift.wanted - shift.now for shift in shifts)


def demand_shift(shifts: Sequence[Shift], lines: Iterable[tuple[int, int]]) -> None:
    """Refuse a shift that names strange lines, changes the sum, or changes nothing."""
    known = {each.line_id for each in shifts}
    if any(number not in known or cents < 0 for number, cents in lines):
        raise RuleBroken(_l("One of these lines is not part of the budget any more. Please look at it again."))
    surplus = difference(shifts)
    if surplus > 0:
        raise RuleBroken(_l("All lines together must stay the same: now they are %(amount)s too much.",
                            amount=Amount(surplus)))
    if surplus < 0:
        raise RuleBroken(_l("All lines together must stay the same: now %(amount)s are missing.",
                            amount=Amount(-surplus)))
    if all(each.wanted == each.now for each in shifts):
        raise RuleBroken(_l("Nothing was changed: write the new amounts beside the lines."))


def too_much(limit_pct: int) -> Any:
    return _l("In this round a line may grow by at most %(share)s %%.", share=limit_pct)


def changed_hundredths(old: int, new: int) -> int | None:
    """Return a change in hundredths of a percent, towards zero; None where there was nothing before."""
    return (abs(new - old) * 10_000 // old) * (1 if new >= old else -1) if old else None


def may_ask(kind: ChangeKind, status: Status) -> bool:
    return status in (BEFORE_AWARD if kind is ChangeKind.EARLY_START else UNDER_WAY)


def may_decide(kind: ChangeKind, status: Status) -> bool:
    """Say whether a change that waits can still be answered: what was asked in time may be answered a little later."""
    return may_ask(kind, status) or (kind is not ChangeKind.EARLY_START and status is Status.REPORTING)


@dataclass(frozen=True)
class DiffRow:
    """One line of two versions side by side; `old` or `new` is None where a version does not have it."""

    kind: Any
    purpose: str
    old: int | None
    new: int | None

    @property
    def difference(self) -> int:
        return (self.new or 0) - (self.old or 0)

    @property
    def is_changed(self) -> bool:
        return self.old != self.new

    @property
    def share(self) -> "Share | None":
        found = changed_hundredths(self.old or 0, self.new or 0)
        return None if found is None else Share(found)


def cost_rows(old: Any, new: Any) -> list[DiffRow]:
    """Return the costs of two versions of a plan, line by line; a line is known by its first version."""
    before = {line.root_id: line for line in old.costs}
    rows = []
    for line in new.costs:
        was = before.pop(line.root_id, None)
        rows.append(DiffRow(line.kind, line.purpose, was.amount_cents if was else None, line.amount_cents))
    rows.extend(DiffRow(line.kind, line.purpose, line.amount_cents, None) for line in before.values())
    return rows


def financing_rows(old: Any, new: Any) -> list[DiffRow]:
    """Return the financing of two versions by kind."""
    sums = [_by_kind(plan.financing) for plan in (old, new)]
    kinds = [*sums[1], *(kind for kind in sums[0] if kind not in sums[1])]
    return [DiffRow(kind, "", sums[0].get(kind), sums[1].get(kind)) for kind in kinds]


def _by_kind(lines: Iterable[Any]) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for line in lines:
        sums[line.kind] = sums.get(line.kind, 0) + line.amount_cents
    return sums
