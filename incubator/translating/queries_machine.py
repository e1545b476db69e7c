"""What a machine may be asked for, and what was asked and has not come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.translating.queries_sources import passages
from incubator.wording.models import DraftState, Origin, Translation, TranslationDraft


def missing(language: str, limit: int) -> Sequence[Any]:
    """Return passages of which there is neither a translation nor a draft, those first that most people see."""
    place = passages()
    said = (
        sa.exists().where(kind.owner_type == place.c.kind, kind.owner_id == place.c.owner_id,
                          kind.field == place.c.field, kind.language == language).correlate(place)
        for kind in (Translation, TranslationDraft)
    )
    return db.session.execute(
        sa.select(place.c.kind, place.c.owner_id, place.c.field)
        .where(place.c.language != language, *(~each for each in said))
        .order_by(place.c.rank, place.c.owner_id.desc(), place.c.field).limit(limit)
    ).all()


def is_awaited() -> list[sa.ColumnElement[bool]]:
    """The condition of drafts that a machine still has to fill."""
    return [TranslationDraft.origin == Origin.MACHINE, TranslationDraft.state == DraftState.WRITING,
            TranslationDraft.text == ""]


def due(now: datetime, limit: int) -> Any:
    return (
        sa.select(TranslationDraft).where(*is_awaited(), TranslationDraft.written_at <= now)
        .order_by(TranslationDraft.id).limit(limit).with_for_update(skip_locked=True)
    )


def number_awaited(language: str) -> int:
    return db.session.scalar(
        sa.select(sa.func.count(TranslationDraft.id)).where(*is_awaited(), TranslationDraft.language == language)) or 0
