"""What the start page may show beside projects and news."""

from dataclasses import dataclass
from datetime import date

from incubator.progress.pages import Card, Date, Fact, Link, News, RoundCard
from incubator.progress.pages_dialogue import WorkshopCard


@dataclass(frozen=True)
class Chapter:
    """One of the three steps from which the programme came, with what is known of it."""

    key: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Story:
    """How it began: an archived round told in chapters."""

    round: Link
    aims: tuple[Fact, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Ahead:
    """What comes next: dates of the round, and workshops everybody may come to."""

    dates: tuple[Date, ...]
    workshops: tuple[WorkshopCard, ...]


@dataclass(frozen=True)
class InStage:
    """How many public projects of the round stand on a stage."""

    stage: str
    label: str
    number: int


@dataclass(frozen=True)
class Home:
    round: RoundCard | None
    other_rounds: tuple[RoundCard, ...]
    projects: tuple[Card, ...]
    has_more_projects: bool
    news: tuple[News, ...]
    stages: tuple[InStage, ...]
    ahead: Ahead
    story: Story | None

    @property
    def collecting(self) -> RoundCard | None:
        """Return the round that takes ideas or proposals now; it need not be the one whose projects are at work."""
        rounds = (self.round, *self.other_rounds)
        return next((each for each in rounds if each and (each.takes_ideas or each.takes_proposals)), None)


def next_dates(dates: tuple[Date, ...], today: date, most: int) -> tuple[Date, ...]:
    """Return the dates that are not over, the nearest first."""
    ahead = [each for each in dates if (each.until or each.on) >= today]
    return tuple(sorted(ahead, key=lambda each: max(each.on, today))[:most])
