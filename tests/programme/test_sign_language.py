"""The city puts videos in sign language beside its file; the pages they belong to show them."""

import pytest

from incubator.programme import rules_city
from incubator.programme.operations_city import example
from incubator.programme.rules_city_access import SIGNED
from incubator.programme.rules_shapes import Unfit

VIDEO = bytes(range(200)) * 5


@pytest.fixture
def folder(app):
    """Return where videos lie; the city names two pages, and one of them has its video."""
    app.config["SIGN_LANGUAGE"] = ["home", "follow"]
    folder = app.config["INSTANCE"] / "city" / "sign"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / "home.mp4").write_bytes(VIDEO)
    return folder


def test_a_page_shows_its_video_and_loads_nothing_of_it(visit, folder):
    soup = visit().get("/ar/").soup
    video = soup.select_one("main details video")
    assert video["preload"] == "none" and video.has_attr("controls") and not video.has_attr("poster")
    assert video.source["src"] == "/city/sign/home.mp4"


def test_a_picture_and_captions_are_named_where_they_lie(visit, folder):
    (folder / "home.jpg").write_bytes(b"picture")
    (folder / "home.vtt").write_text("WEBVTT\n")
    video = visit().get("/de/").soup.select_one("video")
    assert (video["poster"], video.track["src"]) == ("/city/sign/home.jpg", "/city/sign/home.vtt")
    assert visit().get("/city/sign/home.vtt").response.mimetype == "text/vtt"


@pytest.mark.parametrize("path", ["/de/follow", "/de/projects/"])
def test_a_page_without_a_video_says_nothing_of_one(visit, folder, path):
    assert not visit().get(path).soup.select("video, .signed")


def test_a_browser_may_ask_for_a_part(app, folder):
    part = app.test_client().get("/city/sign/home.mp4", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, VIDEO[100:200], "bytes 100-199/1000")
    assert part.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("name", ["follow.mp4", "imprint.mp4", "home.exe", "home.jpg", "../city.toml", "..%2Fcity.vtt"])
def test_nothing_else_of_the_folder_is_given_away(visit, folder, name):
    (folder / "imprint.mp4").write_bytes(VIDEO)
    assert visit().get(f"/city/sign/{name}").status == 404


def test_pages_may_play_what_is_ours_and_nothing_else(visit, folder):
    assert "media-src 'self';" in visit().get("/de/").headers["Content-Security-Policy"]


def test_the_video_of_the_statement_takes_its_gap(app, visit, folder):
    assert "there is no video" in visit().get("/en/accessibility").text
    app.config["SIGN_LANGUAGE"] = ["accessibility"]
    (folder / "accessibility.mp4").write_bytes(VIDEO)
    assert "there is no video" not in visit().get("/en/accessibility").text


def test_the_command_says_what_is_there_and_what_is_missing(app, folder):
    said = app.test_cli_runner().invoke(args=["city", "show"]).output
    assert "sign language: home – video\n" in said and "sign/follow.mp4 is missing" in said


def test_every_page_that_can_have_a_video_is_a_page(app):
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert set(SIGNED.values()) <= known


@pytest.mark.parametrize(("line", "fault"), [
    ('sign_language = ["nowhere"]', "list of pages"), ('sign_language = "home"', "list of pages"),
])
def test_a_page_nobody_knows_is_refused(line, fault):
    with pytest.raises(Unfit, match=fault):
        rules_city.read(f"{line}\n{example()}".encode())


@pytest.mark.parametrize(("line", "fault"), [
    ('state = "nearly"', "state is one of"), ('checked_by = "me"', "checked_by is one of"),
    ('mended = ["all"]', "mended is a list"), ('gaps = [{en = "x"}]', "German sentence"),
    ('gaps = [{de = "x", xx = "y"}]', "no language"), ("mail = 7", "must be one line"),
    ('colour = "x"', "has no “colour”"),
    ('conciliation = {fax = "1"}', "has no “fax”"), ('conciliation = {link = "http://x"}', "https://"),
])
def test_what_the_statement_cannot_hold_is_refused(line, fault):
    with pytest.raises(Unfit, match=fault):
        rules_city.read(example().replace("[accessibility] ", f"[accessibility]\n{line}\n#").encode())


def test_the_day_of_the_check_is_a_day():
    with pytest.raises(Unfit, match="day without quotes"):
        rules_city.read(example().replace("checked_on = 2026-11-29", 'checked_on = "today"').encode())
