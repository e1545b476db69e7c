"""One answer that is kept: what it says, in the ways readers understand, and how it is given."""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from incubator.foundation import clock, compression
from incubator.foundation.pagecache_state import Stamp

Environ = dict[str, Any]
Start = Callable[..., Any]
Header = tuple[str, str]

PROXIES_KEEP = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
PRIVATE = "private, no-cache"
OF_ONE = ("ratelimit",)  # said to the one who asked, and to nobody after
NOT_KEPT = ("content-length", "content-encoding", "etag", "cache-control", "accept-ranges", "date", *OF_ONE)
FRAME = 2500  # bytes that the headers take, and what Python adds


@dataclass
class Page:
    """One kept answer: its bytes as Brotli where it is text, else as they are; as gzip once somebody asked for that.

    `mark` is that of the plain bytes; each way has its own, and the same bytes as long as the mark is the same.
    """

    headers: list[Header]
    mark: str
    stamp: Stamp
    by_the_minute: bool
    drawn_at: float
    bodies: dict[str, bytes]
    asked_at: float = 0.0
    given: dict[str, tuple[list[Header], tuple[bytes]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return what it may come to: the same all the time, so that what is counted in is what is counted out."""
        if "br" in self.bodies:
            return len(self.bodies["br"]) * 5 // 2 + FRAME
        return len(self.bodies[""]) + FRAME

    def way(self, accepted: str) -> str:
        return compression.chosen(accepted) if "br" in self.bodies else ""

    def etag(self, way: str) -> str:
        return compression.mark(self.mark, way)

    def body(self, way: str) -> bytes:
        found = self.bodies.get(way)
        if found is None:
            found = compression.from_brotli(self.bodies["br"], way)
            if way:
                self.bodies[way] = found
        return found

    def whole(self, way: str) -> tuple[list[Header], tuple[bytes]]:
        """Return headers and body as they are given to who understands this way; plain ones are not kept as well."""
        if found := self.given.get(way):
            return found
        body = self.body(way)
        own = [("Content-Length", str(len(body))), *([("Content-Encoding", way)] if way else [])]
        found = [*self.headers, ("ETag", self.etag(way)), *own], (body,)
        if way in self.bodies:
            self.given[way] = found
        return found


def made(headers: list[Header], body: bytes, stamp: Stamp, looked: clock.Looked) -> Page:
    """Make a page to keep: compressed, and marked by what it says, so that drawn anew to the same it is the same."""
    kept = [(name, value) for name, value in headers if name.lower() not in NOT_KEPT]
    kind = next((value for name, value in kept if name.lower() == "content-type"), "")
    is_text = compression.is_text(kind.partition(";")[0].strip()) and len(body) >= compression.LEAST_BYTES
    mark = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    bodies = {"br": compression.for_a_page(body)} if is_text else {"": body}
    kept.append(("Cache-Control", PROXIES_KEEP))
    return Page(kept, mark, stamp, looked.minute, time.monotonic(), bodies)


def is_known(page: Page, environ: Environ, way: str) -> bool:
    """Say whether the reader has it: by its mark, else by the moment we named, word for word (RFC 9110, 13.1)."""
    if known := environ.get("HTTP_IF_NONE_MATCH"):
        return page.etag(way) in known or known.strip() == "*"
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return since is not None and ("Last-Modified", since) in page.headers


def answer(page: Page, environ: Environ, start: Start, drawn: list[Header] | None = None) -> Iterable[bytes]:
    """Answer with a kept page, or say that the reader has it already; `drawn` are the headers of who had it drawn."""
    way = page.way(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if is_known(page, environ, way):
        start("304 Not Modified", _with_own([*page.headers, ("ETag", page.etag(way))], drawn))
        return ()
    head, body = page.whole(way)
    start("200 OK", _with_own(head, drawn) if drawn else head)
    return () if environ["REQUEST_METHOD"] == "HEAD" else body


def _with_own(headers: list[Header], drawn: list[Header] | None) -> list[Header]:
    """Add what is said to this reader alone, so that no proxy hands it to another."""
    own = [each for each in drawn or () if each[0].lower() in OF_ONE]
    if not own:
        return headers
    return [*((name, PRIVATE if name == "Cache-Control" else value) for name, value in headers), *own]
