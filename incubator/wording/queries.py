"""Passages in the reader's language, where there is one."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.wording.models import Translation


@dataclass(frozen=True)
class Passage:
    """A text with the language it is in."""

    text: str
    language: str
    is_translation: bool = False

    def __str__(self) -> str:
        return self.text


def translations(owner_type: str, owner_ids: Iterable[int], language: str) -> dict[tuple[int, str], str]:
    """Return {(owner id, field): text} of what was translated into a language, with one query."""
    rows = db.session.execute(
        sa.select(Translation.owner_id, Translation.field, Translation.text).where(
            Translation.owner_type == owner_type,
            Translation.owner_id.in_(list(owner_ids)),
            Translation.language == language,
        )
    )
    return {(row.owner_id, row.field): row.text for row in rows}


def passage(original: str, written_in: str, language: str, translated: str | None) -> Passage:
    """Choose the reader's language where it exists, else the original with its language named."""
    if translated and written_in != language:
        return Passage(translated, language, is_translation=True)
    return Passage(original, written_in)
