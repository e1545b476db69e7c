"""Which public pages there are, for machines that look for them; two queries, however many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea, NeedEvidence, Workshop
from incubator.foundation import clock
from incubator.foundation.database import UtcDateTime, db
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress.crawlers import Place
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import idea_is_public, is_told
from incubator.projects.models import Project

ALWAYS = (
    "progress.home", "progress.projects", "progress.districts", "themes.every", "voices.needs", "voices.workshops",
    "voices.ideas", "record.show", "sharing.share", "guides.every", "guides.words",
    "progress.accessibility", "progress.imprint", "privacy.notice",
)
NEVER = sa.cast(sa.null(), UtcDateTime())


@dataclass(frozen=True)
class Extent:
    """How many pages there are of what an office sets up, and the newest number of each kind that grows."""

    settled: int
    newest: tuple[int, ...]

    def parts(self, most: int) -> int:
        """Return how many files of so many pages it takes; those that are not public leave gaps."""
        if self.settled + sum(self.newest) <= most:
            return 1
        return sum(-(-number // most) for number in (self.settled, *self.newest))


def extent() -> Extent:
    few = sa.select(sa.func.count()).select_from(sa.union_all(*_settled()).subquery()).scalar_subquery()
    newest = [sa.select(sa.func.max(kind.id)).scalar_subquery() for kind, _query in _growing()]
    found = [number or 0 for number in db.session.execute(sa.select(few, *newest)).one()]
    return Extent(len(ALWAYS) + found[0], tuple(found[1:]))


def places(known: Extent, number: int, most: int) -> list[Place]:
    """Return the public pages of one file; a project's money and history are linked from its own.

    What grows is cut by its number, so that no file takes longer to make than another.
    """
    if known.parts(most) == 1:
        return _always(0, most) + _found(sa.union_all(*_settled(), *(query for _kind, query in _growing())))
    first = (number - 1) * most
    for place, size in enumerate((known.settled, *known.newest)):
        if first < size:
            return _block(place, first, most)
        first -= -(-size // most) * most
    return []


def _block(place: int, first: int, most: int) -> list[Place]:
    if place == 0:
        own = _always(first, most)
        rest = sa.union_all(*_settled()).offset(max(0, first - len(ALWAYS))).limit(most - len(own))
        return own + _found(rest.order_by(sa.text("place"), sa.text("id")))
    kind, query = _growing()[place - 1]
    return _found(query.where(kind.id > first, kind.id <= first + most).order_by(kind.id))


def _always(first: int, most: int) -> list[Place]:
    return [Place(endpoint) for endpoint in ALWAYS[first:first + most]]


def _found(query: Any) -> list[Place]:
    return [Place(row.endpoint, row.key, _day(row.changed, row.told)) for row in db.session.execute(query)]


def _settled() -> list[sa.Select[Any]]:
    return [
        _named(0, "progress.round", _rows(Round, Round.slug).where(Round.state != RoundState.DRAFT)),
        _named(1, "progress.district", _rows(District, District.slug)),
        _named(2, "themes.theme", _rows(Theme, Theme.slug)),
    ]


def _growing() -> list[tuple[Any, sa.Select[Any]]]:
    text = sa.String()
    idea = _rows(Idea, sa.cast(Idea.id, text), Idea.given_at, Idea.ended_at).where(idea_is_public())
    return [
        (NeedEvidence, _named(3, "voices.need", _rows(
            NeedEvidence, sa.cast(NeedEvidence.id, text), NeedEvidence.recorded_at))),
        (Workshop, _named(4, "voices.workshop", _rows(
            Workshop, Workshop.slug, Workshop.changed_at).where(is_told(Workshop.round_id)))),
        (Idea, _named(5, "voices.idea", idea)),
        (Project, _named(6, "progress.project", _projects())),
    ]


def _named(place: int, endpoint: str, query: sa.Select[Any]) -> sa.Select[Any]:
    return query.add_columns(sa.literal(place).label("place"), sa.literal(endpoint).label("endpoint"))


def _rows(kind: Any, key: Any, changed: Any = NEVER, told: Any = NEVER) -> sa.Select[Any]:
    return sa.select(kind.id.label("id"), key.label("key"), changed.label("changed"), told.label("told"))


def _projects() -> sa.Select[Any]:
    told = (
        sa.select(sa.func.max(Update.published_at)).outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(
            Update.project_id == Project.id, Update.state == UpdateState.PUBLISHED,
            sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED),
        ).correlate(Project).scalar_subquery()
    )
    return _rows(Project, Project.slug, Project.status_since, told).where(is_public())


def _day(*moments: datetime | None) -> date | None:
    known = [each for each in moments if each]
    return max(known).astimezone(clock.CITY).date() if known else None
