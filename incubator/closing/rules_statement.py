"""The financial statement of a final report: all income and expenditure in the structure of the plan, and the receipts.

Made from plain data and frozen when the report is submitted; amounts are whole cents (rule R12).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from incubator.budgets.models import CostKind, FinancingKind
from incubator.closing import rules
from incubator.programme.models import FundingKind


@dataclass(frozen=True)
class LineFacts:
    """A cost line: planned in the version in force, decided in the version that shifts are measured against.

    `open` is spent on receipts that nobody has checked yet.
    """

    root_id: int
    kind: CostKind
    purpose: str
    planned: int
    decided: int
    spent: int
    proved: int
    open: int = 0


@dataclass(frozen=True)
class ReceiptRow:
    number: str
    paid_on: str
    payee: str
    reason: str
    line_id: int
    amount: int
    accepted: int | None
    state: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a statement is made of; `planned` maps each source of the plan's financing to its amount."""

    lines: tuple[LineFacts, ...] = ()
    receipts: tuple[ReceiptRow, ...] = ()
    planned: Mapping[FinancingKind, int] = field(default_factory=dict)
    own_funds: int = 0
    third_party: int = 0
    income: int = 0
    volunteer_hours: int = 0
    volunteer_rate: int = 0
    award: int = 0
    paid: int = 0
    returned: int = 0
    funding_kind: FundingKind = FundingKind.GAP
    proportional_pct: int = 100
    shift_limit_pct: int = 20
    waived_below: int = 0
    pays_out: bool = True


@dataclass(frozen=True)
class Line:
    """`counted` is what the city recognises of it: shown by receipts not refused, and within the wall of rule R8."""

    root_id: int
    kind: CostKind
    purpose: str
    planned: int
    spent: int
    proved: int
    counted: int

    @property
    def is_cash(self) -> bool:
        return self.kind is not CostKind.VOLUNTEER_TIME


@dataclass(frozen=True)
class Source:
    """Where money came from; `real` is None where the program does not know it."""

    kind: FinancingKind
    planned: int
    real: int | None


@dataclass(frozen=True)
class Statement:
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    receipts: tuple[ReceiptRow, ...]
    award: int
    paid: int
    returned: int
    eligible: int
    recovery: int
    waived_below: int

    @property
    def cash(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_cash)

    @property
    def spent(self) -> int:
        return sum(line.spent for line in self.cash)

    @property
    def counted(self) -> int:
        return sum(line.counted for line in self.cash)

    @property
    def is_asked_back(self) -> bool:
        return rules.is_asked_back(self.recovery, self.waived_below)

    @property
    def still_to_pay(self) -> int:
        """What was earned and not paid yet."""
        return max(0, self.eligible - self.paid + self.returned)


def statement_of(facts: Facts) -> Statement:
    """Compute the statement: nothing in it is chosen, everything follows from the ledger, the plan and the round."""
    hours_cents = facts.volunteer_hours * facts.volunteer_rate
    lines = tuple(_line(each, facts.shift_limit_pct, hours_cents) for each in facts.lines)
    cash = [line for line in lines if line.is_cash]
    eligible = rules.eligible_grant(
        facts.funding_kind, award=facts.award, costs=sum(line.counted for line in cash), own_funds=facts.own_funds,
        third_party=facts.third_party, income=facts.income, planned_costs=sum(line.planned for line in cash),
        proportional_pct=facts.proportional_pct,
    )
    received = {
        FinancingKind.GRANT: facts.paid - facts.returned if facts.pays_out else None,
        FinancingKind.OWN_FUNDS: facts.own_funds, FinancingKind.THIRD_PARTY: facts.third_party,
        FinancingKind.INCOME: facts.income, FinancingKind.VOLUNTEER_TIME: hours_cents,
    }
    sources = tuple(
        Source(kind, facts.planned.get(kind, 0), real) for kind, real in received.items()
        if real or facts.planned.get(kind) or kind is FinancingKind.GRANT
    )
    return Statement(
        lines, sources, facts.receipts, facts.award, facts.paid, facts.returned, eligible,
        rules.recovery_cents(facts.paid, facts.returned, eligible), facts.waived_below,
    )


def _line(each: LineFacts, limit_pct: int, hours_cents: int) -> Line:
    if each.kind is CostKind.VOLUNTEER_TIME:
        return Line(each.root_id, each.kind, each.purpose, each.planned, hours_cents, hours_cents, 0)
    counted = rules.eligible_line(each.proved + each.open, each.planned, each.decided, limit_pct)
    return Line(each.root_id, each.kind, each.purpose, each.planned, each.spent, each.proved, counted)


def frozen(statement: Statement, by_hand: Mapping[str, int]) -> tuple[dict[str, Any], str]:
    """Return the statement as plain data with its SHA-256; `by_hand` are amounts a lead wrote without receipts."""
    data: dict[str, Any] = json.loads(canonical(asdict(statement))) | {"spent": dict(by_hand)}
    return data, hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(data: Any) -> str:
    """Write data in the one form its hash is taken of: keys in order, no spaces, letters as they are."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
