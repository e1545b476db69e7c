"""Photos whose people agreed for a time that is nearly over."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.media.models import Photo
from incubator.projects.models import Part, Participation, Project

WARNED = timedelta(days=30)
MANY = 50


@dataclass(frozen=True)
class Ending:
    """A public photo and the last day on which it is shown."""

    photo_id: int
    key: str
    alt: str
    language: str
    until: date
    project_id: int
    project_title: str


def ends(today: date, until: date) -> sa.ColumnElement[bool]:
    """Return the condition that a photo which is shown now would be hidden soon."""
    return sa.and_(Photo.is_public, Photo.shows_people, Photo.withdrawn_at.is_(None),
                   Photo.consent_until.between(today, until))


def ending(today: date) -> list[Ending]:
    """Return photos that would be hidden within a month, the next one first."""
    columns: tuple[Any, ...] = (
        Photo.id, Photo.key, Photo.alt, Photo.alt_language, Photo.consent_until, Project.id, Project.title)
    chosen = (
        sa.select(*columns).join(Project, Project.id == Photo.project_id)
        .where(ends(today, today + WARNED)).order_by(Photo.consent_until, Photo.id)
    )
    return [Ending(*row) for row in db.session.execute(chosen)]


def leads(project_ids: Collection[int]) -> Mapping[int, Sequence[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(Participation.project_id, Person).join(Person, Person.id == Participation.person_id)
        .where(Participation.project_id.in_(project_ids), Participation.kind == Part.LEAD,
               Participation.until.is_(None), Person.is_active)
    )
    for project_id, person in rows:
        found[project_id].append(person)
    return found
