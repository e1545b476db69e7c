"""Ask for more time or an early start, and take back what nobody has answered yet."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import queries, queries_change, rules_change
from incubator.budgets.models import PlanState
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.projects.models import Project


def ask_time(project: Project, by, *, until: date, reason: str) -> Change:
    """Ask for a later end of the project; refused from the day after its last day on."""
    hold(project)
    demand_possible(project, ChangeKind.PERIOD)
    demand_asked_for(project)
    old = project.ends_on or project.round.period_until
    if old is None or old < clock.today():
        raise RuleBroken(
            _l("The time of the project is over. More time can only be asked for before it ends."), "until")
    if until <= old:
        raise RuleBroken(_l("The project runs until then already. Please choose a later day."), "until")
    if until > months_on(old, rules_change.MOST_MONTHS):
        raise RuleBroken(_l("At most one more year can be asked for."), "until")
    return _ask(project, by, ChangeKind.PERIOD, reason, old_until=old, new_until=until)


def ask_early_start(project: Project, by, *, starts_on: date, reason: str) -> Change:
    """Ask to sign contracts before the award; what is signed without consent is not paid for (R9)."""
    hold(project)
    demand_possible(project, ChangeKind.EARLY_START)
    demand_asked_for(project)
    if starts_on < clock.today():
        raise RuleBroken(_l("An early start cannot be agreed to afterwards. Please choose today or a later day."),
                         "starts_on")
    return _ask(project, by, ChangeKind.EARLY_START, reason, early_from=starts_on)


def withdraw_change(change: Change, by) -> None:
    """Take back a request that nobody has answered; approvals given so far become void."""
    hold(change.project)
    hold(change)
    if change.state is not ChangeState.ASKED:
        raise RuleBroken(_l("This was answered already and cannot be taken back."))
    change.state = ChangeState.WITHDRAWN
    if change.new_plan is not None:
        change.new_plan.state = PlanState.SUPERSEDED
        for approval in queries.approvals(change.new_plan):
            approval.voided_at = clock.now()
    record("change.withdrawn", by, change, kind=change.kind)


def withdraw_moot(project: Project) -> int:
    """Take back what can no longer be answered because the project went on; return how many."""
    hold(project)
    moot = [each for each in queries_change.open_changes(project.id)
            if not rules_change.may_decide(each.kind, project.status)]
    for change in moot:
        withdraw_change(change, None)
    return len(moot)


def demand_possible(project: Project, kind: ChangeKind) -> None:
    if not rules_change.may_ask(kind, project.status):
        raise RuleBroken(_l("This cannot be asked for now: the project stands at “%(status)s”.",
                            status=project.status.label))
    if queries_change.open_of_kind(project.id, kind) is not None:
        raise RuleBroken(_l("You have asked for this already. Wait for the answer, or take the request back first."))


def demand_asked_for(project: Project) -> None:
    if not project.round.asks_changes:
        raise RuleBroken(_l("In this round nothing can be changed by request. Please talk to the coordination."))


def _ask(project: Project, by, kind: ChangeKind, reason: str, **days: date) -> Change:
    change = add(project, by, kind, reason, **days)
    record("change.asked", by, change, kind=kind, **days)
    return change


def add(project: Project, by, kind: ChangeKind, reason: str, **facts: Any) -> Change:
    if not reason.strip():
        raise RuleBroken(_l("Please say why; it is kept with the project."), "reason")
    change = Change(
        project_id=project.id, kind=kind, state=ChangeState.ASKED, reason=reason.strip(), language=by.language,
        asked_by_id=by.id, asked_at=clock.now(), **facts,
    )
    db.session.add(change)
    db.session.flush()
    return change
