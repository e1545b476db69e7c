"""News as feeds: a news reader finds what the page says, and nothing more."""

import json
from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from incubator.follow import feeds_atom
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.milestones import operations
from incubator.wording.models import Origin
from incubator.wording.operations import translate

SECRET = "Geheimnis"
PROJECT, PROGRAMME = "/de/projects/offen/feed", "/de/projects/feed"
FORMS = ("atom", "json")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche")


def _atom(visit, path=PROJECT):
    answer = visit().get(f"{path}.atom")
    assert answer.status == 200
    found = feedparser.parse(answer.data, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def _json(visit, path=PROJECT):
    return json.loads(visit().get(f"{path}.json").data)


def _titles(visit, path):
    """Return the titles both forms hold; they are the same."""
    path, _, query = path.partition("?")
    answers = {form: visit().get(f"{path}.{form}" + (f"?{query}" if query else "")) for form in FORMS}
    told = [each.title for each in feedparser.parse(answers["atom"].data).entries]
    assert told == [each["title"] for each in json.loads(answers["json"].data)["items"]]
    return told


def test_an_update_is_an_entry_with_everything_a_reader_needs(visit, make, project):
    update = make.update(project, title="Der Herd ist da", text="Erster Absatz.\n\nZweiter.")
    found = _atom(visit)
    (entry,) = found.entries
    assert (found.feed.title, found.feed.language) == ("Offene Küche – Gestalte Deine Stadt", "de")
    assert entry.id == f"tag:localhost,2026:update/{update.id}"
    assert entry.link == f"http://localhost/de/projects/offen/updates/{update.id}"
    assert (entry.title, entry.author, entry.tags[0].term) == ("Der Herd ist da", "Offene Küche", "offen")
    assert entry.updated_parsed[:5] == (2026, 3, 1, 11, 0)
    assert "<p>Erster Absatz.</p><p>Zweiter.</p>" in entry.content[0].value


def test_a_json_feed_says_the_same(visit, make, project):
    update = make.update(project, title="Der Herd ist da")
    found = _json(visit)
    (item,) = found["items"]
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "http://localhost/de/projects/offen/feed.json"
    assert (item["id"], item["title"]) == (f"tag:localhost,2026:update/{update.id}", "Der Herd ist da")
    assert item["date_published"].startswith("2026-03-01T11:00:00")


def test_the_link_in_an_entry_leads_to_the_page_of_the_news(visit, make, project):
    update = make.update(project)
    page = visit().get(_atom(visit).entries[0].link.removeprefix("http://localhost"))
    assert page.status == 200 and page.soup.h1.get_text() == update.title


def test_a_correction_moves_the_entry_and_makes_no_second_one(visit, make, project):
    update = make.update(project, title="Der Herd ist da", text="Er ist grün.")
    before, known = visit().get(f"{PROJECT}.atom").headers["Last-Modified"], _atom(visit).entries[0].id
    clock.set(date(2026, 3, 4))
    with transaction():
        operations.correct_update(update, project.leads[0], title="Der Herd ist da", text="Er ist rot.", language="de",
                                  note="Die Farbe war falsch.")
    for path in (PROJECT, PROGRAMME):
        (entry,), (item,) = _atom(visit, path).entries, _json(visit, path)["items"]
        assert entry.id == known and entry.published_parsed[:3] == (2026, 3, 1)
        assert entry.updated_parsed[:3] == (2026, 3, 4) and item["date_modified"].startswith("2026-03-04")
        assert "Er ist rot." in item["content_html"] and "Die Farbe war falsch." in item["content_html"]
        assert "grün" not in item["content_html"]
    assert visit().get(f"{PROJECT}.atom", headers={"If-Modified-Since": before}).status == 200


def test_the_reader_of_a_page_finds_its_feeds(visit, make, project):
    district = project.district.slug
    for path, feed in (("/de/projects/offen", PROJECT), ("/de/", PROGRAMME), ("/de/projects/", PROGRAMME),
                       (f"/de/districts/{district}", f"/de/districts/{district}/feed")):
        soup = visit().get(path).soup
        found = {each["type"]: each["href"] for each in soup.select("head link[rel=alternate][type]")}
        assert found["application/atom+xml"] == f"{feed}.atom"
        assert found["application/feed+json"] == f"{feed}.json"


def test_a_filtered_list_leads_to_the_news_of_its_theme(visit, make, project):
    theme = project.theme.slug
    soup = visit().get(f"/de/projects/?theme={theme}").soup
    link = soup.select_one("head link[type='application/atom+xml']")["href"]
    assert link == f"{PROGRAMME}.atom?theme={theme}"
    assert visit().get(link).status == 200


def test_each_feed_holds_the_news_of_its_own_projects(visit, make, project):
    other = make.project("active", slug="anders", district_id=make.district().id, theme_id=make.theme().id)
    make.update(project, title="Hier")
    clock.set(date(2026, 3, 2))
    make.update(other, title="Dort")
    assert _titles(visit, PROGRAMME) == ["Dort", "Hier"]
    assert _titles(visit, PROJECT) == ["Hier"]
    assert _titles(visit, f"/de/districts/{other.district.slug}/feed") == ["Dort"]
    assert _titles(visit, f"{PROGRAMME}?theme={project.theme.slug}") == ["Hier"]


def test_a_withdrawn_update_vanishes_also_for_those_who_ask_by_time(visit, make, project):
    update = make.update(project)
    make.update(project, title="Bleibt")
    before = visit().get(f"{PROJECT}.atom").headers["Last-Modified"]
    clock.set(date(2026, 3, 2))
    with transaction():
        operations.withdraw_update(update, project.leads[0])
    for path in (PROJECT, PROGRAMME):
        assert _titles(visit, path) == ["Bleibt"]
    assert visit().get(f"{PROJECT}.atom", headers={"If-Modified-Since": before}).status == 200


@pytest.mark.parametrize("path", [PROJECT, PROGRAMME])
def test_a_report_is_told_once_the_mentor_accepted(visit, make, project, path):
    milestone = make.milestone(project, title="Erstes Essen", status="reported")
    with transaction():
        milestone.status = milestone.status.__class__.IN_PROGRESS
    make.update(project, milestone=milestone, title="Bericht")
    assert _titles(visit, path) == []
    make.update(project, milestone=make.milestone(project, title="Zweites Essen", status="accepted"), title="Erreicht")
    assert _titles(visit, path) == ["Erreicht"]
    assert "Zweites Essen" in _atom(visit, path).entries[0].content[0].value


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_public_is_in_no_feed(visit, make, project, form):
    make.update(project, state="draft", title=SECRET)
    make.update(project, state="withdrawn", title=SECRET)
    make.update(make.project("mentoring", slug="geheim"), title=SECRET)
    assert SECRET not in visit().get(f"{PROJECT}.{form}").text + visit().get(f"{PROGRAMME}.{form}").text
    assert visit().get(f"/de/projects/geheim/feed.{form}").status == 404


@pytest.mark.parametrize("path", ["/de/projects/nirgends/feed.atom", "/de/districts/nirgends/feed.json",
                                  "/de/projects/feed.atom?theme=nirgends", "/de/projects/feed.rss"])
def test_a_feed_of_nothing_is_no_page(visit, project, path):
    assert visit().get(path).status == 404


def test_photos_come_with_the_words_that_stand_for_them(visit, make, project):
    shown = make.photo(project, is_public=True, alt="Zwei am Herd", credit="Foto: Ali")
    make.update(project, photos=(shown, make.photo(project, alt=SECRET)))
    (entry,), (item,) = _atom(visit).entries, _json(visit)["items"]
    (enclosure,) = entry.enclosures
    address = f"http://localhost/media/{shown.key}.jpg"
    assert (enclosure.href, enclosure.type) == (address, "image/jpeg")
    assert item["attachments"] == [{"url": address, "mime_type": "image/jpeg", "title": "Zwei am Herd"}]
    picture = BeautifulSoup(item["content_html"], "html.parser").img
    assert (picture["src"], picture["alt"], picture["lang"]) == (address, "Zwei am Herd", "de")
    assert SECRET not in visit().get(f"{PROJECT}.atom").text


def test_the_ids_stay_the_same_everywhere(visit, make, project):
    make.update(project)
    paths = (PROJECT, PROGRAMME, "/ar/projects/offen/feed", "/en/projects/feed")
    assert len({_atom(visit, path).entries[0].id for path in paths}) == 1
    assert len({_atom(visit, path).feed.id for path in paths}) == 4


def test_every_text_says_its_language(visit, make, project):
    update = make.update(project, title="Der Herd", text="Er ist da.", language="de")
    with transaction():
        translate("update", update.id, "title", "ar", "الموقد", of="Der Herd", origin=Origin.AUTHOR)
    root = ElementTree.fromstring(visit().get("/ar/projects/offen/feed.atom").data)
    entry = root.find("{*}entry")
    assert root.attrib[XML_LANGUAGE] == "ar"
    assert entry.find("{*}title").attrib[XML_LANGUAGE] == "ar"
    assert entry.find("{*}content").attrib[XML_LANGUAGE] == "de"
    assert (_json(visit, "/ar/projects/offen/feed")["items"][0]["language"]) == "de"


@pytest.mark.parametrize("form", FORMS)
def test_what_people_write_is_text_and_no_markup(visit, make, project, form):
    make.update(project, title="<b>&", text="<script>alert(7)</script>\x0b\x1b")
    answer = visit().get(f"{PROJECT}.{form}")
    told = _json(visit)["items"][0] if form == "json" else None
    html = told["content_html"] if told else ElementTree.fromstring(answer.data).findtext("{*}entry/{*}content")
    assert BeautifulSoup(html, "html.parser").script is None
    assert "alert(7)" in BeautifulSoup(html, "html.parser").get_text()
    assert b"<script>alert(7)" not in answer.data


@given(st.text())
def test_whatever_is_written_stays_readable_xml(text):
    element = ElementTree.Element("a")
    element.text = feeds_atom.plain(text)
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).tag == "a"


