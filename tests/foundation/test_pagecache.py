"""The page cache keeps what everyone may see, as long as it is still so."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from incubator.foundation import clock, compression
from incubator.foundation.pagecache import NOTE, PageCache, counts, key_of
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


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def site(rows: Rows) -> Site:
    return Site(rows)


@pytest.fixture
def cache(rows: Rows, site: Site) -> PageCache:
    return PageCache(site, rows, room=100_000, pause=0)  # type: ignore[arg-type]


Asked = tuple[str, dict[str, str], bytes]


def ask(cache: PageCache, path: str = "/de/", query: str = "", method: str = "GET", **headers: str) -> Asked:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http"} | {
        f"HTTP_{name.upper()}": value for name, value in headers.items()}
    said: list[Any] = []
    body = b"".join(cache(environ, lambda status, headers, trouble=None: said.extend((status, headers))))
    return said[0], dict(said[1]), body


def test_a_page_is_drawn_once(cache: PageCache, site: Site) -> None:
    assert ask(cache) == ask(cache)
    assert site.drawn == 1


def test_after_a_change_it_is_drawn_anew(cache: PageCache, rows: Rows) -> None:
    ask(cache)
    rows.number = 1
    assert ask(cache)[2].startswith(b"1 ")


def test_the_database_is_asked_once_a_second_at_most(rows: Rows, site: Site) -> None:
    cache = PageCache(site, rows, room=100_000, pause=60)  # type: ignore[arg-type]
    for _ in range(5):
        ask(cache)
    assert rows.reads == 1


def test_whoever_stores_something_here_sees_it_at_once(rows: Rows, site: Site) -> None:
    cache = PageCache(site, rows, room=100_000, pause=60)  # type: ignore[arg-type]
    ask(cache)
    rows.number = 1
    cache.look_again()
    assert ask(cache)[2].startswith(b"1 ")


def test_a_database_that_is_away_leaves_the_answer_to_the_program(cache: PageCache, rows: Rows, site: Site) -> None:
    ask(cache)
    rows.is_away = True
    ask(cache)
    assert site.drawn == 2


@pytest.mark.parametrize("cookie", ["session=x", "__Host-session=x", "a=b; remember_token=x"])
def test_whoever_may_be_known_to_us_is_passed_on(cache: PageCache, site: Site, cookie: str) -> None:
    ask(cache)
    ask(cache, cookie=cookie)
    assert site.drawn == 2


def test_cookies_of_others_change_nothing(cache: PageCache, site: Site) -> None:
    ask(cache)
    ask(cache, cookie="_ga=GA1.2.3")
    assert site.drawn == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_only_reading_is_answered(cache: PageCache, site: Site, method: str) -> None:
    ask(cache)
    ask(cache, method=method)
    assert site.drawn == 2


def test_whoever_shows_a_token_is_passed_on(cache: PageCache, site: Site) -> None:
    ask(cache)
    ask(cache, authorization="Bearer x")
    assert site.drawn == 2


def test_a_head_has_all_but_the_body(cache: PageCache) -> None:
    _, whole, _ = ask(cache)
    assert ask(cache, method="HEAD") == ("200 OK", whole, b"")


def test_what_is_not_for_all_is_not_kept(cache: PageCache, site: Site) -> None:
    site.is_for_all = False
    ask(cache)
    ask(cache)
    assert site.drawn == 2
    assert not cache.pages


def test_a_page_that_looks_at_the_moment_is_not_kept(cache: PageCache, site: Site) -> None:
    site.looks = clock.now
    ask(cache)
    ask(cache)
    assert site.drawn == 2


def test_a_page_that_looks_at_the_minute_holds_for_the_minute(cache: PageCache, site: Site) -> None:
    clock.set_free()
    clock.set(clock.unwatched_now().replace(second=10))
    site.looks = clock.minute
    ask(cache)
    clock.set(clock.unwatched_now().replace(second=50))
    ask(cache)
    assert site.drawn == 1
    clock.set(clock.unwatched_now().replace(minute=(clock.unwatched_now().minute + 1) % 60))
    ask(cache)
    assert site.drawn == 2


def test_hosts_addresses_and_questions_are_kept_apart(cache: PageCache) -> None:
    answers = {ask(cache, path, query, host=host)[2]
               for path in ("/de/", "/ar/") for query in ("", "after=3") for host in ("a", "b")}
    assert len(answers) == 4
    assert len(cache.pages) == 8


def test_a_reader_who_has_it_gets_nothing_again(cache: PageCache) -> None:
    _, headers, _ = ask(cache)
    status, again, body = ask(cache, if_none_match=f'"other", {headers["ETag"]}')
    assert (status, body, again["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert "Content-Length" not in again


def test_the_first_reader_may_have_it_already(rows: Rows, site: Site) -> None:
    first = PageCache(site, rows, room=100_000, pause=0)  # type: ignore[arg-type]
    second = PageCache(site, rows, room=100_000, pause=0)  # type: ignore[arg-type]
    assert ask(second, if_none_match=ask(first)[1]["ETag"])[0] == "304 Not Modified"


def test_drawn_anew_to_the_same_a_page_has_the_same_mark(cache: PageCache, rows: Rows, site: Site) -> None:
    site.rows = Rows()  # what the page shows has not changed
    mark = ask(cache)[1]["ETag"]
    rows.number = 7
    assert ask(cache)[1]["ETag"] == mark
    assert site.drawn == 2


@pytest.mark.parametrize(("accepted", "way"), [("gzip, br", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0", "")])
def test_each_reader_gets_what_they_understand(cache: PageCache, accepted: str, way: str) -> None:
    _, headers, body = ask(cache, accept_encoding=accepted)
    assert headers.get("Content-Encoding", "") == way
    assert headers["Content-Length"] == str(len(body))
    kept = cache.pages[key_of({"REQUEST_METHOD": "GET", "PATH_INFO": "/de/", "wsgi.url_scheme": "http"})]  # type: ignore[index]
    assert compression.from_brotli(kept.bodies["br"], "").startswith(b"0 /de/?")


def test_proxies_may_keep_it_for_a_second(cache: PageCache) -> None:
    _, headers, _ = ask(cache)
    assert headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
    assert headers["Vary"] == "Accept-Encoding, Cookie"


def test_memory_is_bounded(rows: Rows, site: Site) -> None:
    site.long = 300
    cache = PageCache(site, rows, room=50_000, pause=0)  # type: ignore[arg-type]
    for number in range(200):
        ask(cache, f"/de/{number}")
    assert sum(page.size for page in cache.pages.values()) <= 50_000
    assert len(cache.pages) > 5
    assert list(cache.pages)[-1][2] == "/de/199"


def test_a_page_larger_than_a_quarter_of_the_room_is_answered_and_not_kept(rows: Rows, site: Site) -> None:
    cache = PageCache(site, rows, room=4_000, pause=0)  # type: ignore[arg-type]
    assert ask(cache)[0] == "200 OK"
    assert not cache.pages


def test_one_draws_while_the_others_wait(cache: PageCache, site: Site) -> None:
    site.slow = 0.2
    answers: list[Asked] = []
    readers = [threading.Thread(target=lambda: answers.append(ask(cache))) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert site.drawn == 1
    assert len({body for _, _, body in answers}) == 1


def test_where_nothing_can_be_kept_nobody_waits_for_another(cache: PageCache, site: Site) -> None:
    site.is_for_all = False
    ask(cache)
    together = threading.Barrier(6)
    site.looks = lambda: together.wait(20)  # breaks unless all six are drawn at the same time
    readers = [threading.Thread(target=lambda: ask(cache)) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not together.broken
    assert site.drawn == 7


def test_one_that_fails_leaves_the_others_to_themselves(cache: PageCache, site: Site) -> None:
    def fail() -> None:
        if site.drawn == 1:
            time.sleep(0.1)
            raise RuntimeError("no")

    site.looks = fail
    answers: list[str] = []

    def read() -> None:
        try:
            answers.append(ask(cache)[0])
        except RuntimeError:
            answers.append("failed")

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sorted(answers) == ["200 OK"] * 3 + ["failed"]


def test_it_counts_for_the_operator(cache: PageCache) -> None:
    before = counts.hits, counts.misses
    ask(cache)
    ask(cache)
    assert (counts.hits - before[0], counts.misses - before[1]) == (1, 1)


def test_the_day_on_which_it_was_drawn_is_left_to_the_server(rows: Rows) -> None:
    def dated(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ[NOTE].is_for_all = True
        start("200 OK", [*KIND, ("Date", "Sun, 01 Mar 2026 12:00:00 GMT")])
        return [b"x"]

    assert "Date" not in ask(PageCache(dated, rows, room=100_000, pause=0))[1]  # type: ignore[arg-type]
