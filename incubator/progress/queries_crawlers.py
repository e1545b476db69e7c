"""Which public pages there are, for machines that look for them; two queries, however many there are."""

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


def number_of_places() -> int:
    """Count the public pages that should be found."""
    found = _kinds().subquery()
    return len(ALWAYS) + int(db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0)


def places(first: int, most: int) -> list[Place]:
    """Return so many public pages from the first on; a project's money and history are linked from its own."""
    own = [Place(endpoint) for endpoint in ALWAYS[first:first + most]]
    found = _kinds().order_by(sa.text("place"), sa.text("id"))
    rest = found.offset(max(0, first - len(ALWAYS))).limit(most - len(own))
    rows = db.session.execute(rest).all() if len(own) < most else []
    return [*own, *(Place(row.endpoint, row.key, _day(row.changed, row.told)) for row in rows)]


def _kinds() -> sa.CompoundSelect[Any]:
    text = sa.String()
    return sa.union_all(*(
        query.add_columns(sa.literal(place).label("place"), sa.literal(endpoint).label("endpoint"))
        for place, (endpoint, query) in enumerate((
            ("progress.round", _rows(Round, Round.slug).where(Round.state != RoundState.DRAFT)),
            ("progress.district", _rows(District, District.slug)),
            ("themes.theme", _rows(Theme, Theme.slug)),
            ("voices.need", _rows(NeedEvidence, sa.cast(NeedEvidence.id, text), NeedEvidence.recorded_at)),
            ("voices.workshop", _rows(Workshop, Workshop.slug, Workshop.changed_at).where(is_told(Workshop.round_id))),
            ("voices.idea", _rows(Idea, sa.cast(Idea.id, text), Idea.given_at, Idea.ended_at).where(idea_is_public())),
            ("progress.project", _projects()),
        ))
    ))


def _rows(kind: Any, key: Any, changed: Any = NEVER, told: Any = NEVER) -> sa.Select[Any]:
    return sa.select(kind.id.label("id"), key.label("key"), changed.label("changed"), told.label("told"))


def _projects() -> sa.Select[Any]:
    told = (
        sa.select(Update.project_id, sa.func.max(Update.published_at).label("at"))
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(
            Update.state == UpdateState.PUBLISHED,
            sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED),
        )
        .group_by(Update.project_id).subquery()
    )
    query = _rows(Project, Project.slug, Project.status_since, told.c.at)
    return query.outerjoin(told, told.c.project_id == Project.id).where(is_public())


def _day(*moments: datetime | None) -> date | None:
    known = [each for each in moments if each]
    return max(known).astimezone(clock.CITY).date() if known else None
