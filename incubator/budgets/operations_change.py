"""Ask for other amounts than those awarded: a shift between lines, or another budget.

Lock order: the project, the change, the plan, the journal.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import queries, queries_change, rules, rules_change
from incubator.budgets.models import CostKind, CostLine, FinancingLine, Plan, PlanState
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.budgets.operations_change_days import (
    add,
    ask_early_start,
    ask_time,
    demand_asked_for,
    demand_possible,
    withdraw_change,
    withdraw_moot,
)
from incubator.budgets.operations_change_decision import approve_change, decide, refuse_change, set_in_force
from incubator.budgets.operations_plan import Lines, cost_line, demand_length, financing_line, note_editor
from incubator.budgets.rules_figures import Amount, settings_of
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken, Stale
from incubator.journal import record
from incubator.projects.models import Project

__all__ = [
    "approve_change", "ask_budget", "ask_early_start", "ask_time", "decide", "refuse_change", "shift",
    "withdraw_change", "withdraw_moot",
]


def shift(
    project: Project, by, *, lines: Sequence[tuple[int, int]], reason: str, version: int | None = None,
) -> Change:
    """Move money between lines: noted at once within the round's limit, asked of a mentor beyond it (R8).

    `lines` are (`root_id`, new cents); what is not named stays as it is. `version` is `queries.edition` of the plan
    that the form was drawn from. Where the round takes no requests, what is beyond the limit is refused.
    """
    plan = _hold_plan(project, ChangeKind.SHIFT, version)
    shifts = queries_change.shifts(plan, lines)
    rules_change.demand_shift(shifts, lines)
    limit = project.round.shift_limit_pct
    is_large = rules_change.needs_consent(shifts, limit)
    if is_large and not project.round.asks_changes:
        raise RuleBroken(rules_change.too_much(limit))
    wanted = {each.line_id: each.wanted for each in shifts}
    fresh = _next_version(plan, by, shift_of=None if is_large else queries_change.decided_plan(plan))
    fresh.costs = [
        CostLine(kind=line.kind, purpose=line.purpose, hours=line.hours, position=line.position,
                 origin_id=line.root_id, amount_cents=wanted.get(line.root_id, line.amount_cents))
        for line in plan.costs
    ]
    fresh.financing = [
        FinancingLine(kind=line.kind, purpose=line.purpose, amount_cents=line.amount_cents, position=line.position)
        for line in plan.financing
    ]
    change = _ask_for(fresh, plan, by, ChangeKind.SHIFT, reason)
    if not is_large:
        change.state = ChangeState.NOTED
        set_in_force(change)
    moved = sum(max(0, each.wanted - each.now) for each in shifts)
    record("change.asked" if is_large else "change.noted", by, change, kind=change.kind, number=fresh.number,
           moved_cents=moved, hash=fresh.content_hash)
    return change


def ask_budget(
    project: Project, by, *, costs: Lines, financing: Lines, reason: str, explanation: str = "",
    version: int | None = None,
) -> Change:
    """Ask for another budget than the one in force; mentors approve it like the first one.

    A cost may name in `origin_id` the `root_id` of the line it continues. Lines that are left out stay with zero, so
    that what was spent on them keeps its place. Refused where the grant would be higher than the award.
    """
    plan = _hold_plan(project, ChangeKind.BUDGET, version)
    demand_asked_for(project)
    costs = _with_dropped(plan, costs)
    demand_length(costs, financing)
    fresh = _next_version(plan, by)
    rate = project.round.volunteer_rate_cents
    fresh.explanation = explanation
    fresh.costs = [cost_line(line, rate, position) for position, line in enumerate(costs)]
    fresh.financing = [financing_line(line, position) for position, line in enumerate(financing)]
    _demand_plan(project, plan, fresh)
    change = _ask_for(fresh, plan, by, ChangeKind.BUDGET, reason)
    figures = queries.totals(fresh)
    record("change.asked", by, change, kind=change.kind, number=fresh.number, costs_cents=figures.costs,
           grant_cents=figures.grant, hash=fresh.content_hash)
    return change


def _with_dropped(plan: Plan, costs: Lines) -> list[Mapping[str, Any]]:
    """Return the new costs and, with zero, the lines of the plan that none of them continues."""
    known = {line.root_id: line for line in plan.costs}
    kept = [line["origin_id"] for line in costs if line.get("origin_id")]
    if set(kept) - known.keys() or len(kept) != len(set(kept)):
        raise RuleBroken(_l("One of these lines is not part of the budget any more. Please look at it again."))
    dropped: list[Mapping[str, Any]] = [
        {"kind": line.kind, "purpose": line.purpose, "origin_id": number, "amount_cents": 0, "hours": 0}
        for number, line in known.items() if number not in kept
    ]
    return [*costs, *dropped]


def _demand_plan(project: Project, plan: Plan, fresh: Plan) -> None:
    figures, settings = queries.totals(fresh), settings_of(project.round)
    if broken := rules.refusals(figures, settings):
        raise RuleBroken(broken[0].sentence, broken[0].field)
    if sentence := queries.unconfirmed_money(project, figures):
        raise RuleBroken(sentence, "third_party")
    award = queries.award_of(project.id)
    if award is not None and figures.grant > award.amount_cents:
        raise RuleBroken(_l("The city awarded %(amount)s: a change cannot ask for more.",
                            amount=Amount(award.amount_cents)), "grant")
    before, after = _content(plan), _content(fresh)
    if before == after:
        raise RuleBroken(_l("Nothing was changed: write the new amounts beside the lines."))


def _content(plan: Plan) -> list[Any]:
    costs = [(line.kind, line.purpose, line.amount_cents) for line in plan.costs
             if line.amount_cents or line.kind is not CostKind.VOLUNTEER_TIME]
    return [sorted(costs), sorted((line.kind, line.amount_cents) for line in plan.financing), plan.explanation]


def _hold_plan(project: Project, kind: ChangeKind, version: int | None) -> Plan:
    """Hold the project and its plan in force; refused while another change of the budget waits."""
    hold(project)
    if queries_change.open_change(project.id) is not None:
        raise RuleBroken(_l("A change of this budget waits for an answer. Take it back first, or wait for the answer."))
    demand_possible(project, kind)
    plan = queries.current_plan(project.id)
    if plan is None or plan.state is not PlanState.APPROVED:
        raise RuleBroken(_l("Only an approved budget can be changed here."))
    hold(plan)
    if version is not None and version != queries.edition(plan):
        raise Stale(_l("Someone changed this while you were writing. Both versions are shown; nothing is lost."),
                    queries.edition(plan), {})
    return plan


def _next_version(plan: Plan, by, shift_of: Plan | None = None) -> Plan:
    newest = queries.plans(plan.project_id)[0]
    fresh = Plan(
        project_id=plan.project_id, number=newest.number + 1, state=PlanState.DRAFT, created_at=clock.now(),
        language=plan.language, explanation=plan.explanation, shift_of_id=shift_of.id if shift_of else None,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def _ask_for(fresh: Plan, plan: Plan, by, kind: ChangeKind, reason: str) -> Change:
    """Hand a new version in; from here on it never changes, and approvals name its hash (C4)."""
    fresh.state, fresh.submitted_at = PlanState.SUBMITTED, clock.now()
    fresh.content_hash = rules.content_hash(fresh)
    note_editor(fresh, by)
    return add(plan.project, by, kind, reason, plan_id=plan.id, new_plan_id=fresh.id)
