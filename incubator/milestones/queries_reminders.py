"""What reminders of milestones ask: two queries for the whole programme."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.milestones.models import Milestone
from incubator.milestones.rules import REPORTABLE
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

SAID = ("milestone.planned", "milestone.changed", "milestone.forecast")


def expected_from(today: date) -> Mapping[Project, Sequence[Milestone]]:
    """Return what teams still work at, by project, of projects under way."""
    rows = db.session.scalars(
        sa.select(Milestone)
        .join(Milestone.project)
        .where(Milestone.forecast_on >= today, Milestone.status.in_(REPORTABLE), Project.status == Status.ACTIVE)
        .options(joinedload(Milestone.project).options(
            joinedload(Project.round), joinedload(Project.participations)))
        .order_by(Milestone.project_id, Milestone.id)
    ).unique()
    found: dict[Project, list[Milestone]] = defaultdict(list)
    for each in rows:
        found[each.project].append(each)
    return found


def said_on(milestone_ids: Collection[int]) -> dict[int, date]:
    """Return on which day somebody last said when a milestone is due or expected."""
    rows = db.session.execute(
        sa.select(Entry.subject_id, sa.func.max(Entry.at))
        .where(Entry.subject_type == "milestone", Entry.subject_id.in_(milestone_ids), Entry.action.in_(SAID))
        .group_by(Entry.subject_id)
    )
    return {number: at.astimezone(clock.CITY).date() for number, at in rows}
