"""What somebody can write about without a network: their own projects and the milestones that can be reported."""

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.milestones.models import Milestone
from incubator.milestones.rules import REPORTABLE
from incubator.projects.lifecycle import PUBLIC, Status
from incubator.projects.models import TEAM, Participation, Project

MOST = 20


def writable(person: Person) -> list[tuple[Project, list[Milestone]]]:
    """Return the public projects somebody works on, each with what can be reported now; two queries."""
    mine = sa.select(Participation.project_id).where(
        Participation.person_id == person.id, Participation.until.is_(None), Participation.kind.in_(TEAM))
    projects = db.session.scalars(sa.select(Project).where(
        Project.id.in_(mine), Project.status.in_(PUBLIC),
    ).order_by(Project.id.desc()).limit(MOST)).all()
    milestones = db.session.scalars(sa.select(Milestone).where(
        Milestone.project_id.in_([each.id for each in projects if each.status is Status.ACTIVE]),
        Milestone.status.in_(REPORTABLE),
    ).order_by(Milestone.due_on, Milestone.id)).all()
    return [(each, [one for one in milestones if one.project_id == each.id]) for each in projects]
