"""A kept page is given to each reader as they understand it, and takes a bounded room."""

from typing import Any

import pytest

from incubator.foundation import compression
from incubator.foundation.pagecache import NOTE, PageCache, key_of
from tests.foundation.cached_site import KIND, Rows, Site, ask


def test_a_head_has_all_but_the_body(cache: PageCache) -> None:
    _, whole, _ = ask(cache)
    assert ask(cache, method="HEAD") == ("200 OK", whole, b"")


def test_a_reader_who_has_it_gets_nothing_again(cache: PageCache) -> None:
    _, headers, _ = ask(cache)
    status, again, body = ask(cache, if_none_match=f'"other", {headers["ETag"]}')
    assert (status, body, again["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert "Content-Length" not in again


def test_each_way_has_a_strong_mark_that_names_its_very_bytes(cache: PageCache) -> None:
    given = {way: ask(cache, accept_encoding=way) for way in ("", "br", "gzip")}
    marks = {way: headers["ETag"] for way, (_, headers, _) in given.items()}
    assert len(set(marks.values())) == 3 and all(mark.startswith('"') for mark in marks.values())
    for way, mark in marks.items():
        status, headers, body = ask(cache, accept_encoding=way, if_none_match=f"W/{mark}")  # as proxies may write it
        assert (status, headers["ETag"], body) == ("304 Not Modified", mark, b"")
        other = next(each for each in marks.values() if each != mark)
        assert ask(cache, accept_encoding=way, if_none_match=other) == given[way]


def test_what_is_said_to_one_reader_is_neither_kept_nor_handed_on(rows: Rows) -> None:
    def counted(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ[NOTE].is_for_all = True
        start("200 OK", [*KIND, ("RateLimit", '"read";r=2;t=9')])
        return [b"x"]

    cache = PageCache(counted, rows, room=100_000, pause=0)  # type: ignore[arg-type]
    first, second = ask(cache)[1], ask(cache)[1]
    assert (first["RateLimit"], first["Cache-Control"]) == ('"read";r=2;t=9', "private, no-cache")
    assert "RateLimit" not in second and second["Cache-Control"].startswith("public")


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


def test_the_day_on_which_it_was_drawn_is_left_to_the_server(rows: Rows) -> None:
    def dated(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ[NOTE].is_for_all = True
        start("200 OK", [*KIND, ("Date", "Sun, 01 Mar 2026 12:00:00 GMT")])
        return [b"x"]

    assert "Date" not in ask(PageCache(dated, rows, room=100_000, pause=0))[1]  # type: ignore[arg-type]
