"""What the public pages may show of needs, workshops, ideas and themes."""

from dataclasses import dataclass
from datetime import date, datetime

from incubator.progress.pages import Card, DistrictPage, Label, Link, News, Picture
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Finding:
    """One piece of evidence: `count` of `base` people, or `pct` of them where only the share is known.

    `languages` are those in which people were asked, where that is known.
    """

    id: int
    kind: Label
    statement: Passage
    indicator: Passage
    count: int | None
    base: int | None
    pct: int | None
    languages: tuple[str, ...]
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
    state: str = ""
    after: int | None = None

    def chosen(self) -> dict[str, str]:
        known = (("theme", self.theme), ("district", self.district), ("state", self.state))
        return {name: value for name, value in known if value}


@dataclass(frozen=True)
class Choices:
    """What a list can be narrowed to."""

    themes: tuple[Link, ...]
    districts: tuple[Link, ...]
    states: tuple[Link, ...] = ()


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
    takes_ideas: bool = False


@dataclass(frozen=True)
class IdeaPage:
    """`joined` are public ideas that went into this one, `went_into` is the public one it went into; `may_become`
    says that somebody can begin a project with it today.
    """

    card: IdeaCard
    reason: Passage
    ended_on: date | None
    round: Link
    workshop: WorkshopCard | None
    findings: tuple[Finding, ...]
    joined: tuple[IdeaCard, ...]
    went_into: IdeaCard | None
    projects: tuple[Card, ...]
    photo: Picture | None = None
    may_become: bool = False


@dataclass(frozen=True)
class MineStep:
    """A step of an idea, with its day."""

    label: str
    on: date


@dataclass(frozen=True)
class MinePage:
    """An idea as whoever gave it sees it under the link in their letter."""

    id: int
    title: Passage
    text: Passage
    is_public: bool
    steps: tuple[MineStep, ...]
    reason: Passage
    project: Link | None
    has_mail: bool
    may_be_taken_back: bool


@dataclass(frozen=True)
class WorkshopList:
    ahead: tuple[WorkshopCard, ...]
    past: tuple[WorkshopCard, ...]
    older: int | None
    is_first: bool


@dataclass(frozen=True)
class Room:
    """That one can sign up, and how many places are free; None where everybody fits in."""

    free: int | None

    @property
    def is_full(self) -> bool:
        return self.free == 0


@dataclass(frozen=True)
class WorkshopPage:
    """`room` is there while one can sign up; `closed` says why one cannot, where one could."""

    card: WorkshopCard
    room: Room | None
    closed: str
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
    has_minutes: bool = False


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
