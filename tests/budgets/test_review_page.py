"""The page on which a mentor approves or returns a budget."""

import pytest

from incubator.budgets import queries as budgets
from incubator.budgets.models import PlanState
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.projects.lifecycle import Status


@pytest.fixture
def project(make):
    project = make.project("budget_review")
    make.session(project, project.mentors[0])
    make.plan(project, grant=6_000_00, state="submitted", editor=project.leads[0])
    return project


@pytest.fixture
def path(project):
    return f"/de/desk/projects/{project.id}/budget/review"


APPROVE = "form[action$='/budget/review']"


def test_two_ticks_of_the_mouse_approve(visit, project, path):
    assert visit(project.mentors[0]).fill(path, form=APPROVE, no_conflict="y").status == 303
    assert len(budgets.approvals(budgets.current_plan(project.id))) == 1


def test_without_the_declaration_nothing_is_approved(visit, project, path):
    answer = visit(project.mentors[0]).fill(path, form=APPROVE)
    assert answer.status == 422
    assert answer.soup.select_one("#no_conflict-error")
    assert budgets.approvals(budgets.current_plan(project.id)) == []


def test_the_declaration_names_carrier_and_partners(make, visit, project, path):
    partner = make.partnership(project)
    text = visit(project.mentors[0]).get(path).text
    assert project.carrier.name in text and partner.organisation.name in text


def test_after_the_first_approval_the_page_says_that_a_second_is_needed(make, visit, project, path):
    mentor = project.mentors[0]
    visit(mentor).fill(path, form=APPROVE, no_conflict="y")
    again = visit(mentor).get(path).soup
    assert not again.select(APPROVE)
    other = visit(make.person("mentor")).get(path)
    assert mentor.name in other.text
    assert other.soup.select(APPROVE)


def test_the_second_approval_closes_the_review(make, visit, project, path):
    visit(project.mentors[0]).fill(path, form=APPROVE, no_conflict="y")
    visit(make.person("mentor")).fill(path, form=APPROVE, no_conflict="y")
    assert project.status is Status.BUDGET_APPROVED


def test_a_stale_page_is_refused(visit, project, path):
    mentor = visit(project.mentors[0])
    with transaction():
        budgets.current_plan(project.id).content_hash = "f" * 64
    assert mentor.post(path, {"plan_hash": "0" * 64, "no_conflict": True}).status == 422


def test_the_same_form_sent_twice_approves_once(visit, project, path):
    mentor = visit(project.mentors[0])
    sent = {"plan_hash": budgets.current_plan(project.id).content_hash, "no_conflict": True, "form_key": "k" * 20}
    assert mentor.post(path, sent).status == 303
    assert mentor.post(path, sent).status == 303
    assert len(budgets.approvals(budgets.current_plan(project.id))) == 1


def test_a_mentor_of_the_carriers_board_finds_no_button_but_the_reason(visit, project, path):
    mentor = project.mentors[0]
    with transaction():
        db.session.add(Affiliation(person_id=mentor.id, organisation_id=project.carrier_id, role=AffiliationRole.BOARD))
    answer = visit(mentor).get(path)
    assert not answer.soup.select(APPROVE)
    assert project.carrier.name in answer.text
    forced = visit(mentor).post(path, {"plan_hash": budgets.current_plan(project.id).content_hash, "no_conflict": True})
    assert forced.status == 422


def test_declaring_a_conflict_takes_the_buttons_away(visit, project, path):
    mentor = visit(project.mentors[0])
    way = mentor.get(path).soup.select_one("a[href$='/conflict?act=approve_budget']")["href"]
    assert mentor.fill(way).status == 303
    assert not mentor.get(path).soup.select(APPROVE)


def test_returning_needs_a_reason_and_keeps_the_page(visit, project, path):
    mentor = visit(project.mentors[0])
    refused = mentor.fill(path, form="form[action$='/budget/return']")
    assert refused.status == 422
    assert refused.soup.select_one("#reason-error")
    sent = mentor.fill(path, form="form[action$='/budget/return']", reason="Miete fehlt.")
    assert sent.status == 303
    assert project.status is Status.MENTORING
    assert budgets.current_plan(project.id).state is PlanState.RETURNED


def test_too_few_free_mentors_are_named_on_the_page(visit, project, path):
    assert "Stellvertretung" in visit(project.mentors[0]).get(path).text or "deputy" in visit(
        project.mentors[0]).get(path.replace("/de/", "/en/")).text


def test_a_team_member_never_sees_the_review(visit, project, path):
    assert visit(project.leads[0]).get(path).status == 403


def test_a_coordinator_does_not_approve(make, visit, path):
    assert visit(make.person("coordinator")).get(path).status == 403


def test_there_is_nothing_to_review_before_the_submission(make, visit):
    project = make.project("mentoring")
    make.plan(project)
    assert visit(project.mentors[0]).get(f"/de/desk/projects/{project.id}/budget/review").status == 404


def test_the_review_page_asks_the_database_few_times(make, visit, queries, project, path):
    for _each in range(4):
        make.person("mentor")
    mentor = visit(project.mentors[0])
    with queries(at_most=20):
        assert mentor.get(path).status == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_review_page_speaks_every_language(visit, project, path, language):
    assert visit(project.mentors[0]).get(path.replace("/de/", f"/{language}/")).status == 200
