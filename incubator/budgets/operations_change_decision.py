"""Answer a change: mentors about money, like the first budget (C1 to C4), the coordination about time."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import queries, rules, rules_change
from incubator.budgets.models import Approval, Plan, PlanState
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.budgets.operations_conflict import declare_free, demand_free
from incubator.budgets.operations_review import role_of
from incubator.budgets.rules_approval import approvals_needed
from incubator.budgets.rules_figures import settings_of
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.policy import Act
from incubator.projects.models import Project


def approve_change(change: Change, by, plan_hash: str, no_conflict: bool) -> Approval:
    """Sign exactly the new version that was shown; the last signature needed puts it in force (C3, C4).

    Two mentors at the same moment: the project is held, so the second one sees what the first one did.
    """
    project = _hold_waiting(change)
    plan = _new_plan(change)
    if plan_hash != plan.content_hash:
        raise RuleBroken(_l("The budget was changed after this page was drawn. Please look at it again."))
    given = queries.approvals(plan)
    if any(each.person_id == by.id for each in given):
        raise RuleBroken(_l("You have already agreed to this change. A second city mentor must agree too."))
    declare_free(project, by, Act.APPROVE_CHANGE, no_conflict)
    settings = settings_of(project.round)
    if change.kind is ChangeKind.BUDGET and (broken := rules.refusals(queries.totals(plan), settings)):
        raise RuleBroken(broken[0].sentence)

    approval = Approval(
        plan_id=plan.id, plan_hash=plan.content_hash, person_id=by.id, role=role_of(project, by), at=clock.now()
    )
    db.session.add(approval)
    grant = queries.grant_of(plan)
    needed, count = approvals_needed(grant, settings), len(given) + 1
    facts = {"kind": change.kind, "number": plan.number, "grant_cents": grant, "hash": plan.content_hash,
             "given": count, "needed": needed}
    record("change.approval_given", by, change, **facts)
    if count >= needed:
        _answer(change, by, ChangeState.APPROVED, "")
        set_in_force(change)
        record("change.approved", by, change, **facts)
    return approval


def refuse_change(change: Change, by, reason: str) -> None:
    """Say no to a changed budget, with the reason that its lead is told; approvals given so far become void."""
    project = _hold_waiting(change)
    plan = _new_plan(change)
    demand_free(project, by, Act.APPROVE_CHANGE)
    _answer(change, by, ChangeState.REFUSED, reason)
    for approval in queries.approvals(plan):
        approval.voided_at = clock.now()
    plan.state, plan.return_reason = PlanState.RETURNED, change.answer
    record("change.refused", by, change, kind=change.kind, number=plan.number)


def decide(change: Change, by, agreed: bool, answer: str, no_conflict: bool = True) -> None:
    """Answer a request for more time or an early start; agreed time moves the project's last day at once."""
    project = _hold_waiting(change)
    if change.kind in rules_change.MONEY:
        raise RuleBroken(_l("A changed budget is agreed to by the city mentors."))
    declare_free(project, by, Act.DECIDE_CHANGE, no_conflict)
    _answer(change, by, ChangeState.APPROVED if agreed else ChangeState.REFUSED, answer)
    facts: dict[str, Any] = {"kind": change.kind}
    if agreed and change.new_until is not None:
        _move_end(project, change)
        facts |= {"until": change.new_until}
    if agreed and change.early_from is not None:
        facts |= {"early_from": change.early_from}
    record("change.approved" if agreed else "change.refused", by, change, **facts)


def set_in_force(change: Change) -> None:
    """Make the new version the plan in force; the one before it is kept as it was."""
    old, new = change.plan, _new_plan(change)
    assert old is not None, "a change of money starts from a plan"
    old.state = PlanState.SUPERSEDED
    new.state, new.approved_at = PlanState.APPROVED, clock.now()


def _move_end(project: Project, change: Change) -> None:
    project.ends_on = change.new_until
    if project.report_due_on is not None and change.new_until is not None:
        later = months_on(change.new_until, project.round.final_report_due_months)
        project.report_due_on = max(project.report_due_on, later)


def _hold_waiting(change: Change) -> Project:
    project = hold(change.project)
    hold(change)
    if change.state is not ChangeState.ASKED:
        raise RuleBroken(_l("This change was answered already. There is nothing left to do."))
    if not rules_change.may_decide(change.kind, project.status):
        raise RuleBroken(_l("This cannot be decided now: the project stands at “%(status)s”.",
                            status=project.status.label))
    return project


def _new_plan(change: Change) -> Plan:
    if change.new_plan is None:
        raise RuleBroken(_l("This request is not about the budget. The coordination answers it."))
    return hold(change.new_plan)


def _answer(change: Change, by, state: ChangeState, answer: str) -> None:
    if state is ChangeState.REFUSED and not answer.strip():
        raise RuleBroken(_l("Please say why; the team will read it."), "answer")
    change.state, change.answer = state, answer.strip()
    change.decided_by_id, change.decided_at = by.id, clock.now()
