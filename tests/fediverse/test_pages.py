"""Pages for people and documents for servers never stand in for each other; the name is there to be copied."""

import json

import pytest

import config
from incubator.fediverse import operations_notes
from incubator.fediverse.where import site
from incubator.foundation import clock, pagecache_setup
from tests.fediverse.conftest import BASE, keep
from tests.peers.neighbour import AP

PAGE = "/de/projects/ein-garten"
ASKERS = (AP, 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"', f"{AP}, text/html;q=0.1")


@pytest.fixture
def kept(on):
    """Put the page cache in front of the house."""
    inner, before = on.wsgi_app, dict(on.config)
    on.config |= {"PAGE_CACHE_MB": 8.0, "PAGE_CACHE_SECONDS": 0.0}
    pagecache_setup.set_up(on, config.ROOT)
    try:
        yield on.extensions["page_cache"]
    finally:
        on.wsgi_app = inner
        on.extensions.pop("page_cache")
        on.config.update(before)


def _ask(visit, path, accept):
    return visit().client.get(path, headers={"Accept": accept})


@pytest.mark.parametrize("first", ["people", "servers"])
@pytest.mark.parametrize("asker", ASKERS)
def test_people_get_the_page_and_servers_are_led_elsewhere_whoever_came_first(kept, garden, visit, first, asker):
    order = ("text/html", asker) if first == "people" else (asker, "text/html")
    for accept in (*order, *order, *order):
        answer = _ask(visit, PAGE, accept)
        assert "Accept" in answer.vary
        if accept == "text/html":
            assert answer.status_code == 200 and answer.mimetype == "text/html" and "Ein Garten" in answer.text
        else:
            assert (answer.status_code, answer.location) == (303, f"{BASE}/ap/actors/ein_garten")
            assert answer.data == b"" and answer.headers["Cache-Control"] == "no-store"
    assert any(key[2] == PAGE for key in kept.pages), "the page itself is kept"
    twin = _ask(visit, "/ap/actors/ein_garten", "text/html")
    assert twin.mimetype == AP and json.loads(twin.data)["type"] == "Service", "one address, one kind"


def test_no_kept_page_is_of_both_kinds(kept, garden, make, visit):
    update = make.update(garden)
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    news = f"{PAGE}/updates/{update.id}"
    twins = {news: "/ap/notes/1", "/de/": "/ap/actors/gestalte_deine_stadt", PAGE: "/ap/actors/ein_garten"}
    for path, there in twins.items():
        for accept in ("text/html", AP, "*/*", AP):
            answer = _ask(visit, path, accept)
            if accept == AP:
                assert answer.location == BASE + there
            else:
                assert answer.mimetype == "text/html"
            assert _ask(visit, there, accept).mimetype == AP
    for key, page in kept.pages.items():
        kind = dict(page.headers)["Content-Type"]
        assert key[2].startswith("/ap/") == (AP in kind), key


def test_where_there_is_no_twin_a_server_is_told_so(on, make, visit):
    make.project("draft", slug="geheim")
    answer = _ask(visit, "/de/projects/geheim", AP)
    assert answer.status_code == 404 and answer.data == b""


def test_pages_name_their_twin(garden, visit):
    page = visit().get(PAGE)
    link = page.soup.select_one('link[type="application/activity+json"]')
    assert link["href"] == f"{BASE}/ap/actors/ein_garten"
    assert "@ein_garten@stadt.example" in page.soup.select_one("main").get_text()
    for path, name in (("/de/follow?project=ein-garten", "@ein_garten@stadt.example"),
                       ("/de/follow", "@gestalte_deine_stadt@stadt.example")):
        assert visit().get(path).soup.select_one("[data-copy-text]").get_text() == name


def test_off_nothing_of_it_is_seen(app, make, visit):
    make.project("active", slug="ein-garten")
    for path in (PAGE, "/de/follow?project=ein-garten", "/de/follow"):
        page = visit().get(path).text
        assert "stadt.example" not in page and "activity+json" not in page and "Mastodon" not in page


def test_other_servers_may_read_from_scripts(garden, visit):
    answer = visit().client.get("/.well-known/webfinger?resource=acct:ein_garten@stadt.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.content_type == "application/jrd+json"


@pytest.mark.parametrize(("resource", "status"), [
    ("acct:ein_garten@stadt.example", 200), ("acct:EIN_GARTEN@Stadt.Example", 200), ("ein_garten@stadt.example", 200),
    (f"{BASE}/ap/actors/ein_garten", 200), ("acct:instance@stadt.example", 200), ("acct:ein_garten@localhost", 404),
    ("acct:nobody@stadt.example", 404), ("acct:", 404), ("x", 404), ("", 400), (f"{BASE}/ap/actors/%00", 404),
])
def test_names_are_found_as_people_write_them(garden, visit, resource, status):
    assert visit().client.get("/.well-known/webfinger", query_string={"resource": resource}).status_code == status


def test_what_kind_of_server_this_is(garden, visit):
    links = visit().client.get("/.well-known/nodeinfo").get_json()["links"]
    told = visit().client.get(links[0]["href"].removeprefix(BASE)).get_json()
    assert told["version"] == "2.1" and told["protocols"] == ["activitypub"] and not told["openRegistrations"]
    assert told["usage"]["users"]["total"] == 2
