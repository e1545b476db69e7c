"""Jobs: plain functions that get an application context of their own, and the list of periodic ones."""

import functools
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ParamSpec

import flask

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

PAUSE = timedelta(minutes=10)
P = ParamSpec("P")
periodic: list[Callable[[], object]] = []
stopping = threading.Event()  # the worker was told to stop: what takes long ends at the next good place
_app: flask.Flask | None = None


def set_up(app: flask.Flask) -> None:
    global _app
    _app = app


def job(work: Callable[P, Any]) -> Callable[P, Any]:
    """Make a function runnable by the worker: it gets a fresh context and leaves no open session."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        app = _app if _app is not None else flask.current_app._get_current_object()  # type: ignore[attr-defined]
        with app.app_context():
            try:
                return work(*args, **kwargs)
            finally:
                db.session.remove()

    return run


def every_tick(work: Callable[[], object]) -> Callable[[], object]:
    """Register periodic work: every few seconds, in one worker at a time; it must find out itself what is due."""
    periodic.append(work)
    return work


def name_of(work: Callable[[], object]) -> str:
    return f"{work.__module__}.{work.__name__}"


def now_and_then(work: Callable[[], object]) -> Callable[[], object]:
    """Register tidying: at most every ten minutes, in a transaction of its own, because nothing depends on the minute.

    `begin_anew` of what is returned forgets when it was done last.
    """
    done: list[datetime] = []

    @functools.wraps(work)
    def tidy() -> None:
        if done and done[0] <= clock.now() < done[0] + PAUSE:
            return
        done[:] = [clock.now()]
        with transaction():
            work()

    tidy.begin_anew = done.clear  # type: ignore[attr-defined]
    return every_tick(tidy)
