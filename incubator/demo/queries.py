"""Who can be met in the demo city, and the letters it wrote."""

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.letters.models import Letter
from incubator.projects.models import Participation, Project

LETTERS = 30


def faces() -> list[tuple[str, str]]:
    """Return (name, what they are) of everyone with a role or a project."""
    parts: dict[int, list[str]] = {}
    rows = db.session.execute(
        sa.select(Participation.person_id, Participation.kind, Project.title)
        .join(Project, Project.id == Participation.project_id)
        .where(Participation.until.is_(None))
        .order_by(Participation.id)
    )
    for person_id, kind, title in rows:
        parts.setdefault(person_id, []).append(f"{kind.label}: {title}")
    people = db.session.scalars(
        sa.select(Person).where(Person.mail.like("%@example.org")).options(selectinload(Person.grants))
        .order_by(Person.id))
    return [
        (person.name, "; ".join([*(str(role.label) for role in sorted(person.roles)), *parts.get(person.id, [])]))
        for person in people
    ]


def letters(before: int | None = None) -> Page:
    """Return the newest letters first."""
    chosen = sa.select(Letter).order_by(Letter.id.desc()).limit(LETTERS + 1)
    if before is not None:
        chosen = chosen.where(Letter.id < before)
    return page_of(db.session.scalars(chosen).all(), LETTERS)


def letter(letter_id: int) -> Letter | None:
    return db.session.get(Letter, letter_id)
