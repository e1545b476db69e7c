"""Whose turn it is: of all workers, on however many machines, one at a time does the same periodic work.

PostgreSQL holds the turn for as long as the connection lives, the system for as long as a file is open: whoever is
killed has given it back.
"""

import fcntl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import flask
import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite

OURS = 7_403_002  # beside the journal's: PostgreSQL knows its locks by numbers alone


def number_of(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31


@contextmanager
def turn(name: str, *, is_once: bool = False) -> Iterator[bool]:
    """Hold the turn for the work of that name; False where somebody else is at it.

    `is_once` says that this name does not come again, so that nothing of it is kept.
    """
    with _file(name, is_once) if is_sqlite() else _row(name) as is_mine:
        yield is_mine


def leased(what: str, lease: datetime) -> AbstractContextManager[bool]:
    """Hold the turn of messages that are leased until a moment, for as long as they are sent."""
    return turn(f"{what} until {lease:%Y-%m-%dT%H-%M-%S.%f}", is_once=True)


def left_behind(what: str, leases: Iterable[datetime]) -> list[datetime]:
    """Return leases that nobody holds any more: who had taken these was killed, whatever the clock says."""
    return [each for each in leases if _is_nobodys(what, each)]


def _is_nobodys(what: str, lease: datetime) -> bool:
    with leased(what, lease) as is_free:
        return is_free


@contextmanager
def _file(name: str, is_once: bool) -> Iterator[bool]:
    folder = Path(flask.current_app.config["INSTANCE"]) / "turns"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("a") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            if is_once:
                (folder / name).unlink(missing_ok=True)


@contextmanager
def _row(name: str) -> Iterator[bool]:
    given = {"ours": OURS, "name": number_of(name)}
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        is_mine = bool(line.execute(sa.text("SELECT pg_try_advisory_lock(:ours, :name)"), given).scalar_one())
        try:
            yield is_mine
        finally:
            if is_mine:
                _give_back(line, given)


def _give_back(line: sa.Connection, given: dict[str, int]) -> None:
    try:
        line.execute(sa.text("SELECT pg_advisory_unlock(:ours, :name)"), given)
    except sa.exc.DBAPIError:  # the connection is gone, and the turn with it
        line.invalidate()
