"""A larger change is decided like the first budget: exactly what was shown, by free people, by enough of them."""

from datetime import timedelta

import pytest

from incubator.budgets import operations_change, operations_conflict, queries, queries_approval, queries_change
from incubator.budgets.models import CostKind, FinancingKind, PlanState
from incubator.budgets.models_change import ChangeState
from incubator.desk.queries_plans import plans
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.policy import Act
from incubator.projects.models import ConflictDeclaration


@pytest.fixture
def project(make):
    project = make.project("active")
    make.award(project, grant=4_000_00)
    return project


@pytest.fixture
def change(project):
    return ask(project)


def ask(project, by=1_500_00):
    fees, material = queries.current_plan(project.id).costs
    with transaction():
        return operations_change.shift(project, project.leads[0], reason="Mehr Honorar.", lines=[
            (fees.root_id, fees.amount_cents + by), (material.root_id, material.amount_cents - by)])


def approve(change, by, plan_hash=None):
    with transaction():
        return operations_change.approve_change(change, by, plan_hash or change.new_plan.content_hash, True)


def refuse(change, by, reason="Das Material reicht dann nicht."):
    with transaction():
        operations_change.refuse_change(change, by, reason)


def test_one_mentor_puts_a_change_in_force_up_to_the_threshold(project, change):
    before = queries.current_plan(project.id)
    approve(change, project.mentors[0])
    now = queries.current_plan(project.id)
    assert (change.state, change.decided_by, now) == (ChangeState.APPROVED, project.mentors[0], change.new_plan)
    assert (now.state, before.state) == (PlanState.APPROVED, PlanState.SUPERSEDED)
    assert (now.approved_at, queries.award_of(project.id).plan) == (clock.now(), before)


