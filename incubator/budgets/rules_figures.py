"""A plan and a round's settings as plain numbers: all that the money rules look at."""

from dataclasses import dataclass
from typing import Any

from incubator.budgets.models import CostKind, FinancingKind
from incubator.foundation import language, money
from incubator.programme.models import FundingKind


@dataclass(frozen=True)
class Amount:
    """Cents inside a sentence; written in the reader's language when the sentence is read."""

    cents: int

    def __str__(self) -> str:
        return money.format(self.cents, language.current().code)


@dataclass(frozen=True)
class PlanFigures:
    """The sums of one plan in cents. Things lent are for information only and count nowhere."""

    cash_costs: int = 0
    volunteer_costs: int = 0
    volunteer_hours: int = 0
    grant: int = 0
    own_funds: int = 0
    third_party: int = 0
    income: int = 0
    volunteer_financing: int = 0
    in_kind: int = 0

    @property
    def costs(self) -> int:
        return self.cash_costs + self.volunteer_costs

    @property
    def financing(self) -> int:
        return self.grant + self.own_share

    @property
    def own_share(self) -> int:
        """All that does not come from the city (rule R4)."""
        return self.own_funds + self.third_party + self.income + self.volunteer_financing

    @property
    def gap(self) -> int:
        """What is missing to pay the cash costs once everything but the grant is counted (rule R3)."""
        return max(0, self.cash_costs - self.own_funds - self.third_party - self.income)

    @property
    def own_share_hundredths(self) -> int:
        """The own share of all costs in hundredths of a percent, rounded down: for reading, never for deciding."""
        return self.own_share * 10_000 // self.costs if self.costs else 0


@dataclass(frozen=True)
class RoundSettings:
    """What a round says about money; amounts in cents, shares in whole percent."""

    grant_min: int = 500_00
    grant_max: int = 10_000_00
    funding_kind: FundingKind = FundingKind.GAP
    proportional_pct: int = 80
    min_own_share_pct: int = 10
    volunteer_rate: int = 15_00
    volunteer_cap_pct: int = 20
    second_approval_above: int = 5_000_00
    award_final_after_months: int = 1


def settings_of(round_: Any) -> RoundSettings:
    return RoundSettings(
        grant_min=round_.grant_min_cents,
        grant_max=round_.grant_max_cents,
        funding_kind=round_.funding_kind,
        proportional_pct=round_.proportional_pct,
        min_own_share_pct=round_.min_own_share_pct,
        volunteer_rate=round_.volunteer_rate_cents,
        volunteer_cap_pct=round_.volunteer_cap_pct,
        second_approval_above=round_.second_approval_above_cents,
        award_final_after_months=round_.award_final_after_months,
    )


def figures_of(plan: Any) -> PlanFigures:
    """Return the sums of a plan's lines; without a plan everything is zero."""
    if plan is None:
        return PlanFigures()
    sources = {kind: sum(line.amount_cents for line in plan.financing if line.kind is kind) for kind in FinancingKind}
    volunteers = [line for line in plan.costs if line.kind is CostKind.VOLUNTEER_TIME]
    volunteer_costs = sum(line.amount_cents for line in volunteers)
    return PlanFigures(
        cash_costs=sum(line.amount_cents for line in plan.costs) - volunteer_costs,
        volunteer_costs=volunteer_costs,
        volunteer_hours=sum(line.hours or 0 for line in volunteers),
        grant=sources[FinancingKind.GRANT],
        own_funds=sources[FinancingKind.OWN_FUNDS],
        third_party=sources[FinancingKind.THIRD_PARTY],
        income=sources[FinancingKind.INCOME],
        volunteer_financing=sources[FinancingKind.VOLUNTEER_TIME],
        in_kind=sources[FinancingKind.IN_KIND],
    )
