"""What the desk must know of panels, decisions that are told together, and waiting lists."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ScoringFact:
    """Projects of a round that a member of its panel still has to score."""

    round_id: int
    round_name: str
    panel_on: date | None
    project_ids: frozenset[int]


@dataclass(frozen=True)
class ChoosingFact:
    """Where a round stands between approved budgets and told decisions; amounts are cents."""

    round_id: int
    round_name: str
    has_panel: bool
    publishes_together: bool
    is_closed: bool = False
    members: int = 0
    criteria: int = 0
    sheets: int = 0
    undecided: int = 0
    prepared: int = 0
    panel_on: date | None = None
    council_on: date | None = None
    free_cents: int = 0
    next_title: str = ""
    waiting: int = 0
    period_until: date | None = None


@dataclass(frozen=True)
class SelectionFacts:
    """What one must score, and where each round stands that is being chosen from."""

    scoring: tuple[ScoringFact, ...] = ()
    rounds: tuple[ChoosingFact, ...] = ()
