"""How the public pages look from outside: to search engines, and where somebody shares them."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest

from incubator.foundation import language
from incubator.progress.crawlers import SITEMAP, XHTML
from incubator.projects.lifecycle import PUBLIC, Status

SECRET = "Geheimnis"
PAGES = ("/de/", "/de/projects/", "/de/projects/offen", "/de/projects/offen/history", "/de/projects/offen/money",
         "/de/districts/", "/de/districts/stadtteil-1", "/de/rounds/runde-1", "/de/record", "/de/imprint")


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche", summary="Wir kochen zusammen.")


def _meta(soup):
    return {each.get("property") or each.get("name"): each["content"] for each in soup.select("head meta[content]")}


def _structured(visit, path="/de/projects/offen"):
    (block,) = visit().get(path).soup.select("script[type='application/ld+json']")
    return json.loads(block.string)


def _sitemap(visit):
    root = ElementTree.fromstring(visit().get("/sitemap.xml").data)
    return {
        entry.findtext(f"{{{SITEMAP}}}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(f"{{{XHTML}}}link")
        } for entry in root
    }


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_says_how_it_looks_where_it_is_shared(visit, project, path):
    soup = visit().get(path).soup
    told = _meta(soup)
    assert told["og:title"]
    assert told["og:title"] in soup.title.get_text()
    assert told["og:description"] == told["description"]
    assert told["og:url"] == soup.select_one("link[rel=canonical]")["href"] == f"http://localhost{path}"
    assert (told["og:locale"], told["og:site_name"], told["twitter:card"]) == (
        "de_DE", "Gestalte Deine Stadt", "summary")


def test_a_project_is_shared_with_its_newest_photo(visit, make, project):
    shown = make.photo(project, is_public=True, alt="Zwei am Herd")
    make.update(project, photos=(make.photo(project, alt=SECRET), shown))
    told = _meta(visit().get("/de/projects/offen").soup)
    assert told["og:image"] == f"http://localhost/media/{shown.key}.jpg"
    assert (told["og:image:alt"], told["twitter:card"]) == ("Zwei am Herd", "summary_large_image")


def test_every_page_names_itself_in_every_language_and_in_none(visit, project):
    links = visit().get("/ar/projects/offen?before=9&utm_source=x").soup.select("link[rel=alternate][hreflang]")
    assert {each["hreflang"]: each["href"] for each in links} == {
        **{code: f"http://localhost/{code}/projects/offen" for code in ("de", "en", "ar")},
        "x-default": "http://localhost/projects/offen",
    }


def test_the_address_without_a_language_leads_to_the_reader_s_own(visit, project):
    answer = visit().get("/projects/offen", headers={"Accept-Language": "ar"})
    assert (answer.status, answer.location) == (302, "/ar/projects/offen")


def test_a_project_is_told_to_search_engines(visit, make, project):
    make.award(project, grant=5_000_50)
    told = _structured(visit)
    assert (told["@type"], told["name"], told["url"]) == (
        "Project", "Offene Küche", "http://localhost/de/projects/offen")
    assert told["funding"]["@type"] == "MonetaryGrant"
    assert told["funding"]["amount"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": "5000.50"}


def test_an_award_that_was_taken_back_is_no_grant(visit, make):
    project = make.project("revoked", slug="offen")
    make.award(project)
    assert "funding" not in _structured(visit)


def test_milestones_are_events(visit, make, project):
    make.milestone(project, title="Erstes Essen", due_on=date(2026, 5, 1))
    make.milestone(project, title="Fest", due_on=date(2026, 6, 1), forecast_on=date(2026, 7, 1))
    make.milestone(project, title="Ausflug", due_on=date(2026, 8, 1), status="cancelled", cancel_reason=SECRET)
    make.milestone(project, title="Bericht", due_on=date(2026, 9, 1), status="reported", actual_on=date(2026, 2, 3))
    events = {each["name"]: (each["startDate"], each["eventStatus"].rpartition("/")[2])
              for each in _structured(visit)["event"]}
    assert events == {
        "Erstes Essen": ("2026-05-01", "EventScheduled"), "Fest": ("2026-07-01", "EventRescheduled"),
        "Ausflug": ("2026-08-01", "EventCancelled"), "Bericht": ("2026-09-01", "EventScheduled"),
    }
    assert SECRET not in visit().get("/de/projects/offen").text


def test_hostile_words_stay_inside_the_data(visit, make):
    hostile = "</script><script>alert(7)</script><!--<script>&"
    make.project("active", slug="offen", title=hostile, summary=hostile)
    assert _structured(visit)["name"] == hostile
    answer = visit().get("/de/projects/offen")
    assert b"<script>alert(7)" not in answer.data
    assert [each.get("src") is not None for each in answer.soup.select("script")].count(False) == 1
    assert _meta(answer.soup)["og:title"] == hostile or "<script>" not in _meta(answer.soup)["og:title"]


def test_machines_are_kept_from_what_is_behind_a_sign_in(visit):
    answer = visit().get("/robots.txt")
    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for code in language.BY_CODE:
        assert {f"Disallow: /{code}/desk/", f"Disallow: /{code}/sign-in"} <= set(lines)
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert not any(line in ("Disallow: /", "Disallow: /de/") for line in lines)


def test_the_map_of_the_site_holds_every_public_page_in_every_language(visit, project):
    found = _sitemap(visit)
    for path in ("/", "/projects/", "/projects/offen", "/districts/stadtteil-1", "/rounds/runde-1"):
        others = {code: f"http://localhost/{code}{path}" for code in language.BY_CODE}
        for url in others.values():
            assert found[url] == {**others, "x-default": f"http://localhost{path}"}


def test_every_address_on_the_map_is_a_page(visit, project):
    for url in _sitemap(visit):
        assert visit().get(url.removeprefix("http://localhost")).status == 200, url


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_the_map_holds_no_project_that_is_not_public(visit, make, status):
    make.project(status, slug="geheim")
    make.round(state="draft", slug="geheime-runde")
    assert b"geheim" not in visit().get("/sitemap.xml").data


def test_the_map_says_when_a_project_was_last_told_of(visit, make, project):
    make.update(project, state="draft")
    assert "<lastmod>2026-03-01</lastmod>" in visit().get("/sitemap.xml").text


def test_an_unchanged_map_is_not_sent_again(visit, project):
    first = visit().get("/sitemap.xml").headers
    assert first["Content-Type"] == "application/xml; charset=utf-8"
    assert visit().get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status == 304


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_machines_get_no_cookie_and_cost_little(any_database, visit, make, queries, path):
    for _each in range(4):
        make.update(make.project("active"))
    with queries(at_most=3):
        assert "Set-Cookie" not in visit().get(path).headers
