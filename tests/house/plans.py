"""Watches what a page asks the database, and has the database say how it would find the answer."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite

Asked = dict[str, Any]
SMALL = frozenset({  # what an office sets up, not what people fill
    "theme", "district", "round", "round_fact", "round_change", "district_shape", "shape_set", "criterion",
    "panel_member", "deciding_body",
    "affiliation", "partnership", "conflict_declaration",  # who belongs to which organisation; read beside few projects
})
OF_A_QUERY = re.compile(r"SCAN (\(|anon_|\d+ CONSTANT|CONSTANT)")


@contextmanager
def watched() -> Iterator[Asked]:
    """Collect every SELECT that is asked inside, once each, with the values of its first time."""
    asked: Asked = {}

    def listen(line: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.setdefault(statement, values)

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", listen)


def whole_tables(asked: Asked) -> list[str]:
    """Return "table: statement" for each large table of which every row would be looked at."""
    with db.engine.connect() as line:
        if is_sqlite():
            return [f"{table}: {statement}" for statement, values in asked.items()
                    for table in _on_sqlite(line, statement, values)]
        line.exec_driver_sql("SET enable_seqscan = off")
        return [f"{table}: {statement}" for statement, values in asked.items()
                for table in _on_postgresql(line, statement, values) if table not in SMALL]


def _on_sqlite(line: sa.Connection, statement: str, values: Any) -> Iterator[str]:
    """A table may be walked in the order in which it is shown, by its number or an index, where the walk soon ends.

    So may an index of the few rows that are still open. Of several questions in one nobody can say which walk ends.
    """
    few = line.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'").scalars()
    partial = frozenset(few)
    steps = [row[3] for row in line.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    spoken = " ".join(statement.split())
    ends = " LIMIT " in spoken and "UNION ALL" not in spoken and not any("FOR ORDER BY" in step for step in steps)
    for step in steps:
        if step.startswith("SCAN") and not OF_A_QUERY.match(step) and "VIRTUAL TABLE INDEX" not in step:
            table = step.split()[1]
            if table not in SMALL and not ends and step.split()[-1] not in partial:
                yield table


def _on_postgresql(line: sa.Connection, statement: str, values: Any) -> Iterator[str]:
    found = line.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    yield from _nodes((found if isinstance(found, list) else json.loads(found))[0]["Plan"])


def _nodes(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for each in node.get("Plans", ()):
        yield from _nodes(each)
