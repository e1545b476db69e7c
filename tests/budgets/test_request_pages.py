"""Pages about another budget, more time and an early start, and what a waiting change leaves as it is."""

from datetime import date

import pytest

from incubator.budgets import operations_change, queries, queries_change
from incubator.budgets.models_change import ChangeKind
from incubator.foundation.transaction import transaction
from incubator.projects.lifecycle import Status
from tests.budgets.changes import budget, changeable, ways


@pytest.fixture
def project(make):
    return changeable(make)


@pytest.fixture
def lead(visit, project):
    return visit(project.leads[0])


def ask(project):
    fees, material = queries.current_plan(project.id).costs
    with transaction():
        return operations_change.shift(project, project.leads[0], reason="Mehr Honorar.", lines=[
            (fees.root_id, 1_500_00), (material.root_id, 2_945_00)])


def last_change(project):
    return queries_change.changes(project.id)[0]


def test_another_budget_keeps_its_lines_and_adds_one(lead, visit, project):
    before = queries.current_plan(project.id)
    path = f"/de/desk/projects/{project.id}/changes/budget"
    answer = lead.fill(path, **{
        "costs-0-amount": "700,00", "costs-2-kind": "interpreting", "costs-2-purpose": "Arabisch",
        "costs-2-amount": "300,00", "reason": "Ohne Dolmetschen geht es nicht."})
    assert answer.status == 303, answer.soup.select_one(".notice--danger")
    change = last_change(project)
    assert change.kind is ChangeKind.BUDGET
    roots = [line.root_id for line in change.new_plan.costs]
    assert roots[:2] == [line.root_id for line in before.costs]
    assert "Arabisch" in visit(project.mentors[0]).get(f"/de/desk/changes/{change.id}/review").text


def test_one_more_row_without_javascript_asks_for_nothing(lead, project):
    path = f"/de/desk/projects/{project.id}/changes/budget"
    answer = lead.fill(path, add="costs")
    assert answer.status in (200, 422)
    assert queries_change.changes(project.id) == []


def test_more_time_is_asked_for_and_agreed_to(make, lead, visit, project):
    path = f"/de/desk/projects/{project.id}/changes/time"
    assert lead.fill(path, until="2027-02-28", reason="Der Saal ist später frei.").status == 303
    coordinator = visit(make.person("coordinator"))
    answer = f"/de/desk/changes/{last_change(project).id}/decision"
    assert coordinator.fill(answer, agreed="yes", no_conflict=True).status == 303
    assert project.ends_on == date(2027, 2, 28)


def test_a_no_without_words_is_refused_beside_the_field(make, lead, visit, project):
    lead.fill(f"/de/desk/projects/{project.id}/changes/time", until="2027-02-28", reason="Saal.")
    answer = f"/de/desk/changes/{last_change(project).id}/decision"
    refused = visit(make.person("coordinator")).fill(answer, agreed="no", no_conflict=True)
    assert refused.status == 422
    assert refused.soup.select_one("#answer-error")


def test_the_day_after_the_end_the_page_offers_no_form(lead, project):
    with transaction():
        project.ends_on = date(2026, 2, 28)
    assert not lead.get(f"/de/desk/projects/{project.id}/changes/time").soup.select("form.form")


def test_an_early_start_is_asked_for_from_mentoring_on(make, visit):
    project = make.project("mentoring")
    lead = visit(project.leads[0])
    assert "early-start" in ways(lead.get(budget(project)))
    path = f"/de/desk/projects/{project.id}/changes/early-start"
    assert lead.fill(path, starts_on="2026-03-15", reason="Die Saat muss in die Erde.").status == 303
    assert last_change(project).kind is ChangeKind.EARLY_START


def test_a_waiting_change_breaks_no_page_of_the_project(make, lead, visit, project):
    ask(project)
    page = lead.get(budget(project))
    assert "1.000,00" in page.soup.select_one("table").text
    coordinator = visit(make.person("coordinator"))
    for path in (budget(project), f"/de/desk/projects/{project.id}", f"/de/desk/board/{project.round_id}", "/de/desk/"):
        assert coordinator.get(path).status == 200, path
    for path in (f"/de/projects/{project.slug}", f"/de/projects/{project.slug}/money"):
        assert visit().get(path).status == 200, path


def test_no_code_of_a_rule_is_seen(make, visit):
    project = make.project("mentoring")
    make.plan(project)
    text = visit(project.leads[0]).get(budget(project)).soup.select_one("main").text
    assert "R1" not in text
    assert "(R" not in text


def test_a_suspended_project_may_still_ask(lead, project):
    with transaction():
        project.status = Status.SUSPENDED
    assert lead.get(budget(project, "/shift")).soup.select("form[data-sums]")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_speak_every_language(make, visit, lead, project, language):
    ask(project)
    with transaction():
        operations_change.withdraw_change(last_change(project), project.leads[0])
    for tail in ("budget/shift", "changes", "changes/budget", "changes/time"):
        assert lead.get(f"/{language}/desk/projects/{project.id}/{tail}").status == 200
    assert lead.get(f"/{language}/desk/changes/{last_change(project).id}").status == 200
