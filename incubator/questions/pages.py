"""What everybody may read of questions: public wording and answer, and nothing of who asked."""

from dataclasses import dataclass
from datetime import datetime

from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Answered:
    id: int
    question: Passage
    answer: Passage
    answered_at: datetime


@dataclass(frozen=True)
class Target:
    """A public project that people write to; `is_open` says whether it takes questions and offers now."""

    id: int
    slug: str
    title: Passage
    is_open: bool


@dataclass(frozen=True)
class AnsweredPage:
    target: Target
    answered: tuple[Answered, ...]
    older: int | None
