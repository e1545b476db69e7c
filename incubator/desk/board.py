"""The coordinator's board of a round: where each project stands, its money, and how late it is."""

from dataclasses import dataclass
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
class Column:
    """One stage with its projects and their sums."""

    stage: Stage
    projects: tuple[BoardProject, ...]

    @property
    def label(self) -> Any:
        return self.stage.label

    @property
    def asked_cents(self) -> int:
        return sum(project.asked_cents for project in self.projects)

    @property
    def planned_cents(self) -> int:
        return sum(project.planned_cents for project in self.projects)

    @property
    def awarded_cents(self) -> int:
        return sum(project.awarded_cents for project in self.projects)

    @property
    def paid_cents(self) -> int:
        return sum(project.paid_cents for project in self.projects)


@dataclass(frozen=True)
class Board:
    round_id: int
    name: str
    state: Any
    fund_cents: int
    awarded_cents: int
    reserve_cents: int
    pays_out: bool
    columns: tuple[Column, ...]

    @property
    def left_cents(self) -> int:
        return self.fund_cents - self.awarded_cents - self.reserve_cents

    @property
    def projects(self) -> tuple[BoardProject, ...]:
        return tuple(project for column in self.columns for project in column.projects)

    @property
    def paid_cents(self) -> int:
        return sum(column.paid_cents for column in self.columns)

    @property
    def late(self) -> int:
        return sum(project.late_milestones for project in self.projects)
