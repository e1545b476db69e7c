"""The formal check, point by point."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations as mentoring
from incubator.projects import operations, queries_check, rules_check
from incubator.projects import operations_check as checking
from incubator.projects.lifecycle import Status
from incubator.projects.models_proposal import CheckMark, CheckResult
from tests.projects import papers

CARRIER, COSTS = "Carrier and team: written agreement", "Die Kosten sind plausibel"


@pytest.fixture
def project(make):
    round = make.round(check_points=[CARRIER, COSTS], language="en")
    return make.project("submitted", mentor=make.person("mentor"), round=round)


@pytest.fixture
def office(make):
    return make.person("coordinator")


def check(project):
    return f"/en/desk/projects/{project.id}/check"


def field(kind, point):
    return f"{kind}_{rules_check.Point(point).key}"


def save(project, office, **results):
    found = {CARRIER: (None, ""), COSTS: (None, "")} | {point: given for point, given in results.items()}
    with transaction():
        checking.save_check(project, office, None, found)


def test_what_was_found_is_kept_in_between(project, office, visit):
    page = visit(office)
    answer = page.fill(check(project), form="form[action$='/check/points']", **{
        field("result", CARRIER): "missing", field("note", CARRIER): "Unterschrift fehlt"})
    assert answer.status == 303
    mark = CheckMark.query.one()
    assert (mark.point, mark.result, mark.note) == (CARRIER, CheckResult.MISSING, "Unterschrift fehlt")
    assert "One point was not looked at yet." in page.get(check(project)).text


def test_the_return_begins_with_what_is_missing(project, office, visit):
    papers.mark(project, office, CARRIER, note="Unterschrift fehlt")
    papers.mark(project, office, COSTS, "met")
    page = visit(office).get(check(project))
    assert page.soup.select_one("#reason").text.strip() == f"{CARRIER}: Unterschrift fehlt"
    assert page.soup.select_one("#due_on[value='2026-03-15']")


def test_nothing_is_admitted_while_a_point_is_missing(project, office):
    mark = papers.mark(project, office, COSTS)
    with pytest.raises(RuleBroken, match="still missing"), transaction():
        mentoring.admit(project, office)
    with transaction():
        mark.result = CheckResult.NOT_NEEDED
    with transaction():
        mentoring.admit(project, office)
    assert project.status is Status.MENTORING


def test_a_point_that_the_round_no_longer_has_holds_nothing_up(project, office):
    papers.mark(project, office, "Ein alter Punkt")
    with transaction():
        mentoring.admit(project, office)
    assert project.status is Status.MENTORING


def test_what_is_in_order_stays_so_when_the_proposal_comes_back(project, office):
    save(project, office, **{CARRIER: (CheckResult.MISSING, "fehlt"), COSTS: (CheckResult.MET, "")})
    with transaction():
        operations.return_for_changes(project, office, "Bitte ergänzen.")
    with transaction():
        operations.submit(project, project.leads[0])
    assert [point.result for point in queries_check.points(project)] == [CheckResult.MISSING, CheckResult.MET]


def test_the_lead_reads_each_missing_point_with_a_way_to_its_step_and_nothing_twice(project, office, visit):
    papers.mark(project, office, CARRIER, note="Unterschrift fehlt")
    papers.mark(project, office, COSTS)
    with transaction():
        operations.return_for_changes(project, office, rules_check.words_of(queries_check.points(project)))
    page = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}")
    links = {a.get_text(strip=True): a["href"].rpartition("/")[2] for a in page.soup.select("main .panel li a")}
    assert links == {CARRIER: "carrier", COSTS: "idea"}
    assert page.soup.select_one("main .panel").get_text().count("Unterschrift fehlt") == 1


def test_other_words_of_the_return_are_read_besides(project, office, visit):
    papers.mark(project, office, CARRIER)
    with transaction():
        operations.return_for_changes(project, office, "Rufen Sie uns gern an.")
    page = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}").soup.select_one("main .panel").get_text()
    assert "Rufen Sie uns gern an." in page and CARRIER in page


def test_two_people_who_check_at_once_see_each_others_marks(project, office, make, visit):
    page = visit(office).get(check(project))
    version = page.soup.select_one("form[action$='/check/points'] [name=version]")["value"]
    visit(make.person("coordinator")).fill(check(project), form="form[action$='/check/points']", **{
        field("result", COSTS): "missing"})
    answer = visit(office).post(f"{check(project)}/points", {"version": version, field("result", COSTS): "met"})
    assert answer.status == 422 and "Somebody else saved this" in answer.text


def test_a_round_without_points_is_checked_the_simple_way(make, office, visit):
    page = visit(office).get(check(make.project("submitted")))
    assert not page.soup.select("form[action$='/check/points']")


def test_points_are_marked_only_while_the_proposal_waits_for_them(project, office):
    with transaction():
        operations.withdraw(project, project.leads[0])
    with pytest.raises(RuleBroken, match="does not wait for a check"):
        save(project, office, **{COSTS: (CheckResult.MET, "")})


@pytest.mark.parametrize(("point", "step"), [
    ("Träger: Zusage", "carrier"), ("plan: Kosten", "plan"), ("TRÄGER : Zusage", "carrier"), ("Träger", None),
    ("Die Kosten: plausibel", None),
])
def test_a_point_names_its_step_before_the_colon(point, step):
    assert rules_check.step_named_in(point, {"plan": "Was und wann", "carrier": "Träger"}) == step


def test_the_round_keeps_its_points_and_refuses_one_twice(make, visit):
    round, office = make.round(), visit(make.person("administrator"))
    path = f"/en/desk/rounds/{round.id}/edit"
    office.fill(path, check_points=f"{CARRIER}\r\n\r\n{COSTS}", asks_translation=True, translation_due_days="21")
    assert (round.check_points, round.asks_translation, round.translation_due_days) == ([CARRIER, COSTS], True, 21)
    assert office.fill(path, check_points=f"{COSTS}\n{COSTS}").status == 422
