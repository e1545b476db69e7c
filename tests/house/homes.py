"""A second program over a second database of the same kind, for backups and migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask
import pytest
import sqlalchemy as sa

from incubator import create_app
from incubator.foundation import jobs
from incubator.foundation.database import db
from tests import servers


@contextmanager
def second_home(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[flask.Flask]:
    """Build the program over a database without a single table; its context is entered."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"sqlite:///{folder / 'second.db'}"
    if kind == "postgresql":
        address = servers.create_database(request.getfixturevalue("postgresql"), "second")
    app = create_app({"SECRET_KEY": "second", "RECORD_KEY": None, "SQLALCHEMY_DATABASE_URI": address,
                      "INSTANCE": folder, "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TESTING": True})
    first = jobs._app
    try:
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        if first is not None:
            jobs.set_up(first)


def schema(line: sa.Connection) -> dict[str, Any]:
    """Describe every table so that two databases can be compared."""
    seen = sa.inspect(line)
    return {
        table: {
            "columns": {each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in
                        seen.get_columns(table)},
            "primary key": tuple(seen.get_pk_constraint(table)["constrained_columns"]),
            "foreign keys": {
                (each["name"], *each["constrained_columns"], each["referred_table"], *each["referred_columns"])
                for each in seen.get_foreign_keys(table)
            },
            "uniques": {(each["name"], tuple(each["column_names"])) for each in seen.get_unique_constraints(table)},
            "checks": {(each["name"], " ".join(each["sqltext"].split())) for each in seen.get_check_constraints(table)},
            "indexes": {
                (each["name"], tuple(each["column_names"]), bool(each["unique"]), _where(each))
                for each in seen.get_indexes(table)
            },
        }
        for table in seen.get_table_names() if table != "alembic_version"
    }


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def triggers(line: sa.Connection) -> set[str]:
    question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if line.dialect.name == "postgresql":
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(line.execute(sa.text(question)).scalars())


def rows(line: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    return {
        table.name: sorted((tuple(row) for row in line.execute(sa.select(table))), key=repr)
        for table in db.metadata.sorted_tables
    }
