"""Take rows away with everything that hangs on them: other rows, translations, what search knows of them, files."""

import functools
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from incubator.documents import store as documents
from incubator.foundation.database import db
from incubator.foundation.transaction import after_commit
from incubator.media import store as media
from incubator.progress.models import SearchText
from incubator.wording.models import Translation, TranslationDraft

STORES: dict[str, Callable[[str], None]] = {
    "photo": media.remove, "paper": media.remove, "document": documents.remove,
}


def remove(table: sa.Table, condition: sa.ColumnElement[bool]) -> int:
    """Delete rows, those that cannot be without them first; where a row may be without, only its pointer goes."""
    rows = sa.select(sa.true()).select_from(table).where(condition)
    if db.session.scalar(rows.limit(1)) is None:
        return 0
    let_go(table, condition)
    forget_words(table, condition)
    _forget_files(table, condition)
    gone = db.session.execute(sa.delete(table).where(condition).execution_options(synchronize_session=False))
    db.session.expire_all()
    return int(gone.rowcount)  # type: ignore[attr-defined]


def let_go(table: sa.Table, condition: sa.ColumnElement[bool]) -> None:
    """Take away what cannot be without these rows, and the pointers of what can; the rows themselves stay."""
    for other in db.metadata.sorted_tables:
        for column in other.columns:
            for key in column.foreign_keys:
                if key.column.table is table:
                    _let_go(other, column, sa.select(key.column).where(condition))


def _let_go(other: sa.Table, column: sa.Column[Any], chosen: sa.Select[Any]) -> None:
    if column.nullable:
        db.session.execute(sa.update(other).where(column.in_(chosen)).values({column.name: None}))
    else:
        remove(other, column.in_(chosen))


def forget_words(table: sa.Table, condition: sa.ColumnElement[bool]) -> None:
    """Forget translations and search words of rows; nothing in the database ties those to them."""
    if "id" not in table.c:
        return
    ids = sa.select(table.c.id).where(condition)
    for words in (Translation, TranslationDraft):
        db.session.execute(sa.delete(words).where(words.owner_type == table.name, words.owner_id.in_(ids))
                           .execution_options(synchronize_session=False))
    db.session.execute(sa.delete(SearchText).where(SearchText.kind == table.name, SearchText.subject_id.in_(ids))
                       .execution_options(synchronize_session=False))


def _forget_files(table: sa.Table, condition: sa.ColumnElement[bool]) -> None:
    """Take the files away once it is certain that their rows are gone."""
    if (store := STORES.get(table.name)) is None:
        return
    for key in db.session.scalars(sa.select(table.c.key).where(condition, table.c.key.is_not(None))).all():
        after_commit(functools.partial(store, key))
