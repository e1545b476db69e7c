"""Keys, and what was answered to writes with them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from incubator.accounts.models import Person
from incubator.accounts.queries import token_hash
from incubator.api.models import ApiAnswer, ApiKey
from incubator.api.rules import TOKEN
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.milestones.models import Milestone
from incubator.projects import queries as projects
from incubator.projects.models import TEAM, Part, Participation, Project


def key(key_id: int) -> ApiKey:
    return db.session.get_one(ApiKey, key_id)


def keys(person_id: int) -> Sequence[ApiKey]:
    """Return a person's keys that nobody ended, the newest first; some may be over."""
    return db.session.scalars(
        sa.select(ApiKey).where(ApiKey.person_id == person_id, ApiKey.ended_at.is_(None)).order_by(ApiKey.id.desc())
    ).all()


def key_of(token: str) -> tuple[ApiKey, Person] | None:
    """Return the key that holds and whose it is; None for any other word, and where the account is closed."""
    if not TOKEN.fullmatch(token):
        return None
    found = db.session.execute(
        sa.select(ApiKey, Person).join(Person, Person.id == ApiKey.person_id).where(
            ApiKey.token_hash == token_hash(token), ApiKey.ended_at.is_(None), ApiKey.expires_at > clock.now(),
            Person.is_active, Person.erased_at.is_(None),
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def answer(key_id: int, word: str) -> ApiAnswer | None:
    return db.session.scalar(sa.select(ApiAnswer).where(ApiAnswer.api_key_id == key_id, ApiAnswer.key == word))


def project(slug: str) -> Project | None:
    number = db.session.scalar(sa.select(Project.id).where(Project.slug == slug))
    return projects.project(number) if number is not None else None


def own_projects(person_id: int, after: int | None, size: int) -> Page:
    """Return the projects in which somebody works or which they accompany today, the newest first."""
    query = sa.select(Project).where(Project.id.in_(_own(person_id))).order_by(Project.id.desc()).limit(size + 1)
    return page_of(db.session.scalars(query.where(Project.id < after) if after else query).unique().all(), size)


def own_milestones(person_id: int, slug: str, after: int | None, size: int) -> Page:
    """Return the milestones of those projects, the newest first."""
    query = (
        sa.select(Milestone).join(Milestone.project).options(contains_eager(Milestone.project))
        .where(Milestone.project_id.in_(_own(person_id))).order_by(Milestone.id.desc()).limit(size + 1)
    )
    if slug:
        query = query.where(Project.slug == slug)
    return page_of(db.session.scalars(query.where(Milestone.id < after) if after else query).all(), size)


def _own(person_id: int) -> sa.Select[int]:
    kinds = (*TEAM, Part.MENTOR)
    return sa.select(Participation.project_id).where(
        Participation.person_id == person_id, Participation.until.is_(None), Participation.kind.in_(kinds))