@pytest.mark.parametrize(("form", "kind"), [("atom", "application/atom+xml"), ("json", "application/feed+json")])
@pytest.mark.parametrize("path", [PROJECT, PROGRAMME])
def test_the_answer_says_what_it_is_and_sets_no_cookie(visit, make, project, path, form, kind):
    headers = visit().get(f"{path}.{form}").headers
    assert headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert headers["Content-Language"] == "de"
    assert headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [PROJECT, PROGRAMME])
def test_an_unchanged_feed_is_not_sent_again(visit, make, project, path, form):
    make.update(project)
    first = visit().get(f"{path}.{form}").headers
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = visit().get(f"{path}.{form}", headers=asked)
        assert (again.status, again.data, again.headers["ETag"]) == (304, b"", first["ETag"])
    clock.set(date(2026, 3, 2))
    make.update(project)
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert visit().get(f"{path}.{form}", headers=asked).status == 200


@pytest.mark.parametrize("path", [f"{PROJECT}.atom", f"{PROGRAMME}.json", "/de/districts/stadtteil-1/feed.atom",
                                  f"{PROGRAMME}.atom?theme=thema-1"])
def test_many_news_cost_no_more_questions(any_database, visit, make, queries, path):
    project = make.project("active", slug="offen")
    for _each in range(5):
        make.update(project, photos=(make.photo(project, is_public=True),))
    with queries(at_most=5):
        assert visit().get(path).status == 200
