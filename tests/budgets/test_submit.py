"""Handing a budget in: what must be there first."""

import pytest

from incubator.budgets import operations, queries, rules
from incubator.budgets.models import FinancingKind, FinancingLine, PlanState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners.models import PledgeKind, PledgeState
from incubator.projects.lifecycle import Status


@pytest.fixture
def project(make):
    """A project for which nothing is missing but the submission."""
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    make.plan(project)
    return project


def submit(project):
    with transaction():
        return operations.submit(project, project.leads[0])


def missing(project):
    return [each.endpoint for each in queries.missing_for_submission(project, queries.current_plan(project.id))]


def refused(project):
    with pytest.raises(RuleBroken) as broken:
        submit(project)
    assert project.status is Status.MENTORING
    return broken.value.sentence


def test_a_complete_budget_goes_to_the_mentors(project):
    plan = submit(project)
    assert project.status is Status.BUDGET_REVIEW
    assert plan.state is PlanState.SUBMITTED
    assert plan.content_hash == rules.content_hash(plan)


def test_a_plan_that_breaks_a_rule_stays_with_the_team(project):
    with transaction():
        queries.current_plan(project.id).costs[0].amount_cents += 1
    assert "0.01" in str(refused(project))


def test_without_a_plan_there_is_nothing_to_submit(make):
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    assert missing(project) == ["budgets.edit"]
    refused(project)


def test_without_an_initial_consultation_nothing_is_submitted(make):
    project = make.project("mentoring")
    make.plan(project)
    assert missing(project) == ["mentoring.show"]
    refused(project)


def test_without_the_carriers_agreement_nothing_is_submitted(project):
    with transaction():
        project.carrier_agreed_on = None
    assert missing(project) == ["projects.show"]
    refused(project)


def third_party(project, cents):
    with transaction():
        plan = queries.current_plan(project.id)
        plan.financing[0].amount_cents -= cents
        plan.financing.append(FinancingLine(kind=FinancingKind.THIRD_PARTY, amount_cents=cents, position=9))


@pytest.mark.parametrize(("promised", "state", "lacks"), [
    (400_00, PledgeState.CONFIRMED, []),
    (400_00, PledgeState.OFFERED, ["partners.show"]),
    (399_99, PledgeState.CONFIRMED, ["partners.show"]),
])
def test_only_confirmed_money_counts_as_money_from_others(make, project, promised, state, lacks):
    make.pledge(project, kind=PledgeKind.MONEY, value_cents=promised, state=state)
    third_party(project, 400_00)
    assert missing(project) == lacks


def test_a_returned_version_must_be_changed_before_it_goes_out_again(make):
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    make.plan(project, state="returned")
    refused(project)


def test_what_was_submitted_cannot_be_submitted_again(project):
    submit(project)
    with pytest.raises(RuleBroken):
        submit(project)


def test_the_hash_changes_with_every_part_of_the_content(project):
    plan = queries.current_plan(project.id)
    hashes = {rules.content_hash(plan)}
    for change in (
        lambda: setattr(plan, "explanation", "Warum"),
        lambda: setattr(plan.costs[0], "purpose", "Anderes"),
        lambda: setattr(plan.costs[1], "amount_cents", 1),
        lambda: setattr(plan.financing[0], "kind", FinancingKind.INCOME),
        lambda: plan.financing.pop(),
    ):
        change()
        hashes.add(rules.content_hash(plan))
    assert len(hashes) == 6
    db.session.rollback()
