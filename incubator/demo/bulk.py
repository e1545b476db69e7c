"""Rows by the hundred thousand: as both databases like them best, and never more in memory than one batch."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite

Row = list[Any]
NOTHING = object()


def _default(column: sa.Column[Any]) -> Any:
    """Return what stands in a column that nothing is said of; what the model computes is said each time."""
    given: Any = column.default
    if given is None:
        return 1 if column.name == "version" else None
    return given.arg(None) if given.is_callable and column.name not in ("public_id", "seal_salt", "seal") else (
        None if given.is_callable else given.arg)


class Sheet:
    """The rows of one table that are still to be written."""

    def __init__(self, table: Any) -> None:
        dialect = db.engine.dialect
        self.table: sa.Table = getattr(table, "__table__", table)
        columns = list(self.table.columns)
        self._place = {column.name: place for place, column in enumerate(columns)}
        self._in: dict[str, Any] = {
            column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns
        }
        self._blank = [self._kept(column.name, _default(column)) for column in columns]
        self._rows: list[Row] = []
        format_ = dialect.identifier_preparer
        self._names = f"{format_.format_table(self.table)} ({', '.join(format_.format_column(c) for c in columns)})"
        self._next = 0

    def _kept(self, name: str, value: Any) -> Any:
        process = self._in[name]
        return process(value) if process is not None and value is not None else value

    def number(self) -> int:
        """Return the id of the next row, which nobody else takes meanwhile: the writer's place is ours."""
        if not self._next:
            newest = db.session.scalar(sa.select(sa.func.max(self.table.c.id)))
            self._next = 1 + (newest or 0)
        self._next += 1
        return self._next - 1

    def add(self, **values: Any) -> None:
        row = self._blank.copy()
        for name, value in values.items():
            row[self._place[name]] = self._kept(name, value)
        self._rows.append(row)

    def new(self, **values: Any) -> int:
        """Add a row with an id of its own and return that."""
        number = self.number()
        self.add(id=number, **values)
        return number

    def write(self) -> int:
        """Send all rows to the database, within the transaction that is open; return how many."""
        rows, self._rows = self._rows, []
        send(self._names, len(self._blank), rows)
        return len(rows)


def send(names: str, width: int, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows, already in the database's own terms, into `table (column, …)`."""
    if not rows:
        return
    line: Any = db.session.connection().connection.cursor()
    if is_sqlite():
        line.executemany(f"INSERT INTO {names} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - our own names
    else:
        with line.copy(f"COPY {names} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    line.close()


def settle(tables: Iterable[sa.Table]) -> None:
    """Let PostgreSQL count on from the ids that were given; both databases look at what is there now."""
    if is_sqlite():
        return
    for table in tables:
        if "id" in table.c:
            name = db.engine.dialect.identifier_preparer.format_table(table)
            db.session.execute(sa.text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"  # noqa: S608
            ))


def look() -> None:
    """Let the database count what there is, so that it plans for many rows; run outside a transaction."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.exec_driver_sql("PRAGMA analysis_limit = 1000" if is_sqlite() else "SELECT 1")
        line.exec_driver_sql("ANALYZE")
