"""Keep a translation beside its original."""

import hashlib

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
