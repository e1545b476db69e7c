"""The page on which one looks for everything, and the field that leads there."""

import pytest

from incubator.progress import jobs
from tests.progress.test_search import evidence, idea, workshop

HOSTILE = '<script>alert(1)</script> "Küche" <img src=x onerror=y> & \u202eabc <mark>'


@pytest.fixture
def full(make):
    project = make.project("active", title="Küche", summary="Wir kochen in der Küche.")
    make.milestone(project, title="Küche gemietet")
    make.partnership(project)
    make.pledge(project, description="Küche für zwölf Abende", state="confirmed")
    make.update(project, title="Küche offen", text="Alle kommen in die Küche.")
    workshop(make, title="Küche und Haus")
    idea(make, title="Küche für alle")
    evidence(make, statement="Küche fehlt")
    jobs.rebuild()


def test_hostile_text_stays_text(visit, make):
    make.project("active", title=f"Küche {HOSTILE}"[:120], summary=f"{HOSTILE} Garten {HOSTILE}")
    jobs.rebuild()
    for path in ("/de/search?q=küche", "/de/search?q=garten", "/de/projects/?q=garten", "/de/search?q=script"):
        answer = visit().get(path)
        assert answer.soup.select("main script, main img[onerror]") == []
        assert {each.get_text() for each in answer.soup.select("main mark")} <= {"Küche", "Garten", "script"}
        assert answer.soup.select("main mark") and "&lt;img src=x" in answer.text


@pytest.mark.parametrize(("path", "most"), [("/de/search?q=küche", 24), ("/de/projects/?q=küche", 17)])
def test_looking_takes_as_many_questions_for_many_as_for_one(visit, make, full, queries, path, most):
    visit().get(path)
    with queries(at_most=most) as few:
        visit().get(path)
    for _ in range(4):
        project = make.project("active", title="Küche", summary="Kochen")
        make.update(project, title="Küche", text="Neues")
    jobs.rebuild()
    with queries(at_most=len(few)):
        visit().get(path)


def test_what_is_found_leads_to_its_page(visit, full):
    stranger = visit()
    links = [each["href"] for each in stranger.get("/de/search?q=küche").soup.select(".found h3 a")]
    assert len(links) == 5 and len(set(links)) == 5
    assert [stranger.get(link).status for link in links] == [200] * 5


def test_nothing_found_says_what_to_do(visit, full):
    soup = visit().get("/en/search?q=nirgends").soup
    assert soup.select_one(".empty__title").get_text() == "Nothing found"
    assert soup.select_one(".empty a")["href"] == "/en/themes/"


def test_signs_alone_are_answered(visit, full):
    soup = visit().get("/en/search?q=%25").soup
    assert soup.select_one(".empty__title").get_text() == "Write at least one letter or number"


def test_an_empty_page_waits_for_words(visit, full):
    soup = visit().get("/en/search").soup
    assert soup.select_one("#q")["value"] == "" and not soup.select(".empty, .found")


def test_more_of_a_kind_leads_to_the_list(visit, make):
    for _ in range(7):
        make.project("active", title="Küche")
    jobs.rebuild()
    soup = visit().get("/de/search?q=küche").soup
    assert len(soup.select(".found > li")) == 6
    assert soup.select_one("section a[href*='/projects/?']")["href"] == "/de/projects/?q=k%C3%BCche"


def test_every_page_has_the_field_and_only_the_search_has_its_own(visit, full):
    for path in ("/de/", "/de/projects/", "/ar/districts/", "/de/imprint"):
        field = visit().get(path).soup.select_one("header form[role=search]")
        assert field["action"].endswith("/search") and field["aria-label"] and field.select_one("[name=q]")
    assert not visit().get("/de/search").soup.select("header form[role=search]")


def test_a_search_is_not_for_search_engines_and_keeps_its_words_in_other_languages(visit, full):
    soup = visit().get("/de/search?q=küche&utm_source=x").soup
    assert soup.select_one("meta[name=robots]")["content"].startswith("noindex")
    assert soup.select_one("link[hreflang=ar]")["href"] == "http://localhost/ar/search?q=k%C3%BCche"
