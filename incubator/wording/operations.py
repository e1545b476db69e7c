"""Keep a translation beside its original."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.wording.models import Origin, Translation


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def translate(owner_type: str, owner_id: int, field: str, language: str, text: str, *, of: str, origin: Origin) -> None:
    """Store or replace the translation of one passage; `of` is the original it was made from."""
    found = db.session.scalar(
        sa.select(Translation).where(
            Translation.owner_type == owner_type, Translation.owner_id == owner_id,
            Translation.field == field, Translation.language == language,
        )
    )
    if found is None:
        found = Translation(owner_type=owner_type, owner_id=owner_id, field=field, language=language)
        db.session.add(found)
    found.text, found.origin, found.source_hash = text, origin, fingerprint(of)


def forget(owner_type: str, owner_id: int, fields: Collection[str] | None = None) -> None:
    """Delete the translations of some passages of a row, or of all."""
    gone = sa.delete(Translation).where(Translation.owner_type == owner_type, Translation.owner_id == owner_id)
    db.session.execute(gone if fields is None else gone.where(Translation.field.in_(fields)))


@contextmanager
def reworded(owner_type: str, row: Any, *fields: str) -> Iterator[None]:
    """Change a row's passages inside: translations of what reads otherwise afterwards go, they say what stood there.

    Where its language changes, all of these go.
    """
    before = {name: getattr(row, name) for name in fields}
    yield
    changed = [name for name in fields if getattr(row, name) != before[name]]
    if changed:
        forget(owner_type, row.id, fields if "language" in changed else changed)
