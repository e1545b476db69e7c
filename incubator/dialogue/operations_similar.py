"""Keep the groups of letters by which similar ideas are found."""

import sqlalchemy as sa

from incubator.dialogue import rules_similar
from incubator.dialogue.models import Idea, IdeaTrigram
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

BATCH = 1000


def index(idea: Idea) -> None:
    """Write down what the title says now, in the same transaction."""
    db.session.flush()
    _write({idea.id: idea.title})


def _write(titles: dict[int, str]) -> None:
    db.session.execute(sa.delete(IdeaTrigram).where(IdeaTrigram.idea_id.in_(list(titles)))
                       .execution_options(synchronize_session=False))
    rows = [
        {"trigram": each, "idea_id": number}
        for number, title in sorted(titles.items()) for each in sorted(rules_similar.kept(title))
    ]
    if rows:
        db.session.execute(sa.insert(IdeaTrigram), rows)


def reindex() -> int:
    """Write everything down anew, some in each transaction, and return how many ideas that were."""
    number, after = 0, 0
    while titles := _titles(Idea.id > after):
        with transaction():
            _write(titles)
        number, after = number + len(titles), max(titles)
    return number


def index_missing() -> int:
    """Write down some ideas of which nothing is kept yet: after an update or a restore."""
    known = sa.select(IdeaTrigram.idea_id).where(IdeaTrigram.idea_id == Idea.id).exists()
    titles = _titles(~known)
    if titles:
        _write(titles)
    return len(titles)


def _titles(wanted: sa.ColumnElement[bool]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Idea.id, Idea.title).where(wanted).order_by(Idea.id).limit(BATCH))
    return {row.id: row.title for row in rows}
