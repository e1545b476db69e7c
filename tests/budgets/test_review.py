"""Four eyes: who approves, how many must, what voids an approval."""

from datetime import date, timedelta

import pytest

from incubator.budgets import operations, queries, queries_approval
from incubator.budgets.models import Approval, PlanEdit, PlanState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.queries import of_project
from incubator.mentoring.queries import concerned
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.projects.lifecycle import Status
from incubator.projects.models import ConflictDeclaration, Part, Participation


@pytest.fixture
def project(make):
    return make.project("budget_review")


@pytest.fixture
def plan(make, project):
    return make.plan(project, grant=4_000_00, state="submitted")


@pytest.fixture
def large(make, project):
    return make.plan(project, grant=5_000_01, state="submitted")


def approve(plan, by, plan_hash=None):
    with transaction():
        return operations.sign_off(plan, by, plan_hash=plan_hash or plan.content_hash, no_conflict=True)


def belongs(person, organisation_id, role, **days):
    with transaction():
        db.session.add(Affiliation(person_id=person.id, organisation_id=organisation_id, role=role, **days))


def refused(plan, by):
    with pytest.raises(RuleBroken) as broken:
        approve(plan, by)
    assert queries.approvals(plan) == []
    return str(broken.value.sentence)


def test_one_mentor_is_enough_up_to_the_threshold(project, plan):
    approve(plan, project.mentors[0])
    assert project.status is Status.BUDGET_APPROVED
    assert plan.state is PlanState.APPROVED


def test_above_the_threshold_the_first_approval_moves_nothing(project, large):
    approve(large, project.mentors[0])
    assert project.status is Status.BUDGET_REVIEW
    assert queries_approval.signatures(large, clock.today()).missing == 1


def test_any_other_mentor_of_the_pool_can_be_the_second(make, project, large):
    approve(large, project.mentors[0])
    approve(large, make.person("mentor"))
    assert project.status is Status.BUDGET_APPROVED


def test_nobody_is_both_mentors(project, large):
    approve(large, project.mentors[0])
    with pytest.raises(RuleBroken):
        approve(large, project.mentors[0])
    assert project.status is Status.BUDGET_REVIEW


def test_an_approval_names_content_person_role_and_moment(project, plan):
    approval = approve(plan, project.mentors[0])
    assert approval.plan_hash == plan.content_hash
    assert (approval.person_id, approval.role, approval.at) == (
        project.mentors[0].id, "mentor of the project", clock.now())


def test_a_page_that_shows_another_content_approves_nothing(project, plan):
    with pytest.raises(RuleBroken):
        approve(plan, project.mentors[0], plan_hash="0" * 64)
    assert project.status is Status.BUDGET_REVIEW


@pytest.mark.parametrize("role", [AffiliationRole.BOARD, AffiliationRole.EMPLOYEE, AffiliationRole.RELATIVE])
def test_ties_with_the_carrier_exclude(project, plan, role):
    mentor = project.mentors[0]
    belongs(mentor, project.carrier_id, role)
    assert project.carrier.name in refused(plan, mentor)


def test_ties_with_a_partner_exclude(make, project, plan):
    partner = make.partnership(project)
    belongs(project.mentors[0], partner.organisation_id, AffiliationRole.BOARD)
    assert partner.organisation.name in refused(plan, project.mentors[0])


def test_a_partner_who_left_excludes_nobody(make, project, plan):
    partner = make.partnership(project, until=clock.today() - timedelta(days=1))
    belongs(project.mentors[0], partner.organisation_id, AffiliationRole.BOARD)
    approve(plan, project.mentors[0])


def test_ties_of_the_past_do_not_exclude(project, plan):
    belongs(project.mentors[0], project.carrier_id, AffiliationRole.BOARD, since=date(2020, 1, 1),
            until=clock.today() - timedelta(days=1))
    approve(plan, project.mentors[0])


def test_plain_membership_is_disclosed_and_no_obstacle(project, plan):
    mentor = project.mentors[0]
    belongs(mentor, project.carrier_id, AffiliationRole.MEMBER)
    assert queries_approval.memberships(
        mentor.id, concerned(project, clock.today()), clock.today()) == [project.carrier.name]
    approve(plan, mentor)


def test_whoever_worked_on_the_budget_does_not_approve_it(make, project, plan):
    mentor = make.person("mentor")
    with transaction():
        db.session.add(PlanEdit(plan_id=plan.id, person_id=mentor.id))
    refused(plan, mentor)


