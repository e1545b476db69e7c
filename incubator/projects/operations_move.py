"""The one operation that takes a project a step along its path, and the second signature that some steps need."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue import operations as dialogue
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.projects import queries, rules
from incubator.projects.lifecycle import BY_ACTION, Action, Status, Step
from incubator.projects.models import Project, SecondSignature
from incubator.projects.operations_reasons import explain

COLUMNS = frozenset({
    "return_reason", "return_due_on", "end_reason", "resolution_body", "resolution_on", "resolution_reference",
    "resolution_url", "notice_number", "notice_on", "award_final_on",
})


def move(
    project: Project, action: Action, by, *, reason: str = "", facts: Mapping[str, Any] | None = None, **columns: Any
) -> bool:
    """Take a project one step of the table; `columns` are set together with the status, `facts` go into the journal.

    A step that needs a second person is only proposed by the first call (False) and carried out by somebody else's.
    Refused with the list of what is possible instead when the table has no such step from here.
    """
    if unknown := set(columns) - COLUMNS:
        raise TypeError(f"no step sets {', '.join(sorted(unknown))}")
    step = BY_ACTION[Action(action)]
    hold(project)
    rules.demand_possible(project.status, step, by)
    if step.also is not None:
        signature = _sign(project, step, by, reason)
        if signature is None:
            return False
        reason = signature.reason
        if step.target is Status.REVOKED:
            columns["end_reason"] = reason
    with db.session.no_autoflush:
        for name, value in columns.items():
            setattr(project, name, value)
        rules.demand_facts(step.target, project)
        source = _enter(project, step)

    said = {"action": step.action, "from": source, "to": step.target, **(facts or {})}
    explain(partial(record, "project.moved", by, project, **said), reason, project_id=project.id,
            language=getattr(by, "language", project.language))
    _drop_impossible(project)
    if step.action in (Action.WITHDRAW, Action.LAPSE) and project.idea is not None:
        dialogue.step_back(project.idea, by)
    return True


def _enter(project: Project, step: Step) -> Status:
    source, now = project.status, clock.now()
    project.status, project.status_since = step.target, now
    if step.action is Action.SUBMIT:  # who mends in time keeps the day of the first receipt
        project.received_on = project.received_on or (project.submitted_at or now).astimezone(clock.CITY).date()
        project.submitted_at = project.submitted_at or now
        project.return_due_on = None
    if step.target is Status.REPORTING and project.report_due_on is None:
        months = project.round.final_report_due_months
        project.report_due_on = project.round.reports_due_on or months_on(clock.today(), months)
    if step.target.is_public:
        project.published_at = project.published_at or now
    return source


def _sign(project: Project, step: Step, by, reason: str) -> SecondSignature | None:
    """Write down the first signature and return None, or complete it with the second and return it."""
    waiting = queries.open_signature(project.id, step.action)
    if waiting is None:
        if step.target is Status.REVOKED:
            reason = rules.reason_of(reason)
        proposed = SecondSignature(
            project_id=project.id, action=step.action.value, reason=reason.strip(), proposed_by_id=by.id,
            proposed_at=clock.now(),
        )
        db.session.add(proposed)
        record("project.step_proposed", by, proposed, action=step.action)
        return None
    if waiting.proposed_by_id == by.id:
        raise RuleBroken(_l("You have already signed this. A second person must agree."))
    if reason.strip() and reason.strip() != waiting.reason:
        raise RuleBroken(_l("Somebody has proposed the same meanwhile. Read their reason, then agree or drop it."))
    waiting.agreed_by_id, waiting.agreed_at = by.id, clock.now()
    return waiting


def drop(signature: SecondSignature, by) -> None:
    """Take back a step that was proposed and not yet agreed to; either of the two may do it."""
    hold(signature)
    if signature.agreed_at is not None or signature.dropped_at is not None:
        raise RuleBroken(_l("This is no longer waiting for a second person."))
    signature.dropped_at = clock.now()
    record("project.step_dropped", by, signature, action=signature.action)


def _drop_impossible(project: Project) -> None:
    """Let go of proposed steps that the new status no longer allows."""
    for signature in queries.open_signatures(project.id):
        if project.status not in BY_ACTION[Action(signature.action)].sources:
            signature.dropped_at = clock.now()
