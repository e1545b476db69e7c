"""In which state the database is: between two equal states nobody has changed a row, by whatever way."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from incubator.foundation import clock
from incubator.foundation.database import sqlite

VISIBLE = ("SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text "
           "ELSE pg_current_snapshot()::text END")


@dataclass(frozen=True)
class Stamp:
    """What a page was drawn from: the rows, the day in the city, and the minute for pages that look at it."""

    rows: str
    day: str
    minute: str

    @property
    def without_minute(self) -> tuple[str, str]:
        return self.rows, self.day


class Watch(Protocol):
    def rows(self) -> str: ...


class SqliteWatch:
    """Asks on a connection of its own, which never writes: SQLite counts there what all others have stored.

    The count means something on this connection only, so that a process never shares what it drew.
    """

    def __init__(self, path: str) -> None:
        self.path, self.process = path, 0
        self.connection: Any = None

    def rows(self) -> str:
        if self.process != os.getpid():  # a connection must not cross a fork
            self.connection, self.process = sqlite.connect(self.path, check_same_thread=False), os.getpid()
        return f"{id(self.connection)}.{self.connection.execute('PRAGMA data_version').fetchone()[0]}"


class PostgresqlWatch:
    """Asks which transactions a reader would see now; that is the same on every machine.

    A standby is asked how far it has come instead: its snapshots do not name every transaction that is under way.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    def rows(self) -> str:
        with self.engine.connect() as connection:
            return str(connection.execute(sa.text(VISIBLE)).scalar_one())


class State:
    """Reads the state; None where the database does not answer, or is one that nobody can watch."""

    def __init__(self, find: Callable[[], Watch | None]) -> None:
        self.find, self.lock = find, threading.Lock()
        self.watch: Watch | None = None

    def read(self) -> Stamp | None:
        moment = clock.unwatched_now().astimezone(clock.CITY)
        try:
            with self.lock:
                self.watch = self.watch or self.find()
                rows = self.watch.rows() if self.watch else None
        except (sqlite.Error, sa.exc.SQLAlchemyError):
            self.watch = None
            return None
        return Stamp(rows, moment.date().isoformat(), moment.isoformat(timespec="minutes")) if rows else None


def watch_over(engine: Engine) -> Watch | None:
    if engine.dialect.name == "postgresql":
        return PostgresqlWatch(engine)
    path = engine.url.database
    return SqliteWatch(path) if path and path != ":memory:" else None
