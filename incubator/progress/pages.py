"""What the public pages may show. Templates get these and nothing else, so an unpublished byte has no way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from incubator.media.pages import Picture
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Link:
    """Something with a page of its own, or something to choose in a filter."""

    slug: str
    name: str


@dataclass(frozen=True)
class Label:
    """A state in words; `value` is its key, for colours."""

    value: str
    label: str


@dataclass(frozen=True)
class Next:
    """The milestone a project works on now."""

    title: Passage
    due: date
    is_overdue: bool


@dataclass(frozen=True)
class Card:
    """A project in a list."""

    id: int
    slug: str
    title: Passage
    summary: Passage
    theme: str
    district: str
    is_citywide: bool
    status: Label
    stage: str
    tone: str
    percent_reached: int | None
    next: Next | None


@dataclass(frozen=True)
class News:
    """A published update."""

    id: int
    title: Passage
    text: Passage
    published_at: datetime
    project_slug: str
    project_title: Passage
    milestone: Passage | None
    pictures: tuple[Picture, ...]
    corrected_at: datetime | None = None
    correction: Passage | None = None

    @property
    def changed_at(self) -> datetime:
        """When its words were last changed after it was published, else when it was published."""
        return self.corrected_at or self.published_at


@dataclass(frozen=True)
class Beside:
    """The news before or after another one of the same project."""

    id: int
    title: Passage


@dataclass(frozen=True)
class NewsPage:
    """One update with a page of its own."""

    news: News
    older: Beside | None
    newer: Beside | None


@dataclass(frozen=True)
class Date:
    """A dated step of a round."""

    label: str
    on: date
    until: date | None = None


@dataclass(frozen=True)
class Fact:
    """A public fact with its source."""

    kind: str
    text: Passage
    source: str
    on: date | None
    until: date | None


@dataclass(frozen=True)
class RoundCard:
    slug: str
    name: str
    state: Label
    summary: Passage
    is_fictional: bool
    fund_cents: int
    awarded_cents: int
    reserve_cents: int
    proposals_until: date | None
    takes_proposals: bool
    year: int | None
    takes_ideas: bool = False

    @property
    def is_archived(self) -> bool:
        return self.state.value == "archived"


@dataclass(frozen=True)
class RoundPage:
    card: RoundCard
    dates: tuple[Date, ...]
    rule_source: str
    facts: tuple[Fact, ...]
    projects: tuple[Card, ...]

    @property
    def timeline(self) -> tuple[Fact, ...]:
        return tuple(sorted((fact for fact in self.facts if fact.on), key=lambda fact: fact.on or date.min))

    @property
    def undated(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if not fact.on)


@dataclass(frozen=True)
class DistrictCard:
    slug: str
    name: str
    number: str
    inhabitants: int | None
    area_hectares: int | None
    source: str
    migration_share_pct: int | None
    migration_share_source: str
    migration_share_year: int | None
    number_of_projects: int
    column: int | None
    row: int | None


@dataclass(frozen=True)
class DistrictPage:
    card: DistrictCard
    projects: tuple[Card, ...]


@dataclass(frozen=True)
class Filters:
    """What a reader asked the list for; empty text means everything."""

    round: str = ""
    theme: str = ""
    district: str = ""
    stage: str = ""
    q: str = ""
    after: int | None = None

    def chosen(self) -> dict[str, str]:
        """Return what was asked for, as it stands in the address."""
        named = {"q": self.q, "round": self.round, "theme": self.theme, "district": self.district, "stage": self.stage}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class Marked:
    """Words as (text, is looked for), in one language."""

    parts: tuple[tuple[str, bool], ...]
    language: str

    def __str__(self) -> str:
        return "".join(text for text, _is_marked in self.parts)


@dataclass(frozen=True)
class ProjectList:
    """`snippets` say by the project's id where the words stand that somebody looked for."""

    filters: Filters
    projects: tuple[Card, ...]
    after: int | None
    rounds: tuple[Link, ...]
    themes: tuple[Link, ...]
    districts: tuple[Link, ...]
    stages: tuple[Link, ...]
    snippets: Mapping[int, Marked] = field(default_factory=dict)
