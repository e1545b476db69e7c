"""Write a budget and hand it in."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from incubator.budgets import queries, rules
from incubator.budgets.models import CostKind, CostLine, FinancingKind, FinancingLine, Plan, PlanEdit, PlanState
from incubator.budgets.rules_figures import Amount
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken, Stale
from incubator.journal import record
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Project
from incubator.projects.operations import move

Lines = Sequence[Mapping[str, Any]]
MOST_LINES = 100


def save_plan(
    project: Project, by, *, costs: Lines, financing: Lines, explanation: str = "", version: int | None = None,
) -> Plan:
    """Store a budget as it is, also an unfinished one; the money rules are asked when it is submitted.

    `version` is `queries.edition` of the plan that the form was drawn from. Volunteer time without an amount is
    valued at the round's rate. What was submitted is never changed: after a return the next saving begins a new number.
    """
    hold(project)
    _refuse_unless_open(project)
    plan = queries.current_plan(project.id)
    if version is not None and version != queries.edition(plan):
        raise Stale(
            _l("Someone changed this while you were writing. Both versions are shown; nothing is lost."),
            queries.edition(plan), _as_fields(plan),
        )
    demand_length(costs, financing)

    plan = _draft(project, plan, by)
    rate = project.round.volunteer_rate_cents
    plan.costs = [cost_line(line, rate, position) for position, line in enumerate(costs)]
    plan.financing = [financing_line(line, position) for position, line in enumerate(financing)]
    plan.explanation = explanation
    flag_modified(plan, "explanation")  # lines alone would not count as a new version of the plan
    db.session.flush()
    note_editor(plan, by)
    figures = queries.totals(plan)
    record("budget.saved", by, plan, number=plan.number, costs_cents=figures.costs, grant_cents=figures.grant)
    return plan


def submit(project: Project, by) -> Plan:
    """Hand the budget in for approval; from here on this version never changes."""
    hold(project)
    _refuse_unless_open(project)
    plan = queries.current_plan(project.id)
    if plan is not None and plan.state is PlanState.RETURNED:
        raise RuleBroken(_l("This version was returned. Change the budget first, then submit it again."))
    if missing := queries.missing_for_submission(project, plan):
        raise RuleBroken(missing[0].sentence)
    assert plan is not None  # a project without a plan misses something

    plan.state, plan.submitted_at = PlanState.SUBMITTED, clock.now()
    plan.content_hash = rules.content_hash(plan)
    grant = queries.grant_of(plan)
    record("budget.submitted", by, plan, number=plan.number, grant_cents=grant, hash=plan.content_hash)
    move(project, Action.SUBMIT_BUDGET, by)
    return plan


def _refuse_unless_open(project: Project) -> None:
    if project.status is Status.MENTORING:
        return
    if project.status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED):
        raise RuleBroken(_l("The budget is planned once the project has been admitted to mentoring."))
    raise RuleBroken(_l("The budget was handed in and can no longer be changed. A mentor can return it to you."))


def _draft(project: Project, plan: Plan | None, by) -> Plan:
    if plan is not None and plan.state is PlanState.DRAFT:
        return plan
    if plan is not None:
        plan.state = PlanState.SUPERSEDED
    fresh = Plan(
        project_id=project.id, number=plan.number + 1 if plan else 1, state=PlanState.DRAFT, created_at=clock.now(),
        language=by.language if by is not None else project.language,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def demand_length(costs: Lines, financing: Lines) -> None:
    if len(costs) + len(financing) > MOST_LINES:
        raise RuleBroken(_l("A budget has at most %(number)s lines.", number=MOST_LINES))


def cost_line(line: Mapping[str, Any], rate_cents: int, position: int) -> CostLine:
    """Return one cost; volunteer time without an amount is valued, `origin_id` says which line it continues."""
    kind, hours, amount = CostKind(line["kind"]), line.get("hours"), line.get("amount_cents")
    if kind is CostKind.VOLUNTEER_TIME:
        hours = hours or 0
        amount = hours * rate_cents if amount is None else amount
    else:
        hours = None
    return CostLine(kind=kind, purpose=line.get("purpose") or "", amount_cents=amount, hours=hours, position=position,
                    origin_id=line.get("origin_id"))


def financing_line(line: Mapping[str, Any], position: int) -> FinancingLine:
    return FinancingLine(kind=FinancingKind(line["kind"]), purpose=line.get("purpose") or "",
                         amount_cents=line["amount_cents"], position=position)


def note_editor(plan: Plan, by) -> None:
    """Keep that somebody wrote this version: they cannot approve it (C2)."""
    if by is None:
        return
    known = sa.select(PlanEdit.id).where(PlanEdit.plan_id == plan.id, PlanEdit.person_id == by.id)
    if db.session.scalar(known) is None:
        db.session.add(PlanEdit(plan_id=plan.id, person_id=by.id))


def _as_fields(plan: Plan | None) -> dict[str, Any]:
    """Return the stored plan under the names of the form's fields, for whoever wrote at the same time."""
    if plan is None:
        return {}
    figures = queries.totals(plan)
    lines = [f"{line.kind.label} ({line.purpose}): {Amount(line.amount_cents)}" if line.purpose
             else f"{line.kind.label}: {Amount(line.amount_cents)}"
             for line in plan.costs if line.kind is not CostKind.VOLUNTEER_TIME]
    sums = ("volunteer_hours", "grant", "own_funds", "third_party", "income", "in_kind")
    return {
        "costs": "\n".join(lines), "explanation": plan.explanation,
        **{name: getattr(figures, name) or None for name in sums},
    }
