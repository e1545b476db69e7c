"""How the public pages look from outside: to search engines, and where somebody shares them."""

import json
from datetime import date

import pytest

from incubator.foundation import language

SECRET = "Geheimnis"
PAGES = ("/de/", "/de/projects/", "/de/projects/offen", "/de/projects/offen/history", "/de/projects/offen/money",
         "/de/districts/", "/de/districts/stadtteil-1", "/de/rounds/runde-1", "/de/record", "/de/imprint")


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche", summary="Wir kochen zusammen.")


def _meta(soup):
    return {each.get("property") or each.get("name"): each["content"] for each in soup.select("head meta[content]")}


def _structured(visit, path="/de/projects/offen"):
    block = visit().get(path).soup.select_one("script[type='application/ld+json']")  # the next one is the way there
    return json.loads(block.string)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_says_how_it_looks_where_it_is_shared(visit, project, path):
    soup = visit().get(path).soup
    told = _meta(soup)
    assert told["og:title"]
    assert told["og:title"] in soup.title.get_text()
    assert told["og:description"] == told["description"]
    assert told["og:url"] == soup.select_one("link[rel=canonical]")["href"] == f"http://localhost{path}"
    assert (told["og:locale"], told["og:site_name"], told["twitter:card"]) == (
        "de_DE", "Gestalte Deine Stadt", "summary_large_image")
    picture = visit().get(told["og:image"].removeprefix("http://localhost"))
    assert (picture.status, picture.headers["Content-Type"]) == (200, told["og:image:type"])


def test_a_project_is_shared_with_a_card_in_the_language_of_the_page(visit, project):
    for code in ("de", "de-simple", "fa"):
        told = _meta(visit().get(f"/{code}/projects/offen").soup)
        assert told["og:image"].startswith(f"http://localhost/{code}/projects/offen/card.png?v=")
        assert told["og:image:alt"] == "Offene Küche – Gestalte Deine Stadt"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


def test_search_engines_are_shown_its_newest_photo(visit, make, project):
    shown = make.photo(project, is_public=True, alt="Zwei am Herd")
    make.update(project, photos=(make.photo(project, alt=SECRET), shown))
    assert _structured(visit)["image"] == f"http://localhost/media/{shown.key}.jpg"


def test_the_start_page_tells_of_the_site_and_who_runs_it(app, visit):
    app.config["OPERATOR"] = app.config["OPERATOR"] | {"name": "Stadt Beispiel"}
    told = {each["@type"]: each for each in _structured(visit, "/ar/")["@graph"]}
    assert (told["WebSite"]["url"], told["WebSite"]["inLanguage"]) == ("http://localhost/ar/", "ar")
    assert told["Organization"]["name"] == "Stadt Beispiel"
    assert told["WebSite"]["publisher"]["@id"] == told["Organization"]["@id"]


def test_the_search_is_named_where_there_is_one(app, visit):
    (site, _operator) = _structured(visit, "/de/")["@graph"]
    there = app.url_map.bind("").test("/de/search", "GET")
    assert ("potentialAction" in site) is there
    if there:
        assert site["potentialAction"]["target"]["urlTemplate"] == "http://localhost/de/search?q={search_term_string}"


def test_every_page_names_itself_in_every_language_and_in_none(visit, project):
    links = visit().get("/ar/projects/offen?before=9&utm_source=x").soup.select("link[rel=alternate][hreflang]")
    assert {each["hreflang"]: each["href"] for each in links} == {
        **{code: f"http://localhost/{code}/projects/offen" for code in language.BY_CODE},
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
    assert [each.get("src") is not None for each in answer.soup.select("script")].count(False) == 2
    assert _meta(answer.soup)["og:title"] == hostile or "<script>" not in _meta(answer.soup)["og:title"]
