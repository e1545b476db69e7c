"""Which things hold all the words somebody looks for, best first; the one place that speaks to the two indexes."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from incubator.foundation.database import db, is_sqlite
from incubator.progress.models import Kind, SearchText
from incubator.progress.queries_passages import SOURCES, public
from incubator.progress.rules_search import Query

MOST_RANKED = 2000  # of what PostgreSQL finds; it looks up all before it ranks any
Tokens = list[tuple[str, bool]]

_fts = sa.table("search_fts", sa.column("rowid", sa.Integer))
_vector: sa.ColumnClause[Any] = sa.literal_column("search_text.vector")


def hits(kind: Kind, query: Query, among: sa.ColumnElement[bool] | None, limit: int) -> list[int]:
    """Return ids of public things of a kind, best first, then newest, with one query.

    `among` narrows them by their own row. Each step down (see `Query.tiers`) is read off the index newest first and
    only so far as needed, so what it costs does not grow with what there is.
    """
    if not query.words:
        return []
    ids: dict[int, None] = {}
    steps = [
        _step(kind, tokens, among, limit).add_columns(sa.literal(place).label("place")).subquery()
        for place, tokens in enumerate(query.tiers(SOURCES[kind].mark))
    ]
    found = sa.union_all(*(sa.select(step) for step in steps)).subquery()
    rows = db.session.execute(sa.select(found.c.subject_id).order_by(found.c.place, found.c.id.desc()))
    for row in rows:
        ids.setdefault(row.subject_id)
    return list(ids)[:limit]


def _step(kind: Kind, tokens: Tokens, among: sa.ColumnElement[bool] | None, limit: int) -> sa.Select[Any]:
    model = SOURCES[kind].model
    index, number, subject = _sqlite(tokens) if is_sqlite() else _postgresql(tokens)
    query = (
        sa.select(number.label("id"), subject.label("subject_id")).select_from(index)
        .join(model, model.id == subject).where(public(kind))
    )
    if among is not None:
        query = query.where(among)
    return query.order_by(number.desc()).limit(limit)


def _sqlite(tokens: Tokens) -> tuple[Any, Any, Any]:
    """Look into the FTS5 table, which gives its rows newest first as they are asked for."""
    wanted = " AND ".join(f'"{token}"*' if goes_on else f'"{token}"' for token, goes_on in tokens)
    found = sa.and_(SearchText.id == _fts.c.rowid, sa.literal_column("search_fts").op("MATCH")(wanted))
    return sa.join(_fts, SearchText, found), _fts.c.rowid, SearchText.subject_id


def _postgresql(tokens: Tokens) -> tuple[Any, Any, Any]:
    """Look into the GIN index. What it finds is fenced in, else the planner would walk all rows by number."""
    wanted = " & ".join(f"'{token}':*" if goes_on else f"'{token}'" for token, goes_on in tokens)
    found = (
        sa.select(SearchText.id, SearchText.subject_id).where(_vector.op("@@")(sa.cast(wanted, TSQUERY)))
        .limit(MOST_RANKED).subquery()
    )
    return found, found.c.id, found.c.subject_id
