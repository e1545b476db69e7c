"""The form news is written with, and the page that each piece of news has for ever."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.milestones import queries, tongues
from incubator.milestones.models import MilestoneStatus, UpdateState
from incubator.milestones.rules import is_publicly_late
from tests.builders import picture

WORDS = {"title": "Neu", "text": "Es geht los."}


@pytest.fixture
def project(make):
    return make.project("active", title="Offene Küche")


def photo():
    return (io.BytesIO(picture()), "IMG_1.jpg")


def test_each_piece_of_news_has_an_address_that_can_be_passed_on(make, visit, project):
    shown = make.photo(project, is_public=True)
    update = make.update(project, title="Der Herd ist da", text="Er steht.", photos=(shown,))
    path = f"/de/projects/{project.slug}/updates/{update.id}"
    answer = visit().get(path)
    soup = answer.soup
    assert answer.status == 200 and soup.h1.get_text() == "Der Herd ist da"
    assert soup.select_one("link[rel=canonical]")["href"] == f"http://localhost{path}"
    told = {each["property"]: each["content"] for each in soup.select("meta[property]")}
    assert (told["og:type"], told["og:title"], told["og:description"]) == ("article", "Der Herd ist da", "Er steht.")
    assert told["og:url"] == f"http://localhost{path}" and told["article:published_time"].startswith("2026-03-01")
    assert soup.select_one("article img[alt='Menschen am Herd']")
    assert path in visit().get(f"/de/projects/{project.slug}").text and path in visit().get("/de/").text


def test_newer_and_older_news_are_one_step_away(make, visit, project):
    numbers = []
    for day, title in ((1, "Anfang"), (3, "Mitte"), (3, "Danach"), (5, "Ende")):
        clock.set(date(2026, 3, day))
        numbers.append(make.update(project, title=title).id)
    make.update(make.project("active"), title="Anderswo")
    found = []
    for number in numbers:
        soup = visit().get(f"/de/projects/{project.slug}/updates/{number}").soup
        links = {rel: soup.select_one(f"a[rel={rel}]") for rel in ("prev", "next")}
        found.append(tuple(link and link.get_text() for link in links.values()))
    assert found == [("Mitte", None), ("Danach", "Anfang"), ("Ende", "Mitte"), (None, "Danach")]


@pytest.mark.parametrize("state", ["draft", "proposed", "returned"])
def test_what_nobody_was_told_is_no_page(make, visit, project, state):
    update = make.update(project, state=state)
    assert visit().get(f"/de/projects/{project.slug}/updates/{update.id}").status == 404


def test_news_stands_only_below_its_own_project(make, visit, project):
    update, other = make.update(project), make.project("active")
    assert visit().get(f"/de/projects/{other.slug}/updates/{update.id}").status == 404
    assert visit().get(f"/de/projects/{project.slug}/updates/987654").status == 404


def test_the_page_of_news_costs_few_questions(any_database, make, visit, queries):
    project = make.project("active")
    for _each in range(3):
        update = make.update(project, photos=(make.photo(project, is_public=True),))
    path = f"/de/projects/{project.slug}/updates/{update.id}"
    with queries(at_most=3):
        assert visit().get(path).status == 200


def test_looking_at_it_publishes_nothing(visit, project):
    lead, path = visit(project.leads[0]), f"/en/desk/projects/{project.id}/updates/write"
    answer = lead.fill(path, **WORDS, preview="yes")
    assert answer.status == 200 and answer.soup.select_one(".panel h3").get_text() == "Neu"
    assert answer.soup.select_one("[name=text]").get_text(strip=True) == "Es geht los."
    assert queries.updates(project.id) == []


def test_looking_at_it_says_that_photos_are_chosen_again(visit, project):
    answer = visit(project.leads[0]).fill(
        f"/en/desk/projects/{project.id}/updates/write", **WORDS, preview="yes",
        **{"photos-1-file": photo(), "photos-1-alt": "Ein Herd"})
    assert "choose the photos again" in answer.text
    assert answer.soup.select_one("details[open] [name=photos-1-alt]")["value"] == "Ein Herd"


def test_who_described_a_photo_and_chose_none_is_told(visit, project):
    lead = visit(project.leads[0])
    answer = lead.fill(f"/en/desk/projects/{project.id}/updates/write", **WORDS, **{"photos-0-alt": "Ein Herd"})
    assert "none was chosen" in lead.follow(answer).text


def test_a_look_at_unfinished_words_says_what_is_missing(visit, project):
    answer = visit(project.leads[0]).fill(
        f"/en/desk/projects/{project.id}/updates/write", title="Neu", text="", preview="yes")
    assert answer.status == 422 and answer.soup.select_one("#text-error")


def test_a_photo_comes_with_its_words_its_maker_and_consent(visit, project):
    answer = visit(project.leads[0]).fill(f"/de/desk/projects/{project.id}/updates/write", **WORDS, **{
        "photos-0-file": photo(), "photos-0-alt": "Zwei am Herd", "photos-0-credit": "Ali",
        "photos-0-shows_people": "y", "photos-0-consent": "y", "photos-0-consent_until": "2026-12-31"})
    assert answer.status == 303
    kept, = queries.updates(project.id)[0].photos
    assert (kept.credit, kept.consent_until) == ("Ali", date(2026, 12, 31))
    assert kept.shows_people and kept.is_public


@pytest.mark.parametrize(("read_in", "written_in"), [("ar", "ar"), ("de", "de"), ("en", "en")])
def test_news_begins_in_the_language_of_the_page_one_writes_on(make, visit, read_in, written_in):
    lead = make.person("lead", language="ar")
    project = make.project("active", lead=lead)
    drawn = visit(lead).get(f"/{read_in}/desk/projects/{project.id}/updates/write").soup.select_one("[name=language]")
    assert drawn.select_one("[selected]")["value"] == written_in


def test_news_is_written_in_any_language(make, visit):
    lead = make.person("lead")
    project = make.project("active", lead=lead)
    visitor, path = visit(lead), f"/de/desk/projects/{project.id}/updates/write"
    drawn = visitor.get(path).soup.select_one("[name=language]")
    assert {each["value"] for each in drawn.select("option")} >= {"de", "en", "tr", "ar", "ru", "uk", "pl", "fr", "fa"}
    assert visitor.fill(path, title="آشپزی", text="با هم آشپزی کردیم.", language="fa").status == 303
    update, = queries.updates(project.id)
    page = visit().get(f"/en/projects/{project.slug}/updates/{update.id}")
    assert page.soup.h1["lang"] == "fa" and page.soup.h1["dir"] == "auto"
    assert "Persian" in page.text


def test_a_language_stands_once_and_by_its_own_name():
    codes = [code for code, _name in tongues.TONGUES]
    assert len(set(codes)) == len(codes) and all(name.strip() and name != code for code, name in tongues.TONGUES)
    assert ("tlh", "tlh") in tongues.choices("tlh", "de") and len(tongues.choices("de")) == len(codes)


def test_what_is_typed_is_kept_in_the_browser(make, visit, project):
    lead = visit(project.leads[0])
    waits, told = make.update(project, state="returned"), make.update(project)
    for path, name in ((f"projects/{project.id}/updates/write", f"news-{project.id}"),
                       (f"updates/{waits.id}/change", f"change-news-{waits.id}"),
                       (f"updates/{told.id}/correct", f"correct-{told.id}")):
        assert lead.get(f"/de/desk/{path}").soup.select_one("form[data-draft]")["data-draft"] == name


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_pages_about_news_are_drawn_in_every_language(make, visit, project, language):
    office, lead = visit(make.person("coordinator")), visit(project.leads[0])
    for state in UpdateState:
        update = make.update(project, state=state.value)
        path = f"/{language}/desk/updates/{update.id}"
        assert [lead.get(f"{path}{end}").status for end in ("", "/change", "/correct")] == [200, 200, 200]
        assert office.get(f"{path}/review").status == 200
    assert lead.get(f"/{language}/desk/projects/{project.id}/milestones").status == 200


def late(days, after, status="planned"):
    due = date(2026, 3, 1)
    return is_publicly_late(MilestoneStatus(status), due, due + timedelta(days=days), after)


@given(st.integers(-400, 400))
def test_lateness_is_never_public_where_the_round_names_no_day(days):
    assert not late(days, None)


@given(st.integers(-400, 400), st.integers(0, 100), st.sampled_from(["planned", "in_progress", "returned"]))
def test_lateness_is_public_once_so_many_days_have_passed(days, after, status):
    assert late(days, after, status) is (days > after)


@given(st.integers(-400, 400), st.sampled_from(["reported", "accepted", "cancelled"]))
def test_what_is_done_given_up_or_waits_for_the_mentor_is_never_publicly_late(days, status):
    assert not late(days, 0, status)
