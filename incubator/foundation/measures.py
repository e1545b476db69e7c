"""How long pages take: a layer around Flask counts every answer, and gives it the number of its request.

The page cache lies outside: what it answers from memory costs nothing here, it counts that itself. What it may keep
for everybody gets no number. A route is the name of a page as Flask knows it, never its address: that may hold a
secret link, and there is no end of them.
"""

import logging
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

import flask

from incubator.foundation import pagecache, request_ids
from incubator.foundation.measures_shared import BOUNDS, Figures
from incubator.foundation.request_ids import Asked

log = logging.getLogger("incubator.requests")
NOWHERE = "nowhere"
SLOW = 2.0  # seconds
FOLDER = "measures"
Start = Callable[..., Any]


class Measured:
    """A WSGI layer; where the figures are kept is found out at the first request, in the process that answers it."""

    def __init__(self, inner: Callable[..., Any], folder: Path | None, *, trusts: bool, writes: str) -> None:
        self.inner, self.folder, self.trusts, self.writes = inner, folder, trusts, writes
        self._figures: Figures | None = None
        self._begins = threading.Lock()

    @property
    def figures(self) -> Figures:
        with self._begins:
            if self._figures is None:
                self._figures = Figures(self.folder)
            return self._figures

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        begun, figures = perf_counter(), self._figures or self.figures
        now = Asked(request_ids.taken(environ, is_trusted=self.trusts))
        token, kind, note = request_ids.asked.set(now), "5", environ.get(pagecache.NOTE)

        def numbered(status: str, headers: list[tuple[str, str]], *trouble: Any) -> Any:
            nonlocal kind
            kind = status[0]
            if note is None or not note.is_for_all:
                headers = [*headers, (request_ids.HEADER, now.number)]
            return start(status, headers, *trouble)

        figures.begin()
        try:
            return self.inner(environ, numbered)  # type: ignore[no-any-return]
        finally:
            seconds = perf_counter() - begun
            figures.end(now.route or NOWHERE, kind, bisect_left(BOUNDS, seconds), seconds)
            if self.writes != "off" and (seconds > SLOW or self.writes == "all"):
                _write(environ, now, kind, seconds)
            request_ids.asked.reset(token)


def _write(environ: dict[str, Any], now: Asked, kind: str, seconds: float) -> None:
    """Note a request: without address, without who it was."""
    method = environ["REQUEST_METHOD"]
    log.log(
        logging.WARNING if seconds > SLOW else logging.INFO, "%s %s %sxx %.3f s",
        method if method.isalpha() else "?", now.route or NOWHERE, kind, seconds)


def _say_where() -> None:
    now = request_ids.asked.get()
    if now:
        now.route = flask.request.endpoint


def set_up(app: flask.Flask) -> None:
    """Wrap Flask; called before others register what they do first with a request, and may answer it."""
    app.before_request(_say_where)
    if app.config["LOG_REQUESTS"] == "all":
        log.setLevel(logging.INFO)
    folder = None if app.testing else Path(app.config["INSTANCE"]) / FOLDER
    measured = Measured(
        app.wsgi_app, folder, trusts=bool(app.config["PROXIES"]), writes=app.config["LOG_REQUESTS"])
    app.extensions["measures"] = measured
    app.wsgi_app = measured  # type: ignore[method-assign,assignment]
