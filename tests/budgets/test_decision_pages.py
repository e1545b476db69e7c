"""The pages on which the coordination records a decision."""

from datetime import date

import pytest

from incubator.budgets import queries
from incubator.foundation.transaction import transaction
from incubator.projects.lifecycle import Status

RESOLUTION = {"body": "Rat der Stadt", "on": date(2026, 2, 24), "reference": "VO/2026/12"}
NOTICE = {"notice_number": "2026-003", "notice_on": date(2026, 3, 1)}


@pytest.fixture
def project(make):
    project = make.project("budget_approved")
    make.plan(project, grant=7_600_00, state="approved")
    return project


@pytest.fixture
def path(project):
    return f"/de/desk/projects/{project.id}/decision"


@pytest.fixture
def office(make, visit):
    return visit(make.person("coordinator"))


def test_the_award_is_recorded_on_one_page(office, project, path):
    answer = office.fill(path, body="Rat", on="2026-02-24", reference="VO/1")
    assert answer.status == 303
    assert project.status is Status.AWARDED
    assert project.notice_number == "2026-001"
    assert "01.04.2026" in office.follow(answer).text or "1. Apr" in office.follow(answer).text


def test_the_page_says_what_is_left_in_the_fund_after_the_award(office, path):
    assert "32.400,00" in office.get(path).text


def test_too_little_money_is_refused_with_what_is_left(office, project, path):
    with transaction():
        project.round.fund_cents = 7_599_99
    answer = office.post(path, RESOLUTION | NOTICE)
    assert answer.status == 422
    assert "7.599,99" in answer.text
    assert project.status is Status.BUDGET_APPROVED


def test_the_next_project_starts_with_the_last_resolution(make, office, project, path):
    office.post(path, RESOLUTION | NOTICE)
    other = make.project("budget_approved")
    make.plan(other, state="approved")
    soup = office.get(f"/de/desk/projects/{other.id}/decision").soup
    assert soup.select_one("[name=body]")["value"] == "Rat der Stadt"
    assert soup.select_one("[name=on]")["value"] == "2026-02-24"
    assert soup.select_one("[name=notice_number]")["value"] == "2026-004"


def test_a_missing_body_is_asked_for(office, path):
    answer = office.post(path, RESOLUTION | NOTICE | {"body": ""})
    assert answer.status == 422
    assert answer.soup.select_one("#body-error")


def test_the_waiting_list_has_a_page_of_its_own(office, project, path):
    assert office.post(f"{path}/waiting-list", RESOLUTION).status == 303
    assert project.status is Status.WAITLISTED
    assert office.get(path).soup.select_one("[name=notice_number]")


def test_a_rejection_asks_for_the_reason(office, project, path):
    assert office.post(f"{path}/rejection", RESOLUTION).status == 422
    assert office.post(f"{path}/rejection", RESOLUTION | {"reason": "Passt nicht."}).status == 303
    assert (project.status, project.end_reason) == (Status.REJECTED, "Passt nicht.")


def test_nothing_is_decided_before_the_approval(make, office):
    project = make.project("budget_review")
    make.plan(project, state="submitted")
    path = f"/de/desk/projects/{project.id}/decision"
    assert not office.get(path).soup.select("[name=notice_number]")
    assert office.post(path, RESOLUTION | NOTICE).status == 422


@pytest.mark.parametrize("page", ["", "/waiting-list", "/rejection"])
def test_only_the_coordination_decides(make, visit, project, path, page):
    for person in (project.leads[0], project.mentors[0], make.person("mentor"), make.person("administrator")):
        assert visit(person).get(path + page).status == 403
    assert visit().get(path + page).status == 303


def test_a_coordinator_who_mentors_the_project_does_not_decide(make, visit):
    both = make.person("coordinator", "mentor")
    project = make.project("budget_approved", mentor=both)
    assert visit(both).get(f"/de/desk/projects/{project.id}/decision").status == 403


def test_the_same_form_sent_twice_awards_once(office, project, path):
    sent = RESOLUTION | NOTICE | {"form_key": "k" * 20}
    assert [office.post(path, sent).status for _each in range(2)] == [303, 303]
    assert project.round.awarded_cents == queries.award_of(project.id).amount_cents


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_decision_pages_speak_every_language(office, path, language):
    for page in ("", "/waiting-list", "/rejection"):
        assert office.get(path.replace("/de/", f"/{language}/") + page).status == 200
