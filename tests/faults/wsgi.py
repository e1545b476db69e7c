"""The program as it is, with faults that are switched on from outside: a file in its folder takes the room away."""

import errno
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from incubator import create_app
from incubator.foundation import folders
from incubator.foundation.database import sqlite
from tests.faults.wsgi_names import NO_ROOM

ENDLESS = 4_294_967_294

app = create_app()
switch = Path(app.config["INSTANCE"]) / NO_ROOM
write = folders.write


@sa.event.listens_for(sa.pool.Pool, "checkout")
def _limit_pages(connection: Any, record: Any, proxy: Any) -> None:
    """Give SQLite not one page more than it has."""
    if isinstance(connection, sqlite.Connection):
        connection.execute(f"PRAGMA max_page_count = {1 if switch.exists() else ENDLESS}")


@sa.event.listens_for(sa.engine.Engine, "before_cursor_execute")
def _refuse_rows(line: Any, cursor: Any, statement: str, *_given: Any) -> None:
    """Say in PostgreSQL's words that its disk is full."""
    if line.dialect.name == "postgresql" and statement.startswith("INSERT") and switch.exists():
        raise sa.exc.OperationalError(statement, None, psycopg.errors.DiskFull("no room left"))


def _write(path: Path, data: bytes) -> None:
    if switch.exists():
        raise OSError(errno.ENOSPC, "no room left")
    write(path, data)


folders.write = _write
