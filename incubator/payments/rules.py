"""When money may be asked for and how much (rule R10), and who may confirm it; nothing here reads the database."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import rules_approval
from incubator.budgets.rules_figures import Amount
from incubator.foundation import money
from incubator.foundation.errors import RuleBroken
from incubator.foundation.rendering import day
from incubator.projects.lifecycle import PUBLIC, Status

S = Status
ASKING = frozenset({S.AWARDED, S.ACTIVE, S.REPORTING, S.COMPLETED})
STOPPED: Mapping[Status, Any] = {
    S.SUSPENDED: _l("The project is suspended. Money can be asked for again when it goes on."),
    S.REVOKED: _l("The award was taken back (revoked). No more money is paid."),
    S.REPORT_SUBMITTED: _l("Your final report is being read. You can ask again once it is accepted."),
    S.RECOVERY: _l("Money must be given back to the city first."),
}
REPORT_ACCEPTED = frozenset({S.RECOVERY, S.COMPLETED})
WORKING = frozenset({S.ACTIVE, S.SUSPENDED, S.REPORTING, S.REPORT_SUBMITTED})


class Day:
    """A day inside a sentence; written in the reader's language when the sentence is read."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __str__(self) -> str:
        return day(self.on)


@dataclass(frozen=True)
class Situation:
    """What is known of a project when it asks for money; `late_reports` are titles of the carrier's projects."""

    status: Status
    today: date
    award_final_on: date | None = None
    pays_out: bool = True
    late_reports: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        """An award is final after its time to contest it; a project that was started earlier has a waiver."""
        if self.status is S.AWARDED:
            return self.award_final_on is not None and self.award_final_on <= self.today
        return self.status in PUBLIC


def blocks(now: Situation) -> list[Any]:
    """Return, as sentences, why nothing can be asked for or paid; an empty list means that something can (R10)."""
    if now.status not in PUBLIC:
        return [_l("Nothing was awarded to this project yet.")]
    found = []
    if not now.pays_out:
        found.append(_l("In this round the city pays without this program. Please ask the coordination."))
    if now.status in STOPPED:
        found.append(STOPPED[now.status])
    elif not now.is_final and now.award_final_on is not None:
        found.append(_l("The award becomes final on %(day)s. From then on you can ask for money.",
                        day=Day(now.award_final_on)))
    elif not now.is_final:
        found.append(_l("The award is not final yet."))
    found += [_l("The final report of “%(title)s” is overdue. No money is paid before it has arrived.",
                 title=f"\u2068{title}\u2069")
              for title in now.late_reports]
    return found


def payment_blocks(now: Situation) -> list[Any]:
    """Return why a request that was confirmed may not go to the bank now; a report that is being read does not stop it.

    The lead could ask when the request was made; what stops a payment later is a suspension, a revocation, money that
    must come back, or an overdue report.
    """
    if now.status is S.REPORT_SUBMITTED:
        now = Situation(S.REPORTING, now.today, now.award_final_on, now.pays_out, now.late_reports)
    return blocks(now)


class InstalmentState(enum.StrEnum):
    WAITS = "waits"
    OPEN = "open"
    ASKED = "asked"
    PAID = "paid"

    @property
    def label(self) -> str:
        return str(INSTALMENT_LABELS[self])


INSTALMENT_LABELS = {
    InstalmentState.WAITS: _l("Later"),
    InstalmentState.OPEN: _l("Can be asked for"),
    InstalmentState.ASKED: _l("Asked for"),
    InstalmentState.PAID: _l("Paid"),
}


@dataclass(frozen=True)
class Instalment:
    """One part of the award; `gate` is the milestone that opens it, `when` says in words what opens it."""

    number: int
    cents: int
    gate: Any
    state: InstalmentState
    left_cents: int = 0
    when: Any = None

    @property
    def is_open(self) -> bool:
        return self.state is not InstalmentState.WAITS


def gates_for(parts: int, gates: Sequence[Any]) -> list[Any]:
    """Return, for each instalment, the gate milestone that opens it: the middle ones take the gates in turn.

    Where there are fewer gates than middle instalments, the last gate opens the rest; without any gate there is None.
    """
    middle = range(1, parts - 1)
    return [gates[min(number - 1, len(gates) - 1)] if number in middle and gates else None for number in range(parts)]


def is_open(number: int, parts: int, now: Situation, gate_accepted: bool) -> bool:
    """Say whether an instalment, counted from zero, can be paid: at the start, at a gate, after the report (R10)."""
    if now.status in REPORT_ACCEPTED:
        return True
    if number == 0:
        return now.is_final
    if number == parts - 1:
        return False
    return now.status in WORKING and gate_accepted


