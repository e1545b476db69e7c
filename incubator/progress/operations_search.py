"""Keep the index of public words as the rows are."""

from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite
from incubator.milestones.models import Update
from incubator.progress.models import Kind, SearchText
from incubator.progress.queries_passages import SOURCES, Thing, public, things
from incubator.progress.rules_search import FOLDING, tokens

BATCH = 100
BEGUN = 0
INDEX_LOCK = 7_403_002


def is_begun() -> bool:
    """Say whether there is an index to keep; before that, one thing alone in it would look like the whole."""
    return db.session.scalar(sa.select(SearchText.id).where(SearchText.kind == Kind.INDEX).limit(1)) is not None


def is_whole() -> bool:
    """Say whether everything was written down once, by the rules of folding that hold today."""
    return db.session.scalar(sa.select(SearchText.id).where(
        SearchText.kind == Kind.INDEX, SearchText.subject_id == FOLDING,
    )) is not None


def index(kind: Kind, ids: Iterable[int]) -> int:
    """Write down what these things say now, and forget those that nobody may find any more."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        _index(kind, wanted[start:start + BATCH])
    return len(wanted)


def index_projects(ids: Collection[int]) -> None:
    """Write down projects with their news."""
    index(Kind.PROJECT, ids)
    index(Kind.UPDATE, db.session.scalars(sa.select(Update.id).where(Update.project_id.in_(list(ids)))))


def _hold() -> None:
    """Let one writer after the other see the rows, so that an older look never replaces a newer one."""
    if not is_sqlite():
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(INDEX_LOCK)))


def _index(kind: Kind, ids: list[int]) -> None:
    _hold()
    there = {row.subject_id: row for row in db.session.scalars(
        sa.select(SearchText).where(SearchText.kind == kind, SearchText.subject_id.in_(ids))
    )}
    found = things(kind, ids)
    gone = [row.id for number, row in there.items() if number not in found]
    if gone:
        db.session.execute(sa.delete(SearchText).where(SearchText.id.in_(gone)))
    for number, thing in sorted(found.items()):
        said = _tokens(kind, thing)
        if number not in there:
            db.session.add(SearchText(kind=kind, subject_id=number, project_id=thing.project_id, tokens=said))
        elif there[number].tokens != said:
            there[number].tokens = said
    db.session.flush()


def _tokens(kind: Kind, thing: Thing) -> str:
    return tokens(SOURCES[kind].mark, ((piece.text, piece.is_title) for piece in thing.pieces))


def begin() -> None:
    """Say that the index is being made: from now on changes are written down as they happen."""
    _hold()
    _say_how_far(BEGUN)


def finish() -> None:
    """Forget what is not public any more, and say that the index is whole."""
    _hold()
    for kind in SOURCES:
        there = sa.select(SOURCES[kind].model.id).where(public(kind))
        db.session.execute(sa.delete(SearchText).where(
            SearchText.kind == kind, SearchText.subject_id.not_in(there)
        ).execution_options(synchronize_session=False))
    _say_how_far(FOLDING)


def _say_how_far(folding: int) -> None:
    db.session.execute(sa.delete(SearchText).where(SearchText.kind == Kind.INDEX))
    db.session.add(SearchText(kind=Kind.INDEX, subject_id=folding, tokens=""))
    db.session.flush()


def batches() -> Iterator[tuple[Kind, list[int]]]:
    """Give all that is public, oldest first, some at a time."""
    for kind in SOURCES:
        model, after = SOURCES[kind].model, 0
        while ids := list(db.session.scalars(
            sa.select(model.id).where(model.id > after, public(kind)).order_by(model.id).limit(BATCH)
        )):
            yield kind, ids
            after = ids[-1]
