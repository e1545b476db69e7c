"""What the public minutes show of a workshop's boards."""

from dataclasses import dataclass
from datetime import datetime

from incubator.progress.pages_dialogue import WorkshopCard
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class MinuteCard:
    """A card with the dots of the people there, None where they were so few that they could point at somebody.

    `idea_id` is known where everybody may read the idea it became.
    """

    text: Passage
    dots: int | None
    joined: tuple[Passage, ...]
    became_idea: bool
    idea_id: int | None


@dataclass(frozen=True)
class MinuteGroup:
    """Cards under their heading; without a title, those that stayed in no group."""

    title: Passage | None
    cards: tuple[MinuteCard, ...]


@dataclass(frozen=True)
class BoardMinutes:
    id: int
    question: Passage
    closed_at: datetime
    cards: int
    dots: int | None
    groups: tuple[MinuteGroup, ...]
    is_fictional: bool


@dataclass(frozen=True)
class MinutesPage:
    card: WorkshopCard
    boards: tuple[BoardMinutes, ...]
