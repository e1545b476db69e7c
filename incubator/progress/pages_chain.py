"""What the chain of a project may show: its steps from the need to the account, each with what proves it."""

from dataclasses import dataclass
from datetime import date

from incubator.progress.pages import Label, Link
from incubator.progress.pages_dialogue import Finding, IdeaCard, WorkshopCard
from incubator.progress.pages_money import Sums
from incubator.progress.pages_project import Decision, Event
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Step:
    """One link of the chain; `key` is its anchor, `state` one of done, current, todo, stopped and missing."""

    key: str
    label: str
    state: Label
    tone: str
    on: date | None


@dataclass(frozen=True)
class Asked:
    """What the proposal asked for; what else it says stays between the project and the city."""

    cents: int | None
    theme: Link | None
    district: Link | None
    is_citywide: bool
    round: Link


@dataclass(frozen=True)
class Planned:
    """The approved plan behind the award."""

    total_cents: int | None
    approved_on: date | None
    awarded_cents: int | None


@dataclass(frozen=True)
class Reached:
    reached: int
    planned: int
    last_on: date | None


@dataclass(frozen=True)
class Chain:
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    workshop: WorkshopCard | None
    idea: IdeaCard | None
    asked: Asked
    talks: int
    decision: Decision
    plan: Planned
    milestones: Reached
    sums: Sums
    pays_out: bool
    asks_receipts: bool
    report_on: date | None
    checked_on: date | None

    @property
    def begins_late(self) -> bool:
        """Say whether nothing before the proposal was written down."""
        return not (self.findings or self.workshop or self.idea)


@dataclass(frozen=True)
class HistoryPage:
    slug: str
    title: Passage
    chain: Chain
    events: tuple[Event, ...]
