"""Record what a body of the city decided about an approved budget.

Lock order: the round before the project before the plan, here and everywhere. Two awards for the last money meet at
the round; the second one reads what the first one left.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import queries
from incubator.budgets.models import Award, Plan, PlanState
from incubator.budgets.operations_conflict import demand_free_to_decide
from incubator.budgets.rules_figures import Amount, settings_of
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.journal import queries as journal
from incubator.journal import record
from incubator.programme.models import Round
from incubator.projects.lifecycle import BY_ACTION, Action, Status
from incubator.projects.models import Project
from incubator.projects.operations import move
from incubator.projects.rules_carrier import demand_agreed


def award(
    project: Project, by, *, body: str, on: date, reference: str, notice_number: str, notice_on: date, url: str = ""
) -> Award:
    """Award the whole grant of the approved plan; refused when the round's fund does not hold it (R6)."""
    round_ = hold(project.round)
    hold(project)
    plan = _decidable(project, Action.AWARD)
    demand_free_to_decide(project, by)
    demand_agreed(project)
    _refuse_odd_days(on, notice_on)
    if queries.notice_number_is_taken(notice_number, project.id):
        raise RuleBroken(_l("The notice number %(number)s is already used.", number=notice_number), "notice_number")
    grant = queries.grant_of(plan)
    _take_from_fund(round_, grant)

    final_on = months_on(notice_on, settings_of(round_).award_final_after_months)
    granted = Award(
        project_id=project.id, plan_id=plan.id, amount_cents=grant, recorded_by_id=by.id, recorded_at=clock.now()
    )
    db.session.add(granted)
    record("award.recorded", by, granted, amount_cents=grant, resolution_on=on, notice_on=notice_on, final_on=final_on)
    move(
        project, Action.AWARD, by, notice_number=notice_number, notice_on=notice_on, award_final_on=final_on,
        **_resolution(body, on, reference, url),
    )
    return granted


def release(project: Project, kept_cents: int = 0) -> int:
    """Give the money of a revoked award back to the round's fund, once; return the cents that became free.

    `kept_cents` were paid and have not come back: they become free once they have, when this is asked again.
    """
    round_ = hold(project.round)
    hold(project)
    granted = queries.award_of(project.id)
    if granted is None or project.status is not Status.REVOKED:
        return 0
    before = sum(entry.data["amount_cents"] for entry in journal.of_project(project.id, ["award.released"]))
    cents: int = granted.amount_cents - kept_cents - before
    if cents <= 0:
        return 0
    db.session.execute(
        sa.update(Round)
        .where(Round.id == round_.id)
        .values(awarded_cents=Round.awarded_cents - cents)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(round_)
    record("award.released", None, granted, amount_cents=cents)
    return cents


def waitlist(project: Project, by, *, body: str, on: date, reference: str, url: str = "") -> None:
    """Record that the project gets money only if some becomes free."""
    hold(project)
    _decidable(project, Action.WAITLIST)
    demand_free_to_decide(project, by)
    _refuse_odd_days(on)

    record("award.waitlisted", by, project, resolution_on=on)
    move(project, Action.WAITLIST, by, **_resolution(body, on, reference, url))


def reject(project: Project, by, *, reason: str, body: str, on: date, reference: str, url: str = "") -> None:
    """Record that the project gets no money, and the reason that its lead is told."""
    hold(project)
    _decidable(project, Action.REJECT)
    demand_free_to_decide(project, by)
    _refuse_odd_days(on)
    if not reason.strip():
        raise RuleBroken(_l("Please say why; the team will read it."), "reason")

    record("award.rejected", by, project, resolution_on=on)
    move(project, Action.REJECT, by, reason=reason, end_reason=reason, **_resolution(body, on, reference, url))


def _decidable(project: Project, action: Action) -> Plan:
    if project.status not in BY_ACTION[action].sources:
        raise RuleBroken(_l("This cannot be decided now: the project stands at “%(status)s”.",
                            status=project.status.label))
    plan = queries.current_plan(project.id)
    if plan is None or plan.state is not PlanState.APPROVED:
        raise RuleBroken(_l("Only an approved budget can be decided on."))
    return plan


def _refuse_odd_days(on: date, notice_on: date | None = None) -> None:
    if on > clock.today():
        raise RuleBroken(_l("A decision cannot be recorded before it was taken."), "on")
    if notice_on is not None and notice_on < on:
        raise RuleBroken(_l("The notice cannot be older than the decision."), "notice_on")


def _resolution(body: str, on: date, reference: str, url: str) -> dict[str, Any]:
    return {"resolution_body": body, "resolution_on": on, "resolution_reference": reference, "resolution_url": url}


def _take_from_fund(round_: Round, cents: int) -> None:
    """Raise what is awarded only where fund minus reserve still holds it: guarded by the lock and by the statement."""
    taken = db.session.execute(
        sa.update(Round)
        .where(Round.id == round_.id, Round.awarded_cents + Round.reserve_cents + cents <= Round.fund_cents)
        .values(awarded_cents=Round.awarded_cents + cents)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(
            _l("The grant is %(grant)s, but only %(left)s are left in the fund of this round.",
               grant=Amount(cents), left=Amount(queries.left_in_fund(round_.id)))
        )
    db.session.refresh(round_)
