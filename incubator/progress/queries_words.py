"""All the translations a page needs, with one query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.wording.models import Translation
from incubator.wording.queries import Passage, passage


@dataclass(frozen=True)
class Words:
    """Passages in one reader's language."""

    language: str
    found: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def of(self, kind: str, row_id: int, name: str, original: str, written_in: str) -> Passage:
        return passage(original, written_in, self.language, self.found.get((kind, row_id, name)))


def words(language: str, wanted: Mapping[str, Collection[int]]) -> Words:
    """Look up what was translated; `wanted` maps kinds of owners to their ids."""
    owners = [
        sa.and_(Translation.owner_type == kind, Translation.owner_id.in_(list(ids)))
        for kind, ids in wanted.items() if ids
    ]
    if not owners:
        return Words(language)
    rows = db.session.execute(
        sa.select(Translation.owner_type, Translation.owner_id, Translation.field, Translation.text)
        .where(Translation.language == language, sa.or_(*owners))
    )
    return Words(language, {(row.owner_type, row.owner_id, row.field): row.text for row in rows})
