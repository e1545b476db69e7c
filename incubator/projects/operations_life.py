"""Start an awarded project, pause it, take it up again, or take the award back."""

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.projects import rules
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Project
from incubator.projects.operations_move import move


def start(project: Project, by, waiver: bool = False) -> None:
    """Begin the work once the award is final, or earlier when the applicants have waived their right to contest it."""
    hold(project)
    rules.demand_possible(project.status, BY_ACTION[Action.START], by)
    if not waiver and not rules.is_final(project, clock.today()):
        raise RuleBroken(_l("The award is not final yet: it can still be contested. "
                            "You can start earlier if the applicants have waived this in writing."), "waiver")
    move(project, Action.START, by, facts={"waiver": waiver})


def suspend(project: Project, by, reason: str) -> None:
    rules.demand_possible(project.status, BY_ACTION[Action.SUSPEND], by)
    move(project, Action.SUSPEND, by, reason=rules.reason_of(reason))


def resume(project: Project, by, reason: str) -> None:
    rules.demand_possible(project.status, BY_ACTION[Action.RESUME], by)
    move(project, Action.RESUME, by, reason=rules.reason_of(reason))


def revoke(project: Project, by, reason: str = "") -> bool:
    """Propose to take the award back; the call of a second person carries it out, with the first one's reason."""
    return move(project, Action.REVOKE, by, reason=reason)
