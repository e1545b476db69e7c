"""The coordinator's board of a round: where each project stands, its money, and how late it is."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from incubator.projects.lifecycle import Stage, Status


@dataclass(frozen=True)
class BoardProject:
    """Amounts are cents: asked for in the proposal, planned in the newest budget, awarded and paid by the city."""

    id: int
    title: str
    language: str
    status: Status
    carrier: str
    asked_cents: int
    planned_cents: int
    is_approved: bool
    awarded_cents: int
    paid_cents: int
    late_milestones: int
    latest_due: date | None
    days_in_status: int


@dataclass(frozen=True)
class Sums:
    """What projects come to together: how many they are, cents, and late milestones."""

    number: int = 0
    asked_cents: int = 0
    planned_cents: int = 0
    awarded_cents: int = 0
    paid_cents: int = 0
    late: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Column:
    """One stage: the sums of all its projects, some of them, and the one after which the next begin."""

    stage: Stage
    sums: Sums
    projects: tuple[BoardProject, ...]
    after: int | None

    @property
    def label(self) -> Any:
        return self.stage.label


@dataclass(frozen=True)
class Board:
    """A round with its stages; with `stage` only that one's projects are here, page by page."""

    round_id: int
    name: str
    state: Any
    fund_cents: int
    awarded_cents: int
    reserve_cents: int
    pays_out: bool
    columns: tuple[Column, ...]
    stage: Stage | None = None

    @property
    def left_cents(self) -> int:
        return self.fund_cents - self.awarded_cents - self.reserve_cents

    @property
    def sums(self) -> Sums:
        return sum((column.sums for column in self.columns), Sums())
