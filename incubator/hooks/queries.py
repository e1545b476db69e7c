"""Addresses of partners' systems, and which of them wants to hear."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.dispatch.models import Post, PostKind
from incubator.foundation.database import db
from incubator.hooks.models import Hook
from incubator.organisations.models import Organisation
from incubator.partners.models import Partnership
from incubator.projects.models import Project


def hook(hook_id: int) -> Hook | None:
    return db.session.get(Hook, hook_id)


def hooks() -> Sequence[Hook]:
    """Return all, those that still hear first."""
    return db.session.scalars(sa.select(Hook).order_by(Hook.ended_at.is_not(None), Hook.id.desc())).all()


def organisation_names() -> dict[int, str]:
    rows = db.session.execute(sa.select(Organisation.id, Organisation.name).order_by(Organisation.name))
    return {row.id: row.name for row in rows}


def number_of_hooks() -> int:
    return db.session.scalar(sa.select(sa.func.count(Hook.id)).where(Hook.ended_at.is_(None))) or 0


def hearing(topic: str, project: Project) -> list[Hook]:
    """Return who wants to hear of a project: those of all, and those of organisations that take part in it."""
    takes_part = sa.select(Partnership.organisation_id).where(
        Partnership.project_id == project.id, Partnership.until.is_(None))
    found = db.session.scalars(sa.select(Hook).where(
        Hook.ended_at.is_(None),
        sa.or_(Hook.organisation_id.is_(None), Hook.organisation_id == project.carrier_id,
               Hook.organisation_id.in_(takes_part)),
    ).order_by(Hook.id))
    return [each for each in found if topic in each.events]


def message(post_id: int) -> Post | None:
    post = db.session.get(Post, post_id)
    return post if post is not None and post.kind is PostKind.HOOK else None
