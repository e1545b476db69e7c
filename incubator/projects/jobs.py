"""Letters about a project's path, and the steps that the calendar takes."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects import operations, operations_invitation, queries
from incubator.projects.lifecycle import Action
from incubator.projects.models import Part, Participation, Project, SecondSignature

log = logging.getLogger(__name__)

TEAM_LETTERS = {
    Action.SUBMIT: "project_received", Action.RETURN_FOR_CHANGES: "project_returned", Action.LAPSE: "project_lapsed",
    Action.DECLARE_INELIGIBLE: "project_ineligible", Action.ADMIT: "project_admitted", Action.START: "project_started",
    Action.SUSPEND: "project_suspended", Action.RESUME: "project_resumed", Action.REVOKE: "project_revoked",
    Action.OPEN_REPORTING: "report_due",
}
MENTOR_LETTERS = {
    Action.START: "project_started", Action.SUSPEND: "project_suspended", Action.RESUME: "project_resumed",
    Action.REVOKE: "project_revoked", Action.WITHDRAW: "project_withdrawn",
}
OFFICE_LETTERS = {
    Action.SUBMIT: "project_to_check", Action.WITHDRAW: "project_withdrawn", Action.LAPSE: "project_lapsed_office",
}


def _write(entry: Entry, template: str, people: Iterable[Person], project: Project, **facts: Any) -> None:
    """Write to each person once, and never to the one who did it, except that a lead gets a receipt."""
    for person in people:
        if person.seal != entry.actor or template == "project_received":
            letters.write(person, template, key=f"{entry.id}:{template}:{person.id}", project=project, **facts)


@on("project.moved")
def tell_of_step(entry: Entry) -> None:
    """Tell team, mentors and coordination of a step; budgets, decisions and reports have letters of their own room."""
    project, action = queries.project(entry.subject_id), Action(entry.data["action"])
    given = queries.reason_of(entry.id)
    facts: dict[str, Any] = {"reason": given.text if given else "", "facts": entry.data}
    if action in TEAM_LETTERS:
        _write(entry, TEAM_LETTERS[action], project.team, project, **facts)
    if action in MENTOR_LETTERS:
        _write(entry, MENTOR_LETTERS[action], project.mentors, project, **facts)
    if action in OFFICE_LETTERS:
        _write(entry, OFFICE_LETTERS[action], people_with_role(Role.COORDINATOR), project, **facts)


@on("project.joined")
def welcome(entry: Entry) -> None:
    """Tell somebody that they belong to a team or lead it now; mentors and deputies hear from their own rooms."""
    part = db.session.get(Participation, entry.subject_id)
    if part is None or part.until is not None or part.kind in (Part.MENTOR, Part.DEPUTY):
        return
    template = "team_lead" if part.kind is Part.LEAD else "team_joined"
    _write(entry, template, [part.person], part.project)


@on("project.drafted")
def tell_named_lead(entry: Entry) -> None:
    """Tell somebody whom the coordination named: whoever begins a proposal for themselves knows."""
    project = queries.project(entry.subject_id)
    _write(entry, "team_lead", project.leads, project)


@on("account.joined")
def give_kept_places(entry: Entry) -> None:
    operations_invitation.take_places(db.session.get_one(Person, entry.subject_id))


@on("project.step_proposed")
def ask_second_person(entry: Entry) -> None:
    """A signed final report is told by the room that checks it."""
    signature = db.session.get_one(SecondSignature, entry.subject_id)
    if signature.action == Action.REVOKE and signature.agreed_at is None and signature.dropped_at is None:
        people = people_with_role(Role.COORDINATOR)
        _write(entry, "project_second_signature", people, signature.project, signature=signature)


@every_tick
def take_due_steps() -> None:
    """Let returned proposals lapse after their last day, and final awards start."""
    db.session.rollback()
    today = clock.today()
    for number in queries.due_to_lapse(today):
        _take(number, operations.lapse)
    for number in queries.due_to_start(today):
        _take(number, lambda project: operations.start(project, None))


def _take(number: int, operation: Callable[[Project], None]) -> None:
    try:
        with transaction():
            operation(queries.project(number))
    except RuleBroken:  # somebody took another step in the same moment
        log.info("project %s moved on by itself", number)
