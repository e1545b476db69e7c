"""What the desk must know of a person's mentoring: talks, agreements, steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class TalkFact:
    """A planned talk; `is_over` once its time has passed and nobody has written down how it went."""

    id: int
    project_id: int
    kind: Any
    starts_at: datetime
    is_over: bool
    project_title: str
    language: str


@dataclass(frozen=True)
class AgreementFact:
    """The newest agreement of a project that is in force, by whom it was written for and who has signed it."""

    id: int
    project_id: int
    mentor_id: int
    signed: frozenset[str]


@dataclass(frozen=True)
class StepFact:
    """A step that somebody agreed to do."""

    id: int
    project_id: int
    what: str
    due_on: date | None
    project_title: str
    language: str


@dataclass(frozen=True)
class MentoringFacts:
    """`closed` are projects whose closing talk was written down."""

    talks: tuple[TalkFact, ...] = ()
    agreements: Mapping[int, AgreementFact] = field(default_factory=dict)
    steps: tuple[StepFact, ...] = ()
    closed: frozenset[int] = frozenset()
