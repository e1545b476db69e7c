"""Corrections after others' sheets could be read, projects nobody may score, and points as they are written."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.projects import queries as projects
from incubator.selection import figures, operations_ranking, operations_sheets, queries_ranking, queries_sheets
from tests.selection.panels import act, filled, panel, prepare, publish, resolve, score, statuses

TODAY = date(2026, 3, 1)


def correct(sheet, person, points, **facts):
    return act(operations_sheets.give, sheet, person, filled(sheet.project.round_id, points), no_conflict=True,
               version=sheet.version, **facts)


def test_who_could_read_others_corrects_only_with_a_reason(make):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    sheet = score(project, first, 2)
    correct(sheet, first, 3)
    score(project, second, 5)
    for empty in ("", "  "):
        with pytest.raises(RuleBroken) as refused:
            correct(sheet, first, 4, because=empty)
    assert refused.value.field == "because"
    correct(sheet, first, 4, because="Ich hatte den Plan übersehen.")
    [correction] = queries_sheets.corrections([sheet])[sheet.id]
    assert (correction.reason, correction.at.date()) == ("Ich hatte den Plan übersehen.", TODAY)


def test_a_sheet_that_was_read_before_it_was_taken_out_still_asks_for_a_reason(make):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    sheet = score(project, first, 2)
    score(project, second, 5)
    act(operations_sheets.declare_conflict, project, second)
    with pytest.raises(RuleBroken):
        correct(sheet, first, 5)


def test_the_book_knows_only_the_mark_of_the_reason_and_finds_it_changed(make):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    sheet = score(project, first, 2)
    score(project, second, 5)
    correct(sheet, first, 4, because="Plan übersehen.")
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "sheet.corrected"))
    assert "Plan übersehen." not in str(entry.data)
    assert entry.project_id is None, "nothing of the scoring stands on the project's own timeline"
    assert list(projects.altered_reasons()) == []
    with transaction():
        projects.reason_of(entry.id).text = "Anders."
    assert list(projects.altered_reasons()) == [(project.id, entry.id)]


def test_the_page_asks_for_the_reason_and_the_sheets_show_it(make, visit):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    path, visitor = f"/de/desk/projects/{project.id}/score", visit(first)
    score(project, first, 2)
    assert not visitor.get(path).soup.select("[name=because]")
    score(project, second, 5)
    assert visitor.fill(path, act="give", no_conflict="y").status == 422
    assert visitor.fill(path, act="give", no_conflict="y", because="Plan übersehen.").status == 303
    act(operations_ranking.close, city.round, city.office)
    assert "Plan übersehen." in visit(city.office).get(f"/de/desk/projects/{project.id}/scores").text


def all_away(city, project):
    for person in city.people:
        act(operations_sheets.declare_conflict, project, person)


def test_the_scoring_closes_though_everybody_takes_no_part_in_the_only_project(make):
    city = panel(make, 5_000_00)
    all_away(city, city.projects[0])
    act(operations_ranking.close, city.round, city.office)
    assert queries_ranking.ranking(city.round, TODAY).without_points == city.projects


def test_the_scoring_does_not_close_while_somebody_who_may_score_has_not(make):
    city = panel(make, 5_000_00, 4_000_00)
    all_away(city, city.projects[0])
    with pytest.raises(RuleBroken):
        act(operations_ranking.close, city.round, city.office)


def test_a_panel_of_nobody_has_not_scored(make):
    city = panel(make, 5_000_00, members=0)
    with pytest.raises(RuleBroken):
        act(operations_ranking.close, city.round, city.office)


def test_what_nobody_could_score_stands_at_the_end_and_is_decided_without_points(make, visit):
    city = panel(make, 5_000_00, 4_000_00)
    without, scored = city.projects
    all_away(city, without)
    score(scored, city.people[0], 1)
    office = visit(city.office)
    assert without.title in office.get(f"/en/desk/rounds/{city.round.id}/ranking/close").soup.select_one("main").text
    act(operations_ranking.close, city.round, city.office)
    rows = queries_ranking.ranking(city.round, TODAY).rows
    assert [(row.project.id, row.standing.place) for row in rows] == [(scored.id, 1), (without.id, None)]
    assert "without points" in office.get(f"/en/desk/rounds/{city.round.id}/ranking").text
    resolution = resolve(city)
    page = office.get(f"/en/desk/projects/{without.id}/decision/prepare")
    assert "decides about it without points" in page.text
    decision = prepare(city, without, "award", resolution)
    assert (decision.place, decision.points_milli) == (None, None)
    prepare(city, scored, "reject", resolution)
    publish(city)
    assert statuses(city) == ["awarded", "rejected"]


@pytest.mark.parametrize(("milli", "code", "said"), [
    (4600, "de", "4,6"), (4600, "en", "4.6"), (4333, "de", "4,33"), (5000, "de", "5"), (None, "de", "–"),
])
def test_points_are_never_read_as_thousands(app, milli, code, said):
    with in_language(code):
        assert figures.points(milli) == said
