"""The money rules R1 to R5 and R7: each answers with a sentence, or with None where it holds."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount, PlanFigures, RoundSettings
from incubator.programme.models import FundingKind

Sentence = Any  # a text that becomes one in the reader's language
Rule = Callable[[PlanFigures, RoundSettings], Sentence | None]


@dataclass(frozen=True)
class Check:
    """One rule and what it says about one plan; `sentence` and `hint` are None where the plan keeps the rule."""

    rule: str
    title: Sentence
    sentence: Sentence | None
    hint: Sentence | None
    field: str

    @property
    def holds(self) -> bool:
        return self.sentence is None


def costs_equal_financing(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R1: equal to the cent."""
    difference = plan.costs - plan.financing
    sums = {"costs": Amount(plan.costs), "financing": Amount(plan.financing), "amount": Amount(abs(difference))}
    if difference > 0:
        return _l("The costs are %(costs)s and the financing %(financing)s: %(amount)s are missing.", **sums)
    if difference < 0:
        return _l("The costs are %(costs)s and the financing %(financing)s: %(amount)s are too much.", **sums)
    return None


def volunteers_on_both_sides(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R2: the same amount on both sides; it is never paid out."""
    if plan.volunteer_costs == plan.volunteer_financing:
        return None
    return _l(
        "Volunteer time stands with %(costs)s on the side of the costs and with %(financing)s on the side of the "
        "financing. Both must be the same.",
        costs=Amount(plan.volunteer_costs), financing=Amount(plan.volunteer_financing),
    )


def largest_grant(plan: PlanFigures, settings: RoundSettings) -> int:
    """Return the most a round's kind of funding (R3) lets the city pay for these costs, in cents."""
    if settings.funding_kind is FundingKind.PROPORTIONAL:
        return min(plan.gap, plan.cash_costs * settings.proportional_pct // 100)
    if settings.funding_kind is FundingKind.FIXED_SUM:
        return plan.cash_costs
    return plan.gap


def grant_within_funding_kind(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R3: gap funding pays what is missing, proportional funding a share, a fixed sum never more than is paid."""
    most = largest_grant(plan, settings)
    if plan.grant <= most:
        return None
    amounts = {"grant": Amount(plan.grant), "most": Amount(most), "cash": Amount(plan.cash_costs)}
    if settings.funding_kind is FundingKind.PROPORTIONAL:
        return _l(
            "The city pays at most %(share)s %% of what must be paid (%(cash)s) and never more than is missing: here "
            "%(most)s. The plan asks for %(grant)s.", share=settings.proportional_pct, **amounts,
        )
    if settings.funding_kind is FundingKind.FIXED_SUM:
        return _l("The city never pays more than what must be paid: %(most)s. The plan asks for %(grant)s.", **amounts)
    return _l(
        "The city pays only what is missing: of %(cash)s that must be paid, %(most)s are not covered. "
        "The plan asks for %(grant)s.", **amounts,
    )


def smallest_own_share(plan: PlanFigures, settings: RoundSettings) -> int:
    """Return the least own share in cents, rounded up to the cent."""
    return -(-plan.costs * settings.min_own_share_pct // 100)


def own_share_is_enough(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R4: own money, money from others, income and volunteer time together."""
    if plan.own_share * 100 >= plan.costs * settings.min_own_share_pct:
        return None
    return _l(
        "The own share is %(own)s. At least %(share)s %% of %(costs)s are needed, that is %(least)s.",
        own=Amount(plan.own_share), share=settings.min_own_share_pct, costs=Amount(plan.costs),
        least=Amount(smallest_own_share(plan, settings)),
    )


def most_hours(plan: PlanFigures, settings: RoundSettings) -> int | None:
    """Return how many hours fit under the cap beside these cash costs; None where there is no limit."""
    free = 100 - settings.volunteer_cap_pct
    if free <= 0 or settings.volunteer_rate <= 0:
        return None
    return plan.cash_costs * settings.volunteer_cap_pct // (free * settings.volunteer_rate)


def volunteers_are_valued(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R5: hours times the round's rate, and not above its cap of all costs."""
    value = plan.volunteer_hours * settings.volunteer_rate
    if plan.volunteer_costs != value:
        return _l(
            "%(hours)s hours of volunteer time at %(rate)s are %(value)s, not %(planned)s.",
            hours=plan.volunteer_hours, rate=Amount(settings.volunteer_rate), value=Amount(value),
            planned=Amount(plan.volunteer_costs),
        )
    if plan.volunteer_costs * 100 > plan.costs * settings.volunteer_cap_pct:
        return _l(
            "Volunteer time is %(planned)s. At most %(share)s %% of all costs (%(costs)s) count, that is %(most)s.",
            planned=Amount(plan.volunteer_costs), share=settings.volunteer_cap_pct, costs=Amount(plan.costs),
            most=Amount(plan.costs * settings.volunteer_cap_pct // 100),
        )
    return None


def grant_within_limits(plan: PlanFigures, settings: RoundSettings) -> Sentence | None:
    """R7: not below the least, not above the most of the round."""
    if settings.grant_min <= plan.grant <= settings.grant_max:
        return None
    return _l(
        "This round gives between %(least)s and %(most)s. The plan asks for %(grant)s.",
        least=Amount(settings.grant_min), most=Amount(settings.grant_max), grant=Amount(plan.grant),
    )


def _equal_hint(plan: PlanFigures, settings: RoundSettings) -> Sentence:
    amount = Amount(abs(plan.costs - plan.financing))
    if plan.costs > plan.financing:
        return _l("Add %(amount)s of own money, money from others or grant, or plan %(amount)s less.", amount=amount)
    return _l("Ask for %(amount)s less, or plan for %(amount)s more.", amount=amount)


def _own_share_hint(plan: PlanFigures, settings: RoundSettings) -> Sentence:
    return _l(
        "Add %(amount)s of own money, money from others, income or volunteer time, and ask the city for less.",
        amount=Amount(smallest_own_share(plan, settings) - plan.own_share),
    )


def _volunteer_hint(plan: PlanFigures, settings: RoundSettings) -> Sentence:
    hours = most_hours(plan, settings)
    if plan.volunteer_costs != plan.volunteer_hours * settings.volunteer_rate or hours is None:
        return _l("Enter only the hours; the amount is worked out for you.")
    return _l("With these costs at most %(hours)s hours count.", hours=hours)


TABLE: tuple[tuple[str, Sentence, Rule, Callable[[PlanFigures, RoundSettings], Sentence], str], ...] = (
    ("R1", _l("Costs and financing are equal"), costs_equal_financing, _equal_hint, "grant"),
    ("R2", _l("Volunteer time stands on both sides"), volunteers_on_both_sides,
     lambda plan, settings: _l("Enter only the hours; both sides are worked out for you."), "volunteer_hours"),
    ("R3", _l("The city pays no more than it may (kind of funding)"), grant_within_funding_kind,
     lambda plan, settings: _l("Ask for at most %(amount)s.", amount=Amount(largest_grant(plan, settings))), "grant"),
    ("R4", _l("The own share is large enough"), own_share_is_enough, _own_share_hint, "own_funds"),
    ("R5", _l("Volunteer time is counted as this round counts it"), volunteers_are_valued, _volunteer_hint,
     "volunteer_hours"),
    ("R7", _l("The grant is neither too small nor too large"), grant_within_limits,
     lambda plan, settings: _l("Ask for an amount within these limits."), "grant"),
)


def checks(plan: PlanFigures, settings: RoundSettings) -> list[Check]:
    """Return every rule with what it says, in the order of the rules."""
    found = []
    for rule, title, ask, hint, field in TABLE:
        sentence = ask(plan, settings)
        found.append(Check(rule, title, sentence, None if sentence is None else hint(plan, settings), field))
    return found


def refusals(plan: PlanFigures, settings: RoundSettings) -> list[Check]:
    """Return the rules that a plan breaks; an empty list means that it may be submitted."""
    return [check for check in checks(plan, settings) if not check.holds]


def content_hash(plan: Any) -> str:
    """Return SHA-256 over everything an approval stands for (C4): lines in their order, and the explanation."""
    content = json.dumps(
        [
            plan.project_id, plan.number, plan.explanation,
            [[line.kind, line.purpose, line.amount_cents, line.hours] for line in plan.costs],
            [[line.kind, line.purpose, line.amount_cents] for line in plan.financing],
        ],
        separators=(",", ":"), ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()
