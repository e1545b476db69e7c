"""Answers are made small, but nobody learns a secret from their length."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import compression

BOTH = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("accepted, way", [
    ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", ""), ("identity", ""),
    ("GZIP", "gzip"), ("br; q=0.0", ""), ("zstd", ""), ("br;q=1.0, gzip;q=0.8", "br"),
])
def test_the_smallest_way_a_reader_understands_is_chosen(accepted, way):
    assert compression.chosen(accepted) == way


@given(st.text(max_size=300))
def test_no_header_breaks_the_choice(accepted):
    assert compression.chosen(accepted) in ("", "br", "gzip")


def test_a_public_page_is_small_and_the_same(app, visit):
    plain, small = visit().get("/de/accessibility"), visit().get("/de/accessibility", headers=BOTH)
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in small.headers["Vary"]


def test_an_older_browser_gets_gzip(app, visit):
    answer = visit().get("/de/accessibility", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == visit().get("/de/accessibility").data


def test_a_file_is_compressed_once_and_known_again(app, visit):
    first = visit().get("/static/css/app.css", headers=BOTH)
    assert brotli.decompress(first.data) == visit().get("/static/css/app.css").data
    again = visit().get("/static/css/app.css", headers=BOTH | {"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and not again.data


def test_a_file_with_many_addresses_is_kept_once(app, visit):
    visit().get("/static/css/app.css", headers=BOTH)
    kept = len(compression._files)
    for number in range(3):
        assert visit().get(f"/static/{number}/../css/app.css", headers=BOTH).headers["Content-Encoding"] == "br"
    assert len(compression._files) == kept


def test_a_feed_is_known_again_by_either_name(app, visit):
    plain = visit().get("/de/projects/feed.json")
    small = visit().get("/de/projects/feed.json", headers=BOTH)
    for mark in (plain.headers["ETag"], small.headers["ETag"]):
        assert visit().get("/de/projects/feed.json", headers=BOTH | {"If-None-Match": mark}).status == 304


def test_the_same_in_other_bytes_has_a_strong_mark_of_its_own(app, visit):
    path = "/static/css/app.css"
    ways = ("identity", "br", "gzip")
    marks = {way: visit().get(path, headers={"Accept-Encoding": way}).headers["ETag"] for way in ways}
    assert len(set(marks.values())) == 3 and all(each.startswith('"') for each in marks.values())
    for way, mark in marks.items():
        answer = visit().get(path, headers={"Accept-Encoding": way, "If-None-Match": mark})
        assert (answer.status, answer.data, answer.headers["ETag"]) == (304, b"", mark)


@pytest.mark.parametrize("path", ["/de/sign-in", "/de/follow"])
def test_a_page_with_a_token_is_sent_as_it_is(app, visit, path):
    assert "Content-Encoding" not in visit().get(path, headers=BOTH).headers


def test_what_a_signed_in_person_sees_is_sent_as_it_is(make, visit):
    assert "Content-Encoding" not in visit(make.person("lead")).get("/de/desk/", headers=BOTH).headers


def test_pictures_are_sent_as_they_are(app, visit):
    assert "Content-Encoding" not in visit().get("/static/fonts/noto-sans-latin.woff2", headers=BOTH).headers
