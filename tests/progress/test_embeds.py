"""A project on other people's sites: their frame gets a page without scripts and cookies, and oEmbed tells of it."""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from incubator.foundation.transaction import transaction
from incubator.progress.embeds import HEIGHT, WIDTH
from incubator.wording.models import Origin
from incubator.wording.operations import translate

PATH = "/de/embed/projects/offen"
OURS = "http://localhost/de/projects/offen"


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche <b>&", summary="Wir kochen zusammen.")


def _told(visit, url=OURS, **more):
    answer = visit().get("/oembed", query_string={"url": url, **more})
    assert answer.status == 200
    return json.loads(answer.data)


def test_any_site_may_frame_it_and_nothing_runs_in_it(visit, project):
    answer = visit().get(PATH)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "*"
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert not answer.soup.select("script, form, [style]")


def test_every_other_page_still_refuses_frames(visit, project):
    for path in ("/de/", "/de/projects/offen", "/de/projects/offen/share", "/de/embed/projects/none"):
        answer = visit().get(path)
        assert answer.headers["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path


def test_it_knows_nobody(make, visit, project):
    stranger, lead = visit().get(PATH), visit(make.person("lead")).get(PATH)
    assert "Set-Cookie" not in stranger.headers
    assert stranger.data == lead.data


def test_it_is_found_by_no_search_engine(visit, project):
    answer = visit().get(PATH)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.soup.select_one("link[rel=canonical]")["href"] == OURS


def test_its_links_leave_the_frame(visit, project):
    links = visit().get(PATH).soup.select("a")
    assert {each["target"] for each in links} == {"_top"}
    assert links[0]["href"] == OURS


def test_it_speaks_the_language_of_its_address(visit, project):
    with transaction():
        translate("project", project.id, "title", "ar", "مطبخ", of=project.title, origin=Origin.AUTHOR)
    soup = visit().get("/ar/embed/projects/offen").soup
    assert (soup.html["dir"], soup.h1.get_text(strip=True)) == ("rtl", "مطبخ")
    assert visit().get("/embed/projects/offen", headers={"Accept-Language": "ar"}).location == (
        "/ar/embed/projects/offen")


def test_the_project_page_says_where_oembed_is(visit, project):
    for link in visit().get("/de/projects/offen").soup.select("link[type$='+oembed']"):
        answer = visit().get(link["href"].removeprefix("http://localhost"))
        assert answer.status == 200
        assert answer.headers["Content-Type"].split(";")[0].split("/")[1] == link["type"].split("/")[1].split("+")[0]


def test_oembed_tells_of_a_frame_that_is_there(visit, project):
    told = _told(visit)
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Offene Küche <b>&")
    frame = BeautifulSoup(told["html"], "html.parser").iframe
    assert (frame["title"], frame["width"], frame["height"]) == ("Offene Küche <b>&", str(WIDTH), str(HEIGHT))
    assert frame["src"] == f"http://localhost{PATH}"
    assert visit().get(told["thumbnail_url"].removeprefix("http://localhost")).status == 200


def test_an_address_without_language_gets_a_frame_without_language(visit, project):
    assert 'src="http://localhost/embed/projects/offen"' in _told(visit, "http://localhost/projects/offen")["html"]


@pytest.mark.parametrize(("asked", "given"), [
    ({"maxwidth": "300"}, (300, HEIGHT)), ({"maxheight": "200"}, (WIDTH, 200)), ({"maxwidth": "9999"}, (WIDTH, HEIGHT)),
    ({"maxwidth": "-1", "maxheight": "0"}, (WIDTH, HEIGHT)), ({"maxwidth": "abc", "maxheight": ""}, (WIDTH, HEIGHT)),
    ({"maxwidth": "9" * 40}, (WIDTH, HEIGHT)),
])
def test_it_is_never_larger_than_there_is_room(visit, project, asked, given):
    told = _told(visit, **asked)
    assert (told["width"], told["height"]) == given
    assert ("thumbnail_url" in told) == (given == (WIDTH, HEIGHT))


def test_the_same_as_xml(visit, project):
    answer = visit().get("/oembed", query_string={"url": OURS, "format": "xml"})
    told = {each.tag: each.text for each in ElementTree.fromstring(answer.data)}
    assert told == {name: str(value) for name, value in _told(visit).items()}


@pytest.mark.parametrize("url", [
    "", "x", "http://evil.example/de/projects/offen", "http://localhost.evil.example/de/projects/offen",
    "javascript:alert(7)", "ftp://localhost/de/projects/offen", "http://localhost/de/projects/none",
    "http://localhost/xx/projects/offen", "http://localhost/de/projects/", "http://localhost/de/projects/geheim",
    "http://localhost/de/projects/offen/money", "http://localhost@evil.example/de/projects/offen", "http://[",
    "http://localhost/de/projects/%00", "http://localhost/de/projects/%ff", "x" * 9000, "//localhost/de/projects/offen",
])
def test_what_is_not_ours_or_not_public_is_not_there(visit, make, project, url):
    make.project("draft", slug="geheim")
    assert visit().get(f"/oembed?url={quote(url, safe='%')}").status == 404


@pytest.mark.parametrize("form", ["yaml", "JSON", "<x>", "html"])
def test_a_form_we_do_not_write_is_not_implemented(visit, project, form):
    assert visit().get("/oembed", query_string={"url": OURS, "format": form}).status == 501


def test_scripts_of_others_may_read_what_oembed_says(visit, project):
    headers = visit().get("/oembed", query_string={"url": OURS}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in headers
