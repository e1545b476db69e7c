"""Look at a budget with four eyes: declare, approve, return.

Whoever decides holds the project first and the plan after it; decisions about money hold the round before both.
"""

from flask_babel import lazy_gettext as _l

from incubator.budgets import queries, queries_approval, rules
from incubator.budgets.models import Approval, Plan, PlanState
from incubator.budgets.operations_conflict import declare, declare_free, demand_free
from incubator.budgets.rules_approval import approvals_needed
from incubator.budgets.rules_figures import settings_of
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.policy import Act
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Part, Project
from incubator.projects.operations import move

__all__ = ["approve", "declare", "return_plan", "role_of", "sign_off"]


def sign_off(plan: Plan, by, *, plan_hash: str, no_conflict: bool) -> Approval:
    """Declare to have no conflict and approve, both or neither."""
    declare_free(plan.project, by, Act.APPROVE_BUDGET, no_conflict)
    return approve(plan, by, plan_hash)


def approve(plan: Plan, by, plan_hash: str) -> Approval:
    """Sign exactly the content that was shown (C4); the last signature needed moves the project on (C3).

    Two mentors at the same moment: the project is held, so the second one sees what the first one did.
    """
    project = _hold_for_review(plan)
    if plan_hash != plan.content_hash:
        raise RuleBroken(_l("The budget was changed after this page was drawn. Please look at it again."))
    demand_free(project, by, Act.APPROVE_BUDGET)
    given = queries.approvals(plan)
    if any(each.person_id == by.id for each in given):
        raise RuleBroken(_l("You have already approved this budget. A second city mentor must approve it too."))
    declared = queries_approval.last_declaration(project.id, by.id, Act.APPROVE_BUDGET.value)
    if declared is None or declared.declared_at < (plan.submitted_at or plan.created_at):
        raise RuleBroken(_l("Please declare first that you have no conflict of interest."), "no_conflict")
    settings = settings_of(project.round)
    if broken := rules.refusals(queries.totals(plan), settings):
        raise RuleBroken(broken[0].sentence)

    approval = Approval(
        plan_id=plan.id, plan_hash=plan.content_hash, person_id=by.id, role=role_of(project, by), at=clock.now()
    )
    db.session.add(approval)
    grant = queries.grant_of(plan)
    needed, count = approvals_needed(grant, settings), len(given) + 1
    facts = {"number": plan.number, "grant_cents": grant, "hash": plan.content_hash, "given": count, "needed": needed}
    record("budget.approval_given", by, plan, **facts)
    if count >= needed:
        plan.state, plan.approved_at = PlanState.APPROVED, clock.now()
        record("budget.approved", by, plan, **facts)
        move(project, Action.APPROVE_BUDGET, by)
    return approval


def return_plan(plan: Plan, by, reason: str) -> None:
    """Give the budget back to the team with a reason; approvals given so far become void (C4)."""
    project = _hold_for_review(plan)
    demand_free(project, by, Act.RETURN_BUDGET)
    if not reason.strip():
        raise RuleBroken(_l("Please say what the team should change."), "reason")

    for approval in queries.approvals(plan):
        approval.voided_at = clock.now()
    plan.state, plan.return_reason = PlanState.RETURNED, reason
    record("budget.returned", by, plan, number=plan.number)
    move(project, Action.RETURN_BUDGET, by, reason=reason)


def _hold_for_review(plan: Plan) -> Project:
    project = hold(plan.project)
    hold(plan)
    if plan.state is PlanState.APPROVED:
        raise RuleBroken(_l("This budget is already approved. There is nothing left to do."))
    if plan.state is not PlanState.SUBMITTED or project.status is not Status.BUDGET_REVIEW:
        raise RuleBroken(_l("This budget is not waiting for an approval any more."))
    return project


def role_of(project: Project, by) -> str:
    """Return as what somebody signs: kept with the approval for good."""
    if Part.DEPUTY in project.part_of(by.id):
        return "deputy"
    return "mentor of the project" if by.id in {person.id for person in project.mentors} else "second mentor"
