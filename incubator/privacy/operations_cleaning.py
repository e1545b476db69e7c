"""Make sure that what was deleted is gone from the database's file too, not only from its tables."""

import fcntl
from pathlib import Path

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite
from incubator.privacy.places import instance

MARK = "clean-due"


class Busy(Exception):
    """Somebody still reads what the log of the database holds; the next tick tries again."""


def _mark() -> Path:
    return instance() / MARK


def ask_for_cleaning() -> None:
    _mark().touch()


def is_due() -> bool:
    return _mark().exists()


def clean() -> None:
    """Write the database anew without what was deleted, and empty its log; outside of any transaction.

    The mark goes first: what is deleted while this runs asks for it again.
    """
    _mark().unlink(missing_ok=True)
    db.session.remove()
    try:
        _clean_sqlite() if is_sqlite() else _clean_postgresql()
    except BaseException:
        ask_for_cleaning()
        raise


def _clean_sqlite() -> None:
    """Wait in the queue of writers like everybody; the search index merges first what it only marked as deleted."""
    line = db.engine.raw_connection()
    try:
        with open(f"{db.engine.url.database}.queue", "a") as place:
            fcntl.flock(place, fcntl.LOCK_EX)
            cursor = line.cursor()
            for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchall():
                cursor.execute(f"INSERT INTO \"{name}\" (\"{name}\") VALUES ('optimize')")  # noqa: S608 - our own names
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy and busy[0]:
                raise Busy()
    finally:
        line.close()


def _clean_postgresql() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(sa.text("VACUUM"))
