"""Processes share what they drew through Redis; without it each draws for itself."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import redis

from incubator.foundation.pagecache import NOTE, PageCache
from incubator.foundation.pagecache_page import Page
from incubator.foundation.pagecache_shared import Shared
from incubator.foundation.pagecache_state import Stamp

KEY, STAMP = ("http", "localhost", "/de/", ""), Stamp("1:1:", "2026-03-01", "2026-03-01T12:00")


class Rows:
    def read(self) -> Stamp:
        return STAMP


class Site:
    """A program that needs a moment for its page."""

    def __init__(self, slow: float = 0.0, *, is_for_all: bool = True) -> None:
        self.slow, self.is_for_all, self.drawn = slow, is_for_all, 0

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.drawn += 1
        time.sleep(self.slow)
        if NOTE in environ:
            environ[NOTE].is_for_all = self.is_for_all
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<p>" * 400]


@pytest.fixture
def address(_valkey: str) -> str:
    redis.Redis.from_url(_valkey).flushall()
    return _valkey


def process(site: Site, address: str, build: str = "one") -> PageCache:
    return PageCache(site, Rows(), room=100_000, pause=0, shared=Shared(address, build))  # type: ignore[arg-type]


def ask(cache: PageCache) -> bytes:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/de/", "QUERY_STRING": "", "wsgi.url_scheme": "http",
               "HTTP_HOST": "localhost"}
    return b"".join(cache(environ, lambda status, headers, trouble=None: None))


def at_once(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_one_has_drawn_the_other_need_not_draw(address: str) -> None:
    site = Site()
    first, second = process(site, address), process(site, address)
    assert ask(first) == ask(second)
    assert site.drawn == 1


def test_while_one_draws_the_other_waits(address: str) -> None:
    site = Site(slow=0.3)
    first, second = process(site, address), process(site, address)
    at_once(lambda: ask(first), lambda: ask(second))
    assert site.drawn == 1


def test_where_there_is_nothing_to_keep_nobody_is_left_waiting(address: str) -> None:
    site = Site(is_for_all=False)
    ask(process(site, address))
    assert redis.Redis.from_url(address).keys("page:*") == []
    ask(process(site, address))
    assert site.drawn == 2


def test_programs_that_draw_differently_share_nothing(address: str) -> None:
    site = Site()
    ask(process(site, address, "old"))
    ask(process(site, address, "new"))
    assert site.drawn == 2


def test_another_state_is_another_page(address: str) -> None:
    shared = Shared(address, "one")
    shared.put(KEY, STAMP, Page([], 'W/"x"', STAMP, False, time.monotonic(), {"": b"old"}))
    assert shared.get(KEY, STAMP) is not None
    assert shared.get(KEY, Stamp("2:2:", STAMP.day, STAMP.minute)) is None


def test_without_redis_each_draws_for_itself_and_asks_it_once() -> None:
    site, away = Site(), Shared("redis://127.0.0.1:9/0", "one")
    cache = PageCache(site, Rows(), room=100_000, pause=0, shared=away)  # type: ignore[arg-type]
    assert ask(cache) and ask(cache)
    assert site.drawn == 1
    assert away.rests_until > time.monotonic()


@pytest.mark.parametrize("found", [b"", b"{}\n", b"nonsense", b'{"headers": 3}\nx'])
def test_what_is_no_page_is_drawn_anew(address: str, found: bytes) -> None:
    site, shared = Site(), Shared(address, "one")
    redis.Redis.from_url(address).set(shared.name(KEY, STAMP), found)
    assert b"<p>" in ask(process(site, address))
    assert site.drawn == 1
