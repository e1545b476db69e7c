"""What the public pages may show of needs, workshops, ideas and themes."""

from dataclasses import dataclass
from datetime import date, datetime

from incubator.progress.pages import Card, DistrictPage, Label, Link, News
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Finding:
    """One piece of evidence: `count` of `base` people, or `pct` of them where only the share is known."""

    id: int
    kind: Label
    statement: Passage
    indicator: Passage
    count: int | None
    base: int | None
    pct: int | None
    year: int
    source: str
    licence: str
    theme: Link
    district: Link | None
    is_fictional: bool


@dataclass(frozen=True)
class IdeaCard:
    """A public idea; it never says whose it is."""

    id: int
    title: Passage
    text: Passage
    state: Label
    theme: Link | None
    district: Link | None
    given_at: datetime
    is_fictional: bool


@dataclass(frozen=True)
class WorkshopCard:
    """`is_ahead` says that one can still come."""

    id: int
    slug: str
    title: Passage
    kind: str
    state: Label
    starts_at: datetime
    ends_at: datetime
    place: str
    district: Link | None
    is_ahead: bool
    is_fictional: bool


@dataclass(frozen=True)
class Asked:
    """What a reader asked a list for; empty text means everything."""

    theme: str = ""
    district: str = ""
    after: int | None = None

    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in (("theme", self.theme), ("district", self.district)) if value}


@dataclass(frozen=True)
class Choices:
    """What a list can be narrowed to."""

    themes: tuple[Link, ...]
    districts: tuple[Link, ...]


@dataclass(frozen=True)
class EvidenceList:
    asked: Asked
    choices: Choices
    findings: tuple[Finding, ...]
    after: int | None


@dataclass(frozen=True)
class EvidencePage:
    finding: Finding
    ideas: tuple[IdeaCard, ...]
    projects: tuple[Card, ...]


@dataclass(frozen=True)
class IdeaList:
    asked: Asked
    choices: Choices
    ideas: tuple[IdeaCard, ...]
    after: int | None


@dataclass(frozen=True)
class IdeaPage:
    """`joined` are public ideas that went into this one, `went_into` is the public one it went into."""

    card: IdeaCard
    reason: Passage
    ended_on: date | None
    round: Link
    workshop: WorkshopCard | None
    findings: tuple[Finding, ...]
    joined: tuple[IdeaCard, ...]
    went_into: IdeaCard | None
    projects: tuple[Card, ...]


@dataclass(frozen=True)
class WorkshopList:
    ahead: tuple[WorkshopCard, ...]
    past: tuple[WorkshopCard, ...]
    older: int | None
    is_first: bool


@dataclass(frozen=True)
class WorkshopPage:
    card: WorkshopCard
    text: Passage
    summary: Passage
    languages: tuple[str, ...]
    has_interpreters: bool
    has_childcare: bool
    is_step_free: bool
    participants: int | None
    themes: tuple[Link, ...]
    round: Link
    ideas: tuple[IdeaCard, ...]
    projects: tuple[Card, ...]


@dataclass(frozen=True)
class ThemeCard:
    slug: str
    name: str
    number_of_needs: int
    number_of_ideas: int
    number_of_projects: int


@dataclass(frozen=True)
class ThemePage:
    card: ThemeCard
    findings: tuple[Finding, ...]
    ideas: tuple[IdeaCard, ...]
    projects: tuple[Card, ...]
    news: tuple[News, ...]


@dataclass(frozen=True)
class WholeDistrict:
    """A district with everything that is known and done there."""

    page: DistrictPage
    findings: tuple[Finding, ...]
    ideas: tuple[IdeaCard, ...]