def instalments(
    award_cents: int, percents: Sequence[int], gates: Sequence[Any], now: Situation, *,
    committed: int, paid: int, requested: int,
) -> list[Instalment]:
    """Cut the award into the round's instalments and say where each stands; paid and asked money fills them in turn.

    `committed` is what still holds of the award: less of it takes from the last instalment first.
    """
    parts = min(award_cents, committed)
    cut, found = [], []
    for cents in money.split(award_cents, percents):
        cut.append(min(cents, parts))
        parts -= cut[-1]
    of_gates = gates_for(len(cut), gates)
    for number, cents in enumerate(cut):
        gate = of_gates[number]
        accepted = gate is not None and gate.accepted_at is not None
        from_paid = min(cents, paid)
        from_asked = min(cents - from_paid, requested)
        paid, requested = paid - from_paid, requested - from_asked
        left = cents - from_paid - from_asked
        opened = is_open(number, len(cut), now, accepted)
        found.append(Instalment(
            number + 1, cents, gate, _state(opened, left, from_asked), left if opened else 0,
            None if opened else _when(number, len(cut), gate)))
    return found


def _state(opened: bool, left: int, asked: int) -> InstalmentState:
    if left == 0:
        return InstalmentState.ASKED if asked else InstalmentState.PAID
    return InstalmentState.OPEN if opened else InstalmentState.WAITS


def _when(number: int, parts: int, gate: Any) -> Any:
    if number == 0:
        return _l("once the award is final")
    if number == parts - 1:
        return _l("once the final report is accepted")
    if gate is None:
        return _l("once a milestone opens it; none is marked for that yet")
    return _l("once the milestone “%(title)s” is accepted", title=f"\u2068{gate.title}\u2069")


def ceiling(parts: Sequence[Instalment]) -> int:
    """Return the cents that can be asked for now: what is left of all instalments that are open."""
    return sum(each.left_cents for each in parts)


def next_instalment(parts: Sequence[Instalment]) -> Instalment | None:
    """Return the first instalment of which something is left to ask for."""
    return next((each for each in parts if each.left_cents > 0), None)


def last_day(today: date, use_within_days: int) -> date:
    """Return the last day for which money can be asked today: it must be used soon after it is paid (R10)."""
    return today + timedelta(days=use_within_days)


def demand_amount(amount_cents: int, parts: Sequence[Instalment], left_cents: int) -> None:
    """Refuse nothing at all, and more than the open instalments and the award leave (R10)."""
    most = min(ceiling(parts), left_cents)
    if amount_cents <= 0:
        raise RuleBroken(_l("Please enter an amount above zero."), "amount_cents")
    if amount_cents <= most:
        return
    waiting = next((each for each in parts if each.state is InstalmentState.WAITS), None)
    if most == 0 and waiting is not None:
        raise RuleBroken(_l("Nothing can be asked for now. The next instalment opens %(when)s.", when=waiting.when),
                         "amount_cents")
    if most == 0:
        raise RuleBroken(_l("The whole award was already paid or asked for."), "amount_cents")
    raise RuleBroken(_l("At most %(amount)s can be asked for now.", amount=Amount(most)), "amount_cents")


def demand_needed_by(needed_by: date, today: date, use_within_days: int) -> None:
    """The money must be needed from today on and within the days of the round (R10); both ends count."""
    last = last_day(today, use_within_days)
    if needed_by < today:
        raise RuleBroken(_l("This day is over. Please choose today or a later day."), "needed_by")
    if needed_by > last:
        raise RuleBroken(_l("Money can be asked for at most %(days)s days ahead: until %(day)s.",
                            days=use_within_days, day=Day(last)), "needed_by")


@dataclass(frozen=True)
class Confirmer:
    """What is known of somebody who might confirm; `belongs_to`: organisations that exclude (board, work, family)."""

    on_team: bool = False
    has_asked: bool = False
    has_declared_conflict: bool = False
    belongs_to: frozenset[int] = frozenset()


def exclusion(who: Confirmer, concerned: Mapping[int, str]) -> Any | None:
    """Say why somebody takes no part in a payment, or None: as with budgets, and nobody confirms their own request."""
    signer = rules_approval.Signer(
        on_team=who.on_team or who.has_asked, has_declared_conflict=who.has_declared_conflict,
        belongs_to=who.belongs_to)
    return rules_approval.exclusion(signer, concerned)
