"""A second database that holds what the first one held at some moment, and the program that reads from both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask
import pytest
import sqlalchemy as sa

from incubator import create_app
from incubator.foundation import jobs
from incubator.foundation.database import db, engine_options, with_driver
from tests import servers
from tests.visitors import Visitor

NAMES = ("SECRET_KEY", "RECORD_KEY", "SQLALCHEMY_DATABASE_URI", "INSTANCE", "REDIS_URL", "SMTP_URL", "FILES_URL",
         "DEMO", "BASE_URL", "SESSION_COOKIE_SECURE", "TRUSTED_HOSTS", "PROXIES", "TESTING", "FORM_SECONDS")


class Copied:
    """The program over both; `catch_up` brings the copy to where the first database is."""

    def __init__(self, app: flask.Flask, url: str) -> None:
        self.app, self.url = app, url
        self.engine = sa.create_engine(with_driver(url), **engine_options(url))
        db.metadata.create_all(self.engine)

    def catch_up(self) -> None:
        db.session.rollback()
        if not self.url.startswith("sqlite"):
            servers.empty(self.engine, [table.name for table in db.metadata.sorted_tables])
        with db.engine.connect() as line, self.engine.begin() as copy:
            if not self.url.startswith("sqlite"):
                copy.execute(sa.text("SET LOCAL session_replication_role = replica"))
            for table in db.metadata.sorted_tables:
                copy.execute(sa.delete(table)) if self.url.startswith("sqlite") else None
                rows = [dict(row) for row in line.execute(sa.select(table)).mappings()]
                if rows:
                    copy.execute(sa.insert(table), rows)

    def say(self, table: str, column: str, value: Any) -> None:
        """Write into the copy alone, so that a page says where it was read."""
        with self.engine.begin() as copy:
            copy.execute(sa.text(f"UPDATE {table} SET {column} = :value"), {"value": value})

    def stranger(self, person: Any = None) -> Visitor:
        return Visitor(self.app, person)


@contextmanager
def copied(request: pytest.FixtureRequest, first: flask.Flask, folder: Path) -> Iterator[Copied]:
    kind = first.config["SQLALCHEMY_DATABASE_URI"].partition(":")[0].partition("+")[0]
    url = f"sqlite:///{folder / 'copy.db'}"
    if kind == "postgresql":
        url = servers.create_database(request.getfixturevalue("postgresql"), "copy")
    app = create_app({name: first.config[name] for name in NAMES} | {"READ_DATABASE_URL": url, "PAGE_CACHE_MB": 8,
                      "PAGE_CACHE_SECONDS": 0})
    here = Copied(app, url)
    try:
        yield here
    finally:
        here.engine.dispose()
        app.extensions["replica"].engine.dispose()
        with app.app_context():
            db.engine.dispose()
        jobs.set_up(first)
