"""A program of one number behind the page cache, and how to ask it."""

import time
from collections.abc import Callable
from typing import Any

from incubator.foundation import clock
from incubator.foundation.pagecache import NOTE, PageCache
from incubator.foundation.pagecache_state import Stamp

KIND = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding, Cookie")]


class Rows:
    """A database of one number."""

    def __init__(self) -> None:
        self.number, self.is_away, self.reads = 0, False, 0

    def read(self) -> Stamp | None:
        self.reads += 1
        minute = clock.unwatched_now().isoformat(timespec="minutes")
        return None if self.is_away else Stamp(str(self.number), minute[:10], minute)


class Site:
    """A program behind the cache that says its number, and how often it was asked."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.drawn, self.is_for_all, self.long = rows, 0, True, 1000
        self.looks: Callable[[], object] = lambda: None
        self.slow = 0.0

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.drawn += 1
        said = f"{self.rows.number} {environ['PATH_INFO']}?{environ['QUERY_STRING']} "
        self.looks()
        time.sleep(self.slow)
        if NOTE in environ:
            environ[NOTE].is_for_all = self.is_for_all
        start("200 OK", list(KIND))
        return [said.encode(), b"x" * self.long]


Asked = tuple[str, dict[str, str], bytes]


def ask(cache: PageCache, path: str = "/de/", query: str = "", method: str = "GET", **headers: str) -> Asked:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"} | {
        f"HTTP_{name.upper()}": value for name, value in headers.items()}
    said: list[Any] = []
    body = b"".join(cache(environ, lambda status, headers, trouble=None: said.extend((status, headers))))
    return said[0], dict(said[1]), body
