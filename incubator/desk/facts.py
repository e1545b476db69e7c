"""What the desk must know of a person's work, and what it makes of it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from incubator.budgets.models import PlanState
from incubator.desk.facts_carrier import CarrierFact
from incubator.desk.facts_mentoring import MentoringFacts
from incubator.desk.facts_money import MoneyFacts
from incubator.desk.facts_office import RoundFact as RoundFact
from incubator.desk.facts_office import SignatureFact as SignatureFact
from incubator.desk.facts_office import WorkshopFact as WorkshopFact
from incubator.desk.facts_partners import PartnerFacts
from incubator.desk.facts_partners import PledgeFact as PledgeFact
from incubator.desk.facts_rights import RightsFacts as RightsFacts
from incubator.desk.facts_selection import SelectionFacts
from incubator.desk.facts_words import WordsFact
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part


class Urgency(enum.IntEnum):
    """In what order things are to be done."""

    LATE = 0
    SOON = 1
    WAITED_FOR = 2
    LATER = 3


@dataclass(frozen=True)
class Task:
    """One thing to do, with one button; `about` is what people called the thing it is about."""

    urgency: Urgency
    title: Any
    detail: Any
    due: date | None
    endpoint: str
    values: Mapping[str, Any]
    button: Any
    about: str = ""
    language: str = "de"


@dataclass(frozen=True)
class ProjectFact:
    """A project with what its round says; `kinds` are the ways in which the person takes part."""

    id: int
    slug: str
    title: str
    language: str
    status: Status
    status_since: datetime
    round_name: str
    return_due_on: date | None = None
    return_reason: str = ""
    award_final_on: date | None = None
    carrier_agreed_on: date | None = None
    proposals_until: date | None = None
    check_until: date | None = None
    budgets_until: date | None = None
    council_on: date | None = None
    reports_due_on: date | None = None
    mentor_silence_alert_days: int = 30
    publishes_together: bool = False
    kinds: frozenset[Part] = frozenset()
    mentor_since: date | None = None
    mentors: int = 0
    asked: int = 0
    accepted: int = 0
    declined: int = 0
    missing_points: int = 0
    translation_due_on: date | None = None
    translation_received_on: date | None = None


@dataclass(frozen=True)
class PlanFact:
    """The newest version of a project's budget; `approved_by` are those whose approval of it still stands."""

    project_id: int
    state: PlanState
    lines: int
    grant_cents: int
    second_approval_above_cents: int
    submitted_at: datetime | None
    return_reason: str
    project_title: str
    project_language: str
    project_status: Status
    approved_by: frozenset[int] = frozenset()

    @property
    def needs_second(self) -> bool:
        return self.grant_cents > self.second_approval_above_cents


@dataclass(frozen=True)
class MilestoneFact:
    id: int
    project_id: int
    title: str
    language: str
    status: MilestoneStatus
    due_on: date
    weight: int
    return_reason: str
    project_title: str
    project_language: str
    project_status: Status
    is_gate: bool = False
    accepted_at: datetime | None = None


@dataclass(frozen=True)
class NewsFact:
    """News that nobody reads yet: proposed to the coordination, or returned with a note."""

    id: int
    project_id: int
    title: str
    language: str
    is_returned: bool
    note: str
    written_by_id: int
    project_title: str


@dataclass(frozen=True)
class AssignmentFact:
    """Somebody was asked to be a mentor."""

    id: int
    project_title: str
    language: str


@dataclass(frozen=True)
class MessageFact:
    """How many people wrote to a project: `waits` for the office to read it, else it was passed on to the team."""

    project_id: int
    waits: bool
    number: int


@dataclass(frozen=True)
class BarrierFact:
    """How many reported barriers wait for an answer, and the first day on which one is due."""

    number: int
    due_on: date


@dataclass(frozen=True)
class Facts:
    """Everything the desk knows about one person on one day.

    `unspoken` are offers of organisations nobody speaks for; `report_signers` is {project id: who signed its report}.
    """

    person_id: int
    today: date
    roles: frozenset[str] = frozenset()
    projects: tuple[ProjectFact, ...] = ()
    plans: Mapping[int, PlanFact] = field(default_factory=dict)
    milestones: tuple[MilestoneFact, ...] = ()
    news: tuple[NewsFact, ...] = ()
    assignments: tuple[AssignmentFact, ...] = ()
    last_talks: Mapping[int, date] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()
    office: tuple[ProjectFact, ...] = ()
    signatures: tuple[SignatureFact, ...] = ()
    round_changes: tuple[RoundFact, ...] = ()
    pledges: tuple[PledgeFact, ...] = ()
    unspoken: tuple[PledgeFact, ...] = ()
    partners: PartnerFacts = field(default_factory=PartnerFacts)
    carrying: tuple[CarrierFact, ...] = ()
    messages: tuple[MessageFact, ...] = ()
    words: tuple[WordsFact, ...] = ()
    barriers: BarrierFact | None = None
    rights: RightsFacts = field(default_factory=RightsFacts)
    report_signers: Mapping[int, int] = field(default_factory=dict)
    money: MoneyFacts = field(default_factory=MoneyFacts)
    mentoring: MentoringFacts = field(default_factory=MentoringFacts)
    selection: SelectionFacts = field(default_factory=SelectionFacts)
    has_round: bool = True
    planned_rounds: tuple[RoundFact, ...] = ()
    unanswered_ideas: int = 0
    workshops: tuple[WorkshopFact, ...] = ()

    @property
    def own_ids(self) -> frozenset[int]:
        return frozenset(project.id for project in self.projects)


@dataclass(frozen=True)
class OwnProject:
    """A card of a project the person takes part in."""

    id: int
    title: str
    language: str
    round_name: str
    status: Status
    is_led: bool
    parts: tuple[Any, ...]
    percent_reached: int | None
    next_title: str
    next_language: str
    next_due: date | None


@dataclass(frozen=True)
class Choice:
    """A round to open: its board, or a proposal for it."""

    id: int
    name: str
    state: Any
    is_open: bool
    proposals_until: date | None


@dataclass(frozen=True)
class Desk:
    tasks: tuple[Task, ...]
    projects: tuple[OwnProject, ...]
    open_rounds: tuple[Choice, ...]
    boards: tuple[Choice, ...]
