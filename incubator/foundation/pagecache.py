"""The page cache: whole answers for everyone who is not signed in, kept in memory in front of Flask.

A page is kept with the state of the database it was drawn from (`pagecache_state`). A second at most after that state
has changed, no page drawn before it is shown again: whoever changes something has nothing to throw away. What else a
page depends on, it says while it is drawn: the minute (`clock.minute`), what is asked behind the question mark
(`addresses.asked_text`). A page that looks at the moment or at the reader is not kept.
"""

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from incubator.foundation import clock
from incubator.foundation.pagecache_page import Environ, Header, Page, Start, answer, made
from incubator.foundation.pagecache_state import Stamp, State

Key = tuple[str, ...]

NOTE = "incubator.page"  # where Flask writes into the environment whether what it drew may be kept
COPY = "copy "  # how the state of a copy of the database begins, see `replica`
OURS = ("session=", "remember_token=")  # cookies of somebody whom we may know
READING = ("GET", "HEAD")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE")
LONGEST_ADDRESS = 1000
LONGEST_WAIT = 20.0  # seconds for which others wait while one draws a page
OLDEST = 3600.0  # seconds; stamps of forms in kept pages must stay much younger than `stamps.HOLDS`
A_WHILE = 0.5  # seconds in which a page that is asked for again and again keeps its place
REFUSED, MOST_REFUSED = 60.0, 4096  # seconds for which an address that gave nothing to keep is passed on at once


@dataclass
class Note:
    """What Flask says of an answer to be kept with these rows: whether everybody may have the very same."""

    rows: str
    is_for_all: bool = False


@dataclass
class Counts:
    """What `/metrics` tells of this process."""

    hits: int = 0
    misses: int = 0
    waited: int = 0
    shared: int = 0
    looks: int = 0
    entries: int = 0
    bytes: int = 0


counts = Counts()


