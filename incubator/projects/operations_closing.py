"""The end of a project: its final report, who accepts it, and money that goes back."""

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.projects import queries, rules
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Part, Project
from incubator.projects.operations_move import drop, move


def submit_report(project: Project, by, reason: str) -> None:
    """Hand the final report in; `reason` is the report itself, kept beside the step."""
    rules.demand_possible(project.status, BY_ACTION[Action.SUBMIT_REPORT], by)
    move(project, Action.SUBMIT_REPORT, by, reason=rules.reason_of(reason))


def return_report(project: Project, by, reason: str) -> None:
    rules.demand_possible(project.status, BY_ACTION[Action.RETURN_REPORT], by)
    move(project, Action.RETURN_REPORT, by, reason=rules.reason_of(reason))


def accept_report(project: Project, by, reason: str = "", money_back: bool = False) -> bool:
    """Sign the report; a mentor of the project signs first with an audit note, a second person carries it out."""
    hold(project)
    waiting = queries.open_report_signature(project.id)
    action = Action.ACCEPT_WITH_RECOVERY if money_back else Action.ACCEPT_REPORT
    if waiting is not None:
        action = Action(waiting.action)
    rules.demand_possible(project.status, BY_ACTION[action], by)
    rules.demand_no_tie(queries.tie_to_carrier(project, by.id, clock.today()))
    if waiting is not None:
        return move(project, action, by)
    if Part.MENTOR not in project.part_of(by.id):
        raise RuleBroken(_l("A mentor of the project reads the report and signs first."))
    return move(project, action, by, reason=rules.reason_of(reason))


def drop_acceptance(project: Project, by) -> None:
    waiting = queries.open_report_signature(project.id)
    if waiting is None:
        raise RuleBroken(_l("This is no longer waiting for a second person."))
    drop(waiting, by)


def settle(project: Project, by, reason: str) -> None:
    """Note how the money to be returned was settled, and complete the project."""
    rules.demand_possible(project.status, BY_ACTION[Action.SETTLE_RECOVERY], by)
    move(project, Action.SETTLE_RECOVERY, by, reason=rules.reason_of(reason))
