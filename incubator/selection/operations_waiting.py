"""Let the next on the waiting list move up when money becomes free, and end the list for those who still wait.

Lock order: the round before its projects (by number) before the journal.
"""

from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import operations_decisions, queries_decisions
from incubator.selection.models import Decision, Outcome


def move_up(
    round_: Round, by, *, project_id: int, resolution_id: int, notice_number: str, notice_on: date
) -> Decision:
    """Award to the next on the waiting list what became free; refused for anybody but the next (R6)."""
    hold(round_)
    found = queries_decisions.waiting_list(round_).next
    if found is None or found.id != project_id:
        raise RuleBroken(_l("Meanwhile another project is next, or the money is gone. Please look again."))
    project = hold(db.session.get_one(Project, project_id))
    if project.status is not Status.WAITLISTED:
        raise RuleBroken(_l("Meanwhile another project is next, or the money is gone. Please look again."))
    operations_decisions.demand_allowed(project, by)
    if queries_decisions.prepared_for(project.id):
        raise RuleBroken(_l("A rejection is prepared for the next project. Take it back first."))
    resolution = operations_decisions.resolution_of(round_, resolution_id)
    operations_decisions.demand_free_number(notice_number, project)
    decision = Decision(
        project_id=project.id, resolution_id=resolution.id, outcome=Outcome.AWARD, place=found.place,
        notice_number=notice_number, prepared_by_id=by.id, prepared_at=clock.now(),
    )
    db.session.add(decision)
    decision.project, decision.resolution = project, resolution
    operations_decisions.carry_out(decision, by, notice_on)
    db.session.flush()
    record("decision.moved_up", by, round_, decision=decision.id)
    return decision


def end(round_: Round, by, *, resolution_id: int, reason: str) -> list[Decision]:
    """Prepare a rejection for everybody who still waits; they are told when it is published, as with any decision."""
    hold(round_)
    waiting = queries_decisions.still_waiting(round_.id)
    if not waiting:
        raise RuleBroken(_l("Nobody waits without a prepared decision."))
    operations_decisions.hold_all(project.id for project in waiting)
    return [_reject(project, by, resolution_id, reason) for project in waiting]


def _reject(project: Project, by, resolution_id: int, reason: str) -> Decision:
    operations_decisions.demand_allowed(project, by)
    try:
        return operations_decisions.prepare(
            project, by, outcome=Outcome.REJECT, resolution_id=resolution_id, reason=reason)
    except RuleBroken as broken:
        if broken.field is not None:
            raise
        raise RuleBroken(_l("“%(title)s”: %(sentence)s", title=project.title, sentence=broken.sentence)) from None