def test_from_then_on_shifts_are_measured_against_the_new_plan(project, change):
    approve(change, project.mentors[0])
    decided = queries.current_plan(project.id).costs[0].amount_cents
    assert ask(project, by=decided // 5).state is ChangeState.NOTED


def test_above_the_threshold_two_mentors_agree(make):
    project = make.project("active")
    make.award(project, grant=6_000_00)
    change = ask(project, by=2_000_00)
    approve(change, project.mentors[0])
    assert change.state is ChangeState.ASKED
    with pytest.raises(RuleBroken, match="already"):
        approve(change, project.mentors[0])
    approve(change, make.person("mentor"))
    assert change.state is ChangeState.APPROVED


def test_a_page_that_shows_another_content_agrees_to_nothing(project, change):
    with pytest.raises(RuleBroken):
        approve(change, project.mentors[0], "0" * 64)
    assert change.state is ChangeState.ASKED


def test_nobody_agrees_without_declaring(project, change):
    with pytest.raises(RuleBroken) as broken, transaction():
        operations_change.approve_change(change, project.mentors[0], change.new_plan.content_hash, False)
    assert broken.value.field == "no_conflict"


def test_ties_with_the_carrier_exclude_from_a_change_too(make, project, change):
    make.affiliation(project.mentors[0], project.carrier, "board")
    for act in (approve, refuse):
        with pytest.raises(RuleBroken, match=project.carrier.name):
            act(change, project.mentors[0])
    assert db.session.query(ConflictDeclaration).count() == 0


def test_a_conflict_declared_elsewhere_excludes_here(project, change):
    with transaction():
        operations_conflict.declare(project, project.mentors[0], Act.CHECK_RECEIPT, True)
    with pytest.raises(RuleBroken, match="declared"):
        approve(change, project.mentors[0])


def test_a_change_that_was_taken_back_cannot_be_agreed_to(project, change):
    with transaction():
        operations_change.withdraw_change(change, project.leads[0])
    with pytest.raises(RuleBroken, match="answered"):
        approve(change, project.mentors[0])


def test_a_refusal_says_why_and_leaves_the_plan(project, change):
    before = queries.current_plan(project.id)
    with pytest.raises(RuleBroken, match="why"):
        refuse(change, project.mentors[0], " ")
    refuse(change, project.mentors[0])
    assert (change.state, change.answer) == (ChangeState.REFUSED, "Das Material reicht dann nicht.")
    assert (change.new_plan.state, queries.current_plan(project.id)) == (PlanState.RETURNED, before)


def test_a_refusal_voids_the_first_of_two_approvals(make):
    project = make.project("active")
    make.award(project, grant=6_000_00)
    change = ask(project, by=2_000_00)
    approve(change, project.mentors[0])
    refuse(change, make.person("mentor"))
    assert queries.approvals(change.new_plan) == []


def test_after_a_refusal_something_else_can_be_asked(project, change):
    refuse(change, project.mentors[0])
    again = ask(project, by=1_200_00)
    assert (again.state, again.new_plan.number) == (ChangeState.ASKED, 3)


def test_the_coordination_does_not_decide_about_money(make, project, change):
    with pytest.raises(RuleBroken, match="mentors"), transaction():
        operations_change.decide(change, make.person("coordinator"), True, "")


def _lines(plan, **amounts):
    costs = [{"kind": line.kind, "purpose": line.purpose, "amount_cents": line.amount_cents, "origin_id": line.root_id}
             for line in plan.costs]
    financing = [{"kind": line.kind, "amount_cents": amounts.get(line.kind, line.amount_cents)}
                 for line in plan.financing]
    return costs, financing


def ask_budget(project, costs, financing):
    with transaction():
        return operations_change.ask_budget(project, project.leads[0], costs=costs, financing=financing,
                                            reason="Wir brauchen Übersetzung.")


def test_a_changed_budget_may_have_new_lines(project):
    plan = queries.current_plan(project.id)
    costs, financing = _lines(plan)
    costs[0]["amount_cents"] -= 300_00
    costs.append({"kind": CostKind.INTERPRETING, "purpose": "Arabisch", "amount_cents": 300_00})
    change = ask_budget(project, costs, financing)
    approve(change, project.mentors[0])
    lines = queries.current_plan(project.id).costs
    assert [line.root_id for line in lines[:2]] == [line.root_id for line in plan.costs]
    assert (lines[2].kind, lines[2].root_id) == (CostKind.INTERPRETING, lines[2].id)


def test_a_line_that_is_left_out_stays_with_zero(project):
    plan = queries.current_plan(project.id)
    costs, financing = _lines(plan)
    costs[1]["amount_cents"] += costs.pop(0)["amount_cents"]
    change = ask_budget(project, costs, financing)
    assert {line.root_id: line.amount_cents for line in change.new_plan.costs}[plan.costs[0].root_id] == 0


def test_a_changed_budget_never_asks_for_more_than_was_awarded(project):
    costs, financing = _lines(queries.current_plan(project.id), grant=4_000_01)
    costs[0]["amount_cents"] += 1
    with pytest.raises(RuleBroken) as broken:
        ask_budget(project, costs, financing)
    assert broken.value.field == "grant"


def test_a_changed_budget_keeps_the_money_rules(project):
    costs, financing = _lines(queries.current_plan(project.id))
    costs[0]["amount_cents"] += 1
    with pytest.raises(RuleBroken, match="missing"):
        ask_budget(project, costs, financing)


def test_a_smaller_grant_with_more_own_money_is_possible(project):
    own = next(line.amount_cents for line in queries.current_plan(project.id).financing
               if line.kind is FinancingKind.OWN_FUNDS)
    costs, financing = _lines(queries.current_plan(project.id), grant=3_500_00, own_funds=own + 500_00)
    change = ask_budget(project, costs, financing)
    approve(change, project.mentors[0])
    assert queries.grant_of(queries.current_plan(project.id)) == 3_500_00


def test_money_from_others_must_be_confirmed_here_too(project):
    costs, financing = _lines(queries.current_plan(project.id))
    costs[0]["amount_cents"] += 200_00
    with pytest.raises(RuleBroken, match="confirmed"):
        ask_budget(project, costs, [*financing, {"kind": FinancingKind.THIRD_PARTY, "amount_cents": 200_00}])


def test_a_budget_that_changes_nothing_is_refused(project):
    with pytest.raises(RuleBroken, match="Nothing"):
        ask_budget(project, *_lines(queries.current_plan(project.id)))


def test_a_budget_that_was_replaced_again_and_again_can_still_be_drawn(project, visit):
    """Lines that were left out stay, so they count."""
    for word in "ab":
        costs, financing = _lines(queries.current_plan(project.id))
        total = sum(line["amount_cents"] for line in costs)
        fresh = [{"kind": CostKind.MATERIAL, "purpose": word, "amount_cents": total // 45} for _each in range(44)]
        fresh.append({"kind": CostKind.MATERIAL, "purpose": word, "amount_cents": total - 44 * (total // 45)})
        change = ask_budget(project, fresh, financing)
        approve(change, project.mentors[0])
    assert len(queries.current_plan(project.id).costs) == 92
    for page in ("budget/shift", "changes/budget"):
        assert visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/{page}").status == 200
    with pytest.raises(RuleBroken, match="at most 100 lines"):
        ask_budget(project, fresh, financing)


def test_two_lines_cannot_continue_the_same_one(project):
    costs, financing = _lines(queries.current_plan(project.id))
    costs[1]["origin_id"] = costs[0]["origin_id"]
    with pytest.raises(RuleBroken, match="not part"):
        ask_budget(project, costs, financing)


def test_a_waiting_change_counts_nowhere_as_the_plan(make, project, change):
    fact = plans([project.id], in_review=True)[project.id]
    assert fact.state is PlanState.APPROVED
    assert queries_change.changes(project.id) == [change]


def test_whoever_is_free_is_named_instead(make, project, change):
    other = make.person("mentor")
    make.affiliation(project.mentors[0], project.carrier, "employee")
    free = queries_approval.free_for(Act.APPROVE_CHANGE, project, clock.today())
    assert free == [other]
    clock.set(clock.now() + timedelta(days=1))
    assert queries_approval.signatures(change.new_plan, clock.today()).free == [other]
