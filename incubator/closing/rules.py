"""What a final report must say, what part of the grant was earned, and what goes back (rule R12). Pure, in cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.foundation.errors import RuleBroken
from incubator.programme.models import FundingKind


@dataclass(frozen=True)
class Question:
    """One question of the narrative; the city's own ones have no hint."""

    text: Any
    hint: Any = ""


USUAL = (
    Question(_l("What did you do?"), _l("Tell it as you would tell a neighbour, from the beginning to the end.")),
    Question(_l("Whom did you reach?"),
             _l("About how many people, and how often. Numbers are enough: no names, nobody’s origin or religion.")),
    Question(_l("What worked, and what did not?"),
             _l("Both help the next groups. Nobody gets less money because something went differently.")),
    Question(_l("What stays when the money is spent?"),
             _l("People who go on meeting, a thing, something you learned.")),
)


def questions(own: Sequence[str]) -> tuple[Question, ...]:
    """Return the city's own questions of a round, or the four usual ones where it has none."""
    return tuple(Question(text) for text in own) or USUAL


def missing_answers(asked: Sequence[Question], answers: Mapping[str, str]) -> list[Any]:
    """Return a sentence for each question without an answer."""
    return [
        _l("This question has no answer yet: %(question)s", question=question.text)
        for place, question in enumerate(asked) if not str(answers.get(str(place), "")).strip()
    ]


def wall(planned: int, decided: int, limit_pct: int) -> int:
    """Return the most that counts on a line: what the plan in force says, or the decided amount and the shift limit.

    Measured against the decided version, so that many small shifts do not add up to a large one (rule R8). A line
    decided at zero has no room of its own.
    """
    return max(planned, decided + decided * limit_pct // 100)


def eligible_line(shown: int, planned: int, decided: int, limit_pct: int) -> int:
    return max(0, min(shown, wall(planned, decided, limit_pct)))


def eligible_grant(
    kind: FundingKind, *, award: int, costs: int, own_funds: int = 0, third_party: int = 0, income: int = 0,
    planned_costs: int = 0, proportional_pct: int = 100,
) -> int:
    """Return the part of the award that was earned by so much eligible cash cost; never below zero, never above it.

    Gap funding pays what is missing, so a saving lowers it by the full saving. Proportional funding pays the awarded
    share of the costs, at most the round's. A fixed sum is paid as far as there were costs. Volunteer time is no cash.
    """
    if kind is FundingKind.GAP:
        earned = costs - own_funds - third_party - income
    elif kind is FundingKind.PROPORTIONAL:
        share = costs * award // planned_costs if planned_costs else costs
        earned = min(share, costs * proportional_pct // 100)
    else:
        earned = costs
    return max(0, min(award, earned))


def recovery_cents(paid: int, returned: int, eligible: int) -> int:
    """Return what was paid, has not come back, and was not earned."""
    return max(0, paid - returned - eligible)


def is_asked_back(cents: int, waived_below: int) -> bool:
    """Below the round's threshold nothing is asked back; the threshold itself is."""
    return cents > 0 and cents >= waived_below


def days_late(due_on: date | None, today: date) -> int:
    """Count the days after the last one, which itself still counts."""
    return max(0, (today - due_on).days) if due_on is not None else 0


def demand_interest(interest_cents: int, recovery: int, waived_below: int) -> None:
    if interest_cents < 0:
        raise RuleBroken(_l("Interest cannot be below zero."), "interest_cents")
    if interest_cents and not is_asked_back(recovery, waived_below):
        raise RuleBroken(_l("Nothing is asked back, so there is no interest."), "interest_cents")


def demand_small(amount: int, waived_below: int) -> None:
    """Refuse to waive what the round asks back."""
    if amount >= waived_below:
        raise RuleBroken(_l("Only amounts below %(threshold)s may be waived in this round; this is %(amount)s.",
                            threshold=Amount(waived_below), amount=Amount(amount)), "reason")


def demand_money_day(on: date, today: date) -> None:
    if on > today:
        raise RuleBroken(_l("This day lies in the future."), "on")


def demand_words(text: str, field: str, sentence: Any) -> str:
    if not text.strip():
        raise RuleBroken(sentence, field)
    return text.strip()


def open_questions(count: int) -> Any:
    return _l("Receipts with a question that nobody has answered: %(count)s. Please answer first.", count=count)
