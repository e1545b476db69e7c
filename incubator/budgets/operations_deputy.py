"""Name a deputy where everybody else has a conflict of interest: there is always somebody who may sign (C3)."""

from functools import partial

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.budgets import queries_deputy
from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.projects.models import Part, Participation, Project
from incubator.projects.operations_reasons import explain
from incubator.projects.operations_team import enter, leave


def name_deputy(project: Project, by, person: Person, reason: str) -> Participation:
    """Let somebody sign and check for one project until it ends or the coordination takes it back.

    Refused for the team, for contacts of its organisations, and for whoever takes no part themselves.
    """
    hold(project)
    if not reason.strip():
        raise RuleBroken(_l("Please say why a deputy is needed; it is kept with the project."), "reason")
    if person.id == by.id:
        raise RuleBroken(_l("Nobody names themselves as a deputy. Please ask a second person of the office."), "person")
    if sentence := queries_deputy.hindrance(project, person, clock.today()):
        raise RuleBroken(sentence, "person")
    part = enter(project, person, Part.DEPUTY, by)
    explain(partial(record, "deputy.named", by, part, person=person.seal), reason, project_id=project.id,
            language=by.language)
    return part


def end_deputy(participation: Participation, by) -> None:
    """Take a deputy's part away; what they signed stays signed."""
    project = hold(participation.project)
    if participation.kind is not Part.DEPUTY or participation.until is not None:
        raise RuleBroken(_l("This person is not a deputy any more."))
    leave(project, participation.person, Part.DEPUTY, by)
    record("deputy.ended", by, participation, person=participation.person.seal)