class Flight:
    """One draws the page, the others wait for it."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.page: Page | None = None


class PageCache:
    """A WSGI layer; `room` in bytes, `pause` in seconds between two looks at the database's state."""

    def __init__(self, inner: Callable[..., Any], state: State, *, room: int, pause: float, shared: Any = None) -> None:
        self.inner, self.state, self.room, self.pause, self.shared = inner, state, room, pause, shared
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.flights: dict[Key, Flight] = {}
        self.refused: OrderedDict[Key, float] = OrderedDict()
        self.lock, self.looking = threading.Lock(), threading.Lock()
        self.now: Stamp | None = None
        self.looked_at = float("-inf")
        self.bytes = 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.inner(environ, start)  # type: ignore[no-any-return]
        now = time.monotonic()
        stamp = self.stamp(now)
        page = self.pages.get(key)
        if page is not None and stamp is not None and self.holds(page, stamp, now):
            counts.hits += 1
            if now - page.asked_at > A_WHILE:
                self.touch(key, page, now)
            return answer(page, environ, start)
        counts.misses += 1
        if stamp is None or environ["REQUEST_METHOD"] == "HEAD" or self.is_refused(key):
            return self.inner(environ, start)  # type: ignore[no-any-return]
        return self.draw_once(key, stamp, environ, start)

    def stamp(self, now: float | None = None) -> Stamp | None:
        """Return the state of a moment ago; None where the database does not tell."""
        now = time.monotonic() if now is None else now
        if now - self.looked_at >= self.pause:
            with self.looking:
                if time.monotonic() - self.looked_at >= self.pause:
                    begun, found = time.monotonic(), self.state.read()
                    if found != self.now:  # else it stays the very object that pages hold
                        self.now = found
                    self.looked_at = begun
                    counts.looks += 1
        return self.now

    def look_again(self) -> None:
        """Forget when it was looked: somebody has just stored something through this very process."""
        self.looked_at = float("-inf")

    def holds(self, page: Page, stamp: Stamp, now: float) -> bool:
        if now - page.drawn_at > OLDEST:
            return False
        if page.stamp is stamp:
            return True
        return page.stamp == stamp if page.by_the_minute else page.stamp.without_minute == stamp.without_minute

    def touch(self, key: Key, page: Page, now: float) -> None:
        page.asked_at = now
        with contextlib.suppress(KeyError):  # thrown out by another thread
            self.pages.move_to_end(key)

    def draw_once(self, key: Key, stamp: Stamp, environ: Environ, start: Start) -> Iterable[bytes]:
        with self.lock:
            flight = self.flights.get(key)
            if mine := flight is None:
                flight = self.flights[key] = Flight()
        if not mine:
            counts.waited += 1
            flight.over.wait(LONGEST_WAIT)
            if flight.page is not None and self.holds(flight.page, stamp, time.monotonic()):
                return answer(flight.page, environ, start)
            return self.inner(environ, start)  # type: ignore[no-any-return]
        try:
            if page := self.from_others(key, stamp):
                flight.page = page
                return answer(page, environ, start)
            return self.draw(key, stamp, environ, start, flight)
        finally:
            with self.lock:
                self.flights.pop(key, None)
            flight.over.set()

    def from_others(self, key: Key, stamp: Stamp) -> Page | None:
        """Take what another process drew from the same state."""
        page: Page | None = self.shared.get(key, stamp) if self.shared else None
        if page is not None:
            counts.shared += 1
            self.keep(key, page)
        return page

    def draw(self, key: Key, stamp: Stamp, environ: Environ, start: Start, flight: Flight) -> Iterable[bytes]:
        note = Note(stamp.rows)
        # the page is drawn whole; what this reader has already is looked at afterwards
        whole = {name: value for name, value in environ.items() if name not in CONDITIONS} | {NOTE: note}
        said: list[Any] = []

        def listen(status: str, headers: list[Header], trouble: Any = None) -> Callable[[bytes], Any]:
            said[:] = status, headers
            return lambda data: None

        with clock.watched() as looked:
            parts = self.inner(whole, listen)
            body = joined(parts) if note.is_for_all else b""
        status, headers = said
        if not note.is_for_all:
            self.refuse(key, stamp)
            start(status, headers)
            return parts  # type: ignore[no-any-return]
        page = made(headers, body, stamp, looked)
        if looked.moment:
            self.refuse(key, stamp)
        else:
            flight.page = page
            self.keep(key, page)
            if self.shared:
                self.shared.put(key, stamp, page)
        return answer(page, environ, start, headers)

    def is_refused(self, key: Key) -> bool:
        until = self.refused.get(key)
        return until is not None and time.monotonic() < until

    def refuse(self, key: Key, stamp: Stamp) -> None:
        if self.shared:
            self.shared.put(key, stamp, None)
        with self.lock:
            self.refused[key] = time.monotonic() + REFUSED
            self.refused.move_to_end(key)
            if len(self.refused) > MOST_REFUSED:
                self.refused.popitem(last=False)

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page; those that were not asked for longest make room."""
        with self.lock:
            if old := self.pages.pop(key, None):
                self.bytes -= old.size
            if page.size <= self.room // 4:
                self.pages[key] = page
                self.bytes += page.size
            while self.bytes > self.room:
                self.bytes -= self.pages.popitem(last=False)[1].size
            counts.entries, counts.bytes = len(self.pages), self.bytes


def key_of(environ: Environ) -> Key | None:
    """Return what an answer may depend on; None for a request whose answer is nobody else's."""
    if environ["REQUEST_METHOD"] not in READING or "HTTP_AUTHORIZATION" in environ:
        return None
    if (cookies := environ.get("HTTP_COOKIE")) and any(name in cookies for name in OURS):
        return None
    if (accept := environ.get("HTTP_ACCEPT")) and wants_streams(accept):
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST_ADDRESS:
        return None
    return environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path, query


def wants_streams(accept: str) -> bool:
    """Say whether a server of the fediverse asks, which is led elsewhere; browsers name no such kinds."""
    return "application/activity+json" in accept or "application/ld+json" in accept


def joined(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