def test_an_editor_of_an_older_version_does_not_approve_the_newer_one(make, project):
    mentor = make.person("mentor")
    older = make.plan(project, state="superseded")
    plan = make.plan(project, grant=4_000_00, state="submitted")
    with transaction():
        db.session.add(PlanEdit(plan_id=older.id, person_id=mentor.id))
    refused(plan, mentor)


def test_a_mentor_who_is_on_the_team_does_not_approve(make, project, plan):
    mentor = make.person("mentor")
    with transaction():
        db.session.add(Participation(project_id=project.id, person_id=mentor.id, kind=Part.MEMBER,
                                     since=clock.today()))
    refused(plan, mentor)


def test_a_declared_conflict_excludes_and_is_kept(project, plan):
    mentor = project.mentors[0]
    with transaction():
        operations.declare(project, mentor, "approve_budget", True)
    refused(plan, mentor)
    assert db.session.query(ConflictDeclaration).filter_by(person_id=mentor.id, has_conflict=True).count() == 1
    assert [entry.data["has_conflict"] for entry in of_project(project.id, ["conflict.declared"])] == [True]


def test_a_conflict_declared_as_mentor_excludes_here_too(project, plan):
    mentor = project.mentors[0]
    with transaction():
        operations.declare(project, mentor, "answer_assignment", True)
    refused(plan, mentor)


def test_nobody_approves_without_declaring_anew(project, plan):
    with pytest.raises(RuleBroken), transaction():
        operations.approve(plan, project.mentors[0], plan.content_hash)


def test_a_declaration_for_an_older_version_does_not_count(make, project):
    with transaction():
        operations.declare(project, project.mentors[0], "approve_budget", False)
    clock.set(clock.now() + timedelta(hours=1))
    plan = make.plan(project, grant=4_000_00, state="submitted")
    with pytest.raises(RuleBroken), transaction():
        operations.approve(plan, project.mentors[0], plan.content_hash)


def test_a_refused_approval_leaves_no_declaration(project, plan):
    belongs(project.mentors[0], project.carrier_id, AffiliationRole.BOARD)
    refused(plan, project.mentors[0])
    assert db.session.query(ConflictDeclaration).count() == 0


def test_returning_gives_the_project_back_with_the_reason(project, plan):
    with transaction():
        operations.return_plan(plan, project.mentors[0], "Miete fehlt.")
    assert project.status is Status.MENTORING
    assert (plan.state, plan.return_reason) == (PlanState.RETURNED, "Miete fehlt.")


def test_returning_voids_the_approvals_given_so_far(make, project, large):
    approve(large, project.mentors[0])
    with transaction():
        operations.return_plan(large, make.person("mentor"), "Miete fehlt.")
    assert queries.approvals(large) == []
    assert db.session.query(Approval).one().voided_at == clock.now()


def test_a_return_needs_a_reason(project, plan):
    with pytest.raises(RuleBroken), transaction():
        operations.return_plan(plan, project.mentors[0], "  ")


def test_whoever_is_excluded_cannot_return_either(project, plan):
    belongs(project.mentors[0], project.carrier_id, AffiliationRole.BOARD)
    with pytest.raises(RuleBroken), transaction():
        operations.return_plan(plan, project.mentors[0], "Nein.")


def test_an_approved_budget_is_neither_approved_nor_returned_again(make, project, plan):
    approve(plan, project.mentors[0])
    with pytest.raises(RuleBroken):
        approve(plan, make.person("mentor"))
    with pytest.raises(RuleBroken), transaction():
        operations.return_plan(plan, make.person("mentor"), "Doch nicht.")


def test_a_plan_that_breaks_the_rules_of_today_is_not_approved(project, plan):
    with transaction():
        project.round.min_own_share_pct = 50
    refused(plan, project.mentors[0])


def test_the_pool_is_told_apart_into_free_and_excluded(make, project, large):
    free, tied = make.person("mentor"), make.person("mentor")
    belongs(tied, project.carrier_id, AffiliationRole.BOARD)
    found = queries_approval.signatures(large, clock.today())
    assert {person.id for person in found.free} == {free.id, project.mentors[0].id}
    assert [person.id for person, _sentence in found.excluded] == [tied.id]
    assert not found.is_deadlocked


def test_too_few_free_mentors_are_noticed(project, large):
    assert queries_approval.signatures(large, clock.today()).is_deadlocked


def test_a_budget_of_a_withdrawn_project_is_neither_approved_nor_returned(project, large):
    with transaction():
        project.status = Status.WITHDRAWN
    refused(large, project.mentors[0])
    with pytest.raises(RuleBroken), transaction():
        operations.return_plan(large, project.mentors[0], "Zu spät.")
