"""A copy of the database from which strangers read public pages; nothing but reading is ever done there.

Everybody we know, and whoever sends something, gets the first database. So does everybody while the copy is away, or
further behind than it may be.
"""

import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from incubator.foundation.database import READS_FROM, db, engine_options, sqlite, with_driver
from incubator.foundation.pagecache import COPY
from incubator.foundation.pagecache_state import watch_over

LOOK = 5.0  # seconds between two looks how far it is behind
REST = 15.0  # seconds in which a copy that did not answer, or is too late, is left alone
MOST_BEHIND = 30.0  # seconds
READING = ("GET", "HEAD")
ALWAYS_FIRST = ("healthz", "readyz", "metrics.metrics")


@dataclass
class Standing:
    """How far behind the copy was when it was last looked at; None where it did not answer."""

    steps: int | None = None
    seconds: float = 0.0


class Replica:
    """`newest` counts what was ever written, the same way in both databases."""

    def __init__(self, url: str, first: Engine, newest: sa.Select[Any]) -> None:
        options = engine_options(url)
        if not url.startswith("sqlite"):
            options["connect_args"] = {"connect_timeout": 2}
        self.engine, self.first, self.newest = sa.create_engine(with_driver(url), **options), first, newest
        self.looked_at = self.rests_until = float("-inf")
        self.lock, self.standing = threading.Lock(), Standing()
        self.seen: deque[tuple[float, int]] = deque(maxlen=1000)  # when the first one had come how far

    def usable(self) -> Engine | None:
        """Return the copy's engine where strangers may read there; one of them looks from time to time."""
        now = time.monotonic()
        if now >= self.rests_until and now - self.looked_at >= LOOK and self.lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self.lock.release()
        return self.engine if self.looked_at > float("-inf") and time.monotonic() >= self.rests_until else None

    def look(self) -> Standing:
        with self.lock:
            self._look()
        return self.standing

    def _look(self) -> None:
        now = time.monotonic()
        try:
            far, here = _read(self.first, self.newest), _read(self.engine, self.newest)
        except SQLAlchemyError:
            self.standing = Standing()
            self.rest()
            return
        self.seen.append((now, far))
        since = next((at for at, come in self.seen if come > here), now)
        while self.seen and self.seen[0][0] < since:
            self.seen.popleft()
        self.standing = Standing(max(far - here, 0), round(now - since, 1))
        self.looked_at = now
        self.rests_until = now + REST if now - since > MOST_BEHIND else float("-inf")

    def rest(self) -> None:
        self.rests_until = time.monotonic() + REST


class Watched:
    """Tells the page cache the state of whichever database strangers read from now; two never have the same."""

    def __init__(self, replica: Replica) -> None:
        self.replica, self.first, self.copy = replica, watch_over(replica.first), watch_over(replica.engine)

    def rows(self) -> str:
        if self.copy is not None and self.replica.usable():
            with suppress(SQLAlchemyError, sqlite.Error):
                return COPY + self.copy.rows()
            self.replica.rest()
        return f"first {self.first.rows()}" if self.first is not None else ""


def watched(app: flask.Flask) -> Watched | None:
    replica = of(app)
    return Watched(replica) if replica else None


def _read(engine: Engine, newest: sa.Select[Any]) -> int:
    with engine.connect() as line:
        return int(line.execute(newest).scalar() or 0)


def of(app: flask.Flask) -> Replica | None:
    found: Replica | None = app.extensions.get("replica")
    return found


def leave() -> None:
    """Go back to the first database for the rest of this request."""
    db.session.info.pop(READS_FROM, None)


def _is_for_strangers(app: flask.Flask) -> bool:
    request = flask.request
    view = app.view_functions.get(request.endpoint or "")
    return (
        request.method in READING and hasattr(view, "is_public") and request.endpoint not in ALWAYS_FIRST
        and app.config["SESSION_COOKIE_NAME"] not in request.cookies
        and "token" not in (request.view_args or {})  # whoever has a secret link has just done something by it
    )


def set_up(app: flask.Flask, newest: sa.Select[Any]) -> None:
    """Choose for each request; called before anything else reads."""
    url = app.config["READ_DATABASE_URL"]
    if not url:
        return
    with app.app_context():
        app.extensions["replica"] = replica = Replica(url, db.engine, newest)

    @app.before_request
    def choose() -> None:
        engine = replica.usable() if _is_for_strangers(app) else None
        if engine is None:
            return
        db.session.info[READS_FROM] = engine
        try:
            db.session.connection()
        except SQLAlchemyError:
            replica.rest()
            leave()
            db.session.rollback()
