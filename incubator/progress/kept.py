"""Sums over many rows, kept by this process as long as nobody changes a row.

They hold under the state of the database that whole pages are kept under (`foundation.pagecache`): a second at most
after a change they are made anew, and each minute, for those that look at the clock. Where no page is kept, as in
tests, no sum is either.
"""

import functools
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import flask

from incubator.foundation.database import READS_FROM, db
from incubator.foundation.pagecache import COPY
from incubator.foundation.pagecache_state import Stamp

Value = TypeVar("Value")
MOST = 1000


def kept(count: Callable[..., Value]) -> Callable[..., Value]:
    """Keep what a function of a few plain values returns; nothing of a session may be in it."""
    name = f"{count.__module__}.{count.__qualname__}"

    @functools.wraps(count)
    def ask(*asked: Hashable) -> Value:
        app, request = flask.current_app, flask.request
        cache = app.extensions.get("page_cache") if request and request.method in ("GET", "HEAD") else None
        state = cache.stamp() if cache else None  # before the rows are read: what came meanwhile is asked for again
        if state is None or (READS_FROM in db.session.info) != state.rows.startswith(COPY):
            return count(*asked)
        store: dict[tuple[Hashable, ...], tuple[Stamp, Any]] = app.extensions.setdefault("kept_sums", {})
        known = store.get((name, *asked))
        if known is not None and known[0] == state:
            return known[1]  # type: ignore[no-any-return]
        value = count(*asked)
        if len(store) >= MOST:
            store.clear()
        store[(name, *asked)] = (state, value)
        return value

    return ask
