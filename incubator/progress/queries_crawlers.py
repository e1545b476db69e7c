"""Which public pages there are, for machines that look for them; three queries."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.programme.models import District, Round, RoundState
from incubator.progress.crawlers import Place
from incubator.progress.queries_cards import is_public
from incubator.projects.models import Project

ALWAYS = (
    "progress.home", "progress.projects", "progress.districts", "record.show", "progress.accessibility",
    "progress.imprint", "progress.privacy",
)
BEFORE = datetime.min.replace(tzinfo=UTC)
MOST_PROJECTS = 5000  # three languages each: well below the fifty thousand entries a sitemap may have


def places() -> list[Place]:
    """Return every public page that should be found; a project's money and history are linked from its own."""
    rounds = db.session.scalars(sa.select(Round.slug).where(Round.state != RoundState.DRAFT).order_by(Round.id))
    districts = db.session.scalars(sa.select(District.slug).order_by(District.slug))
    return [
        *(Place(endpoint) for endpoint in ALWAYS),
        *(Place("progress.round", slug) for slug in rounds),
        *(Place("progress.district", slug) for slug in districts),
        *_projects(),
    ]


def _projects() -> list[Place]:
    told = (
        sa.select(Update.project_id, sa.func.max(Update.published_at).label("at"))
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(
            Update.state == UpdateState.PUBLISHED,
            sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED),
        )
        .group_by(Update.project_id).subquery()
    )
    rows = db.session.execute(
        sa.select(Project.slug, Project.status_since, told.c.at)
        .outerjoin(told, told.c.project_id == Project.id)
        .where(is_public()).order_by(Project.id.desc()).limit(MOST_PROJECTS)
    )
    return [Place("progress.project", row.slug, _day(max(row.status_since, row.at or BEFORE))) for row in rows]


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.CITY).date()
