"""Rows read and written while others wait: with as few statements as may be, each put into words once.

What the session does by itself weighs which row must come before which; where one row is written, that takes longer
than writing it.
"""

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from incubator.foundation.database import Row, db, is_sqlite


def hold_below(row: Row, owner: str) -> Row:
    """Hold the row that another belongs to, named by its relationship, and then that one; both are read again.

    One question on SQLite, where nobody else writes; two on PostgreSQL, so that the owner is held first.
    """
    kind: Any = type(row)
    db.session.flush()
    found = [db.session.execute(question, {"id": number_of(row)}).one()
             for question in _below(kind, owner, is_sqlite())]
    set_committed_value(row, owner, found[0][-1])
    return row


@functools.cache
def _below(kind: Any, owner: str, at_once: bool) -> list[sa.Select[Any]]:
    link = getattr(kind, owner)
    above, mine = link.property.entity.class_, kind.id == sa.bindparam("id")
    fresh = {"populate_existing": True}
    if at_once:
        return [sa.select(kind, above).join(link).where(mine).execution_options(**fresh)]
    (number,) = link.property.local_columns
    first = sa.select(above).where(above.id == sa.select(number).where(mine).scalar_subquery())
    return [each.with_for_update(of=of).execution_options(**fresh)
            for each, of in ((first, above), (sa.select(kind).where(mine), kind))]


def number_of(row: Any) -> int:
    """Return the number of a row that is stored, without reading it again."""
    return int(sa.inspect(row).identity[0])


def fact_of(row: Any, name: str) -> Any:
    """Return one column of a row, None where there is no row; where it must be read again, then it alone."""
    state = sa.inspect(row, raiseerr=False)
    if state is None or name not in state.expired_attributes:
        return getattr(row, name, None)
    kind: Any = type(row)
    return db.session.connection().execute(_fact(kind, name), {"id": number_of(row)}).scalar_one()


@functools.cache
def _fact(kind: Any, name: str) -> sa.Select[Any]:
    return sa.select(getattr(kind, name)).where(kind.id == sa.bindparam("id"))


def put(row: Row) -> Row:
    """Store a new row at once and let the session know it as stored; what it leads to is said by numbers."""
    kind: Any = type(row)
    given: Any = sa.inspect(row).dict
    values = {**_defaults(kind), **{name: given[name] for name in given.keys() & sa.inspect(kind).columns.keys()}}
    stored: Any = db.session.connection().execute(_new(kind), values).inserted_primary_key
    for name, value in {**values, "id": stored[0]}.items():
        set_committed_value(row, name, value)
    make_transient_to_detached(row)
    db.session.add(row)
    return row


def change(row: Any, **values: Any) -> None:
    """Store some columns of a row at once; refused like every change where somebody else has changed it meanwhile."""
    before = row.version
    kind: Any = type(row)
    sent = {**values, "version": before + 1}
    done = db.session.connection().execute(_changed(kind, tuple(sent)), {
        **{f"new_{name}": value for name, value in sent.items()}, "number": number_of(row), "before": before})
    if done.rowcount != 1:
        raise StaleDataError(f"{row.__tablename__} was changed by somebody else")
    for name, value in sent.items():
        set_committed_value(row, name, value)


@functools.cache
def _defaults(kind: Any) -> dict[str, Any]:
    """Return what stands in the columns of a new row where nothing is said, as far as it need not be made up."""
    columns = [each for each in sa.inspect(kind).columns if not each.primary_key]
    first = {each.key: each.default.arg if each.default else None for each in columns
             if each.default is None or each.default.is_scalar}
    return first | {each.key: 1 for each in columns if each is sa.inspect(kind).version_id_col}


@functools.cache
def _new(kind: Any) -> sa.Insert:
    return sa.insert(sa.inspect(kind).local_table)


@functools.cache
def _changed(kind: Any, names: tuple[str, ...]) -> sa.Update:
    table = sa.inspect(kind).local_table
    return (sa.update(table).where(table.c.id == sa.bindparam("number"), table.c.version == sa.bindparam("before"))
            .values({name: sa.bindparam(f"new_{name}") for name in names}))
