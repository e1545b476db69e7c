"""The minutes of a panel as a PDF."""

import pytest

from incubator.documents import press, queries_panel
from incubator.foundation import clock
from incubator.foundation.language import in_language
from incubator.selection import operations_ranking, operations_sheets
from tests.documents.reading import text_of
from tests.selection.panels import act, filled, panel, prepare, publish, resolve, score, score_all


@pytest.fixture
def city(make):
    city = panel(make, 6_000_00, 3_000_00, members=3)
    city.away = city.people.pop()
    act(operations_sheets.declare_conflict, city.projects[0], city.away)
    score(city.projects[1], city.away, 4)
    score_all(city, 5, 4)
    resolution = resolve(city)
    prepare(city, city.projects[0], "award", resolution)
    prepare(city, city.projects[1], "reject", resolution)
    return city


def said(city, code="de"):
    with in_language(code):
        return queries_panel.content(city.round)


def test_they_name_the_conflict_only_as_such(city):
    content = said(city)
    [absence] = content["absent"]
    assert city.projects[0].title in absence[0]
    assert city.away.name in absence[2]
    assert "conflict" not in str(content)


def test_prepared_decisions_stand_nowhere_until_they_are_published(city):
    assert said(city)["decisions"] == []
    publish(city)
    assert len(said(city)["decisions"]) == 2


def test_an_open_scoring_shows_no_points(make):
    city = panel(make, 6_000_00)
    score(city.projects[0], city.people[0], 5)
    assert said(city)["ranking"] == []


def test_they_are_set_in_german_and_as_a_courtesy(city, make, visit):
    publish(city)
    auditor = visit(make.person("auditor"))
    for code, word in (("de", "Nicht mitgewirkt"), ("en", "courtesy"), ("ar", "")):
        answer = auditor.get(f"/{code}/desk/rounds/{city.round.id}/minutes.pdf")
        assert answer.status == 200
        assert answer.data.startswith(b"%PDF")
        if word:
            assert word in text_of(answer.data)


def test_hostile_titles_are_set_as_they_are(make):
    city = panel(make, 1_000_00)
    act(setattr, city.projects[0], "title", "#panic() \u202e $x$ 😀 *fett*")
    score(city.projects[0], city.people[0], 3)
    assert press.pdf("panel_minutes", said(city), clock.now()).startswith(b"%PDF")


def test_only_coordination_and_auditor_get_them(city, visit):
    assert visit(city.away).get(f"/de/desk/rounds/{city.round.id}/minutes.pdf").status == 403


def test_they_name_what_is_decided_without_points_and_what_was_corrected_and_why(make):
    city = panel(make, 6_000_00, 3_000_00)
    without, scored = city.projects
    for person in city.people:
        act(operations_sheets.declare_conflict, without, person)
    sheet = score(scored, city.people[0], 2)
    score(scored, city.people[1], 5)
    act(operations_sheets.give, sheet, city.people[0], filled(city.round.id, 4), no_conflict=True,
        version=sheet.version, because="Den Plan übersehen.")
    assert (said(city)["without_points"], said(city)["corrections"]) == ([], [])
    act(operations_ranking.close, city.round, city.office)
    content = said(city)
    [alone] = content["without_points"]
    assert without.title in alone[0]
    [correction] = content["corrections"]
    assert city.people[0].name in correction[2]
    assert "Den Plan übersehen." in correction[4]
    text = " ".join(text_of(press.pdf("panel_minutes", content, clock.now())).split())
    assert "ohne Punkte" in text and "Den Plan übersehen." in text
