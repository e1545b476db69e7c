"""Addresses of partners' systems, and which of them wants to hear."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.dispatch.models import Post, PostKind
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.hooks.models import Hook
from incubator.organisations.models import Organisation
from incubator.organisations.queries import contacts
from incubator.partners.models import Partnership
from incubator.projects.models import Project


def hook(hook_id: int) -> Hook | None:
    """Return an address that knows who speaks for its organisation today, as the policy asks."""
    found = db.session.get(Hook, hook_id)
    if found is not None and found.organisation_id:
        found.contact_ids = frozenset(each.id for each in contacts(found.organisation_id, clock.today()))
    return found


def hooks(organisation_id: int | None = None) -> Sequence[Hook]:
    """Return all, or those of an organisation, those that still hear first."""
    query = sa.select(Hook).order_by(Hook.ended_at.is_not(None), Hook.id.desc())
    return db.session.scalars(query.where(Hook.organisation_id == organisation_id) if organisation_id else query).all()


def organisation_names() -> dict[int, str]:
    rows = db.session.execute(sa.select(Organisation.id, Organisation.name).order_by(Organisation.name))
    return {row.id: row.name for row in rows}


def number_of_hooks(organisation_id: int | None = None) -> int:
    """Return how many still hear: all, or those of an organisation."""
    query = sa.select(sa.func.count(Hook.id)).where(Hook.ended_at.is_(None))
    return db.session.scalar(query.where(Hook.organisation_id == organisation_id) if organisation_id else query) or 0


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
    """Return a message that knows who speaks for the organisation whose address it went to."""
    post: Any = db.session.get(Post, post_id)
    if post is None or post.kind is not PostKind.HOOK:
        return None
    sent_to = hook(post.sender_id)
    post.contact_ids = sent_to.contact_ids if sent_to else frozenset()
    return post  # type: ignore[no-any-return]
