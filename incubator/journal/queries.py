"""What the book says."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal.models import Checkpoint, Delivery, Entry
from incubator.journal.rules import moment_text
from incubator.journal.verifier import Checkpoint as Signed


def of_project(project_id: int, actions: Sequence[str] | None = None, *, limit: int = 200) -> Sequence[Entry]:
    chosen = sa.select(Entry).where(Entry.project_id == project_id)
    if actions is not None:
        chosen = chosen.where(Entry.action.in_(actions))
    return db.session.scalars(chosen.order_by(Entry.id.desc()).limit(limit)).all()


def has_acted(project_id: int, actor: str | None, actions: Sequence[str]) -> bool:
    """Say whether somebody, known by their seal, once did one of these things in a project."""
    found = sa.select(Entry.id).where(
        Entry.project_id == project_id, Entry.actor == actor, Entry.actor.is_not(None), Entry.action.in_(actions))
    return db.session.scalar(found.limit(1)) is not None


def position() -> int:
    """Return the number of the newest entry: what is shown is as old as this."""
    return db.session.scalar(sa.select(sa.func.max(Entry.id))) or 0


def waiting() -> int:
    return db.session.scalar(sa.select(sa.func.count(Delivery.id)).where(Delivery.done_at.is_(None))) or 0


def newest_checkpoint() -> Checkpoint | None:
    return db.session.scalar(sa.select(Checkpoint).order_by(Checkpoint.id.desc()).limit(1))


def signed_checkpoints() -> list[Signed]:
    """Return the checkpoints as they were signed, oldest first."""
    rows = db.session.scalars(sa.select(Checkpoint).order_by(Checkpoint.id))
    return [
        Signed(row.site, row.number, row.hash, moment_text(row.made_at), row.public_key, row.signature) for row in rows
    ]
