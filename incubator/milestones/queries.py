"""Milestones and updates. What is asked about several projects takes one query, however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.foundation.rows import hold_below
from incubator.foundation.standing import Select, standing
from incubator.journal.queries import of_project
from incubator.media import queries as media
from incubator.media.models import Photo
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateVersion
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

CLOSED = (MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED)
NOT_LATE = (*CLOSED, MilestoneStatus.REPORTED)


@dataclass(frozen=True)
class ProjectPhoto:
    """A photo with the project it belongs to: who may see it depends on both."""

    photo: Photo
    project: Project


def milestone(milestone_id: int) -> Milestone:
    return db.session.get_one(Milestone, milestone_id)


def milestones(project_id: int) -> Sequence[Milestone]:
    """Return the milestones of a project by the day they are due."""
    return db.session.scalars(
        sa.select(Milestone).where(Milestone.project_id == project_id).order_by(Milestone.due_on, Milestone.id)
    ).all()


def held(milestone: Milestone) -> Milestone:
    """Return a milestone read again, its project kept from others until the transaction ends."""
    return hold_below(milestone, "project")


def overdue(today: date) -> Sequence[Milestone]:
    """Return what is late in projects under way, the latest first, with their projects."""
    return db.session.scalars(
        sa.select(Milestone)
        .join(Milestone.project)
        .where(Milestone.due_on < today, Milestone.status.not_in(NOT_LATE), Project.status == Status.ACTIVE)
        .options(joinedload(Milestone.project).selectinload(Project.participations))
        .order_by(Milestone.due_on, Milestone.id)
    ).all()


def finished_projects(today: date) -> Sequence[int]:
    """Return active projects whose period is over, or whose milestones are all reached or cancelled."""
    some = sa.exists().where(Milestone.project_id == Project.id)
    still_open = sa.exists().where(Milestone.project_id == Project.id, Milestone.status.not_in(CLOSED))
    last_day = sa.func.coalesce(Project.ends_on, Round.period_until)
    return db.session.scalars(
        sa.select(Project.id)
        .join(Project.round)
        .where(Project.status == Status.ACTIVE, sa.or_(last_day < today, sa.and_(some, ~still_open)))
        .order_by(Project.id)
    ).all()


def update(update_id: int) -> Update:
    return db.session.get_one(Update, update_id)


def update_of(project_id: int, update_id: int) -> Update | None:
    """Return an update of this project and of no other."""
    return db.session.scalar(sa.select(Update).where(Update.id == update_id, Update.project_id == project_id))


@standing
def reports(milestone_id: int) -> Select:
    """Return the numbers of the updates that tell of a milestone: none before it was reported."""
    return sa.select(Update.id).where(Update.milestone_id == milestone_id)


def report_of(milestone_id: int) -> Update | None:
    """Return the update that tells of a milestone, a draft until the mentor accepts it."""
    return db.session.scalar(
        sa.select(Update)
        .where(Update.milestone_id == milestone_id)
        .options(selectinload(Update.photos))
        .order_by(Update.id.desc())
        .limit(1)
    )


def updates(project_id: int, *, limit: int = 50) -> Sequence[Update]:
    """Return what the team wrote, published or not, the newest first."""
    return db.session.scalars(
        sa.select(Update)
        .where(Update.project_id == project_id)
        .options(selectinload(Update.photos), joinedload(Update.milestone))
        .order_by(Update.id.desc())
        .limit(limit)
    ).all()


def versions(update_id: int) -> list[tuple[UpdateVersion, Person]]:
    """Return what an update said before each correction, and who corrected it, the newest first."""
    rows = db.session.execute(
        sa.select(UpdateVersion, Person)
        .join(Person, Person.id == UpdateVersion.replaced_by_id)
        .where(UpdateVersion.update_id == update_id)
        .order_by(UpdateVersion.id.desc())
    )
    return [(row.UpdateVersion, row.Person) for row in rows]


def project_photo(key: str) -> ProjectPhoto | None:
    """Return a photo with its project, unless it was withdrawn."""
    found = media.photo(key)
    owner = db.session.get(Project, found.project_id) if found is not None and found.project_id else None
    return ProjectPhoto(found, owner) if found is not None and owner is not None else None


def is_agreed(project: Project, milestones: Iterable[Milestone]) -> bool:
    """Say whether any of a project's milestones was planned before the project got its present status."""
    planned = of_project(project.id, ["milestone.planned"])
    since = {entry.subject_id for entry in planned if entry.at >= project.status_since}
    return any(each.id not in since for each in milestones)
