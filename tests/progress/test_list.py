"""Looking for projects."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.progress import jobs, queries
from incubator.wording.models import Origin
from incubator.wording.operations import translate


def titles(answer):
    return [each.get_text(strip=True) for each in answer.soup.select("main .card__title")]


@pytest.fixture
def three(make):
    """Three projects that differ in everything one can filter by."""
    housing, moving = make.theme(slug="wohnen"), make.theme(slug="verkehr")
    schinkel, hafen = make.district(slug="schinkel"), make.district(slug="hafen")
    first, second = make.round(slug="eins"), make.round(slug="zwei")
    make.project("active", round=first, title="Küche", theme_id=housing.id, district_id=schinkel.id)
    make.project("completed", round=second, title="Fahrrad", theme_id=moving.id, district_id=hafen.id,
                 summary="Wir fahren zu 100 % sicher_er.")
    make.project("awarded", round=second, title="Übergang", theme_id=moving.id, district_id=None, is_citywide=True)
    jobs.rebuild()


@pytest.mark.parametrize(("query", "found"), [
    ("", ["Übergang", "Fahrrad", "Küche"]),
    ("?round=eins", ["Küche"]),
    ("?theme=verkehr", ["Übergang", "Fahrrad"]),
    ("?district=hafen", ["Fahrrad"]),
    ("?district=citywide", ["Übergang"]),
    ("?stage=milestones", ["Küche"]),
    ("?stage=closing&theme=verkehr", ["Fahrrad"]),
    ("?stage=nonsense", []),
    ("?q=küche", ["Küche"]),
    ("?q=KÜCHE", ["Küche"]),
    ("?q=übergang", ["Übergang"]),
    ("?q=fahrrad+sicher", ["Fahrrad"]),
    ("?q=fahrrad+küche", []),
    ("?q=100+%25", ["Fahrrad"]),
    ("?q=100%25%25", ["Fahrrad"]),
    ("?q=%25", []),
    ("?q=fahren_", ["Fahrrad"]),
    ("?q=sicher_", ["Fahrrad"]),
    ("?q=fahrrad&district=schinkel", []),
    ("?q=sicher&theme=verkehr&stage=closing&round=zwei", ["Fahrrad"]),
    ("?q=\\", []),
    ("?q=%00Fahrrad", ["Fahrrad"]),
])
def test_what_is_asked_for_is_found(any_database, visit, three, query, found):
    assert titles(visit().get(f"/de/projects/{query}")) == found


def test_a_translation_is_found_too(any_database, visit, make):
    project = make.project("active", title="Кухня", language="ru")
    with transaction():
        translate("project", project.id, "title", "de", "Die Küche", of="Кухня", origin=Origin.OFFICIAL)
    jobs.rebuild()
    assert titles(visit().get("/de/projects/?q=küche")) == ["Die Küche"]
    assert titles(visit().get("/en/projects/?q=кухня")) == ["Кухня"]


def test_the_draft_rounds_name_finds_nothing(visit, make):
    make.project("active", round=make.round(state="draft", slug="noch-nicht"))
    assert titles(visit().get("/de/projects/?round=noch-nicht")) == []


def test_an_empty_result_says_what_to_do(visit, three):
    soup = visit().get("/de/projects/?q=nirgends").soup
    assert soup.select_one(".empty a")["href"] == "/de/projects/"


def test_what_was_asked_for_stays_in_the_form(visit, three):
    soup = visit().get("/de/projects/?q=rad&theme=verkehr").soup
    assert soup.select_one("#q")["value"] == "rad"
    assert soup.select_one("#theme option[selected]")["value"] == "verkehr"


def test_pages_follow_each_other_without_gap_or_double(any_database, visit, make, monkeypatch):
    monkeypatch.setattr(queries, "ON_LIST", 2)
    for number in range(5):
        make.project("active", title=f"Nummer {number}")
    stranger, seen, path = visit(), [], "/de/projects/?stage=milestones"
    while path:
        answer = stranger.get(path)
        seen += titles(answer)
        older = answer.soup.select_one("a[rel=next]")
        path = older["href"] if older else None
    assert seen == [f"Nummer {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("after", ["x", "-1", "0", "99999999999999999999"])
def test_a_strange_key_is_as_if_it_were_not_there(any_database, visit, three, after):
    assert len(titles(visit().get(f"/de/projects/?after={after}"))) == 3


def test_the_canonical_address_holds_only_the_filters(visit, three):
    soup = visit().get("/de/projects/?theme=verkehr&utm_source=x&q=").soup
    assert soup.select_one("link[rel=canonical]")["href"] == "http://localhost/de/projects/?theme=verkehr"


def test_a_search_is_not_for_search_engines(visit, three):
    assert visit().get("/de/projects/?q=rad").soup.select_one("meta[name=robots]")
    assert not visit().get("/de/projects/?theme=verkehr").soup.select_one("meta[name=robots]")


@pytest.mark.parametrize(("query", "is_open"), [
    ("", False), ("?after=99", False), ("?q=rad", True), ("?stage=closing", True),
])
def test_the_filters_are_open_only_while_something_is_looked_for(visit, three, query, is_open):
    details = visit().get(f"/en/projects/{query}").soup.select_one("main details")
    assert details.has_attr("open") is is_open and details.summary.text == "Search and filter"
    assert details.select_one("form[role=search] #q")
