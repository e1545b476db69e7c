"""What the public pages may show of one project."""

from dataclasses import dataclass
from datetime import date, datetime

from incubator.media.pages import Picture
from incubator.progress.pages import Label, Link, News
from incubator.progress.pages_money import Sums
from incubator.questions.pages import Answered
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Pledged:
    """A promise that stands; `done` is how much of it came, in units, of money in cents."""

    kind: str
    description: Passage
    quantity: int
    unit: str
    cents: int | None
    state: str
    done: int | None = None


@dataclass(frozen=True)
class Partner:
    name: str
    website: str
    is_fictional: bool
    roles: tuple[str, ...]
    pledges: tuple[Pledged, ...]


@dataclass(frozen=True)
class Milestone:
    """One line of the timeline; `actual` is there only once the mentor accepted it; `needs` is another one's number."""

    title: str
    language: str
    is_translation: bool
    description: Passage
    status: Label
    due: date
    forecast: date
    actual: date | None
    overdue: bool
    is_gate: bool
    weight: int
    number: int
    needs: int | None


@dataclass(frozen=True)
class Decision:
    """The award as a public fact."""

    amount_cents: int | None
    body: str
    on: date | None
    reference: str
    url: str = ""


@dataclass(frozen=True)
class Event:
    """One sentence of a project's story; it names no people."""

    at: datetime
    sentence: str
    title: Passage | None = None


@dataclass(frozen=True)
class ProjectPage:
    slug: str
    title: Passage
    summary: Passage
    theme: str
    district: Link | None
    is_citywide: bool
    round: Link
    status: Label
    tone: str
    stages: tuple[tuple[str, str, str], ...]
    starts_on: date | None
    ends_on: date | None
    group_name: str
    carrier: Partner | None
    partners: tuple[Partner, ...]
    leads: tuple[str, ...]
    mentors: tuple[str, ...]
    number_of_talks: int
    milestones: tuple[Milestone, ...]
    percent_reached: int | None
    sums: Sums
    pays_out: bool
    asks_receipts: bool
    decision: Decision
    news: tuple[News, ...]
    older_news: int | None
    history: tuple[Event, ...]
    answered: tuple[Answered, ...]
    has_more_answers: bool
    takes_questions: bool
    number_of_helpers: int

    @property
    def picture(self) -> Picture | None:
        """The newest photo on the page: it stands for the project where the page is shared."""
        return next((picture for news in self.news for picture in news.pictures), None)
