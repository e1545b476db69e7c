"""Letters about mentors and talks; a talk's words never stand in a letter."""

from collections.abc import Iterable
from typing import Any

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.mentoring import queries
from incubator.mentoring.models import AssignmentState, Session
from incubator.projects.models import Part, Project


def _write(entry: Entry, template: str, people: Iterable[Person], project: Project, **facts: Any) -> None:
    for person in people:
        if person.public_id != entry.actor:
            letters.write(person, template, key=f"{entry.id}:{template}:{person.id}", project=project, **facts)


@on("mentoring.proposed")
def ask_mentor(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    if assignment.state is AssignmentState.PROPOSED:
        _write(entry, "mentor_asked", [assignment.person], assignment.project, assignment=assignment)


@on("mentoring.accepted")
def tell_of_mentor(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    people = [*people_with_role(Role.COORDINATOR), *assignment.project.leads]
    _write(entry, "mentor_accepted", people, assignment.project, assignment=assignment)


@on("mentoring.declined")
def tell_of_refusal(entry: Entry) -> None:
    """Only the coordination hears why somebody said no."""
    assignment = queries.assignment(entry.subject_id)
    _write(entry, "mentor_declined", people_with_role(Role.COORDINATOR), assignment.project, assignment=assignment,
           conflict=entry.data["conflict"])


@on("mentoring.ended")
def tell_of_end(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    _write(entry, "mentor_ended", [assignment.person, *assignment.project.leads], assignment.project,
           assignment=assignment)


@on("session.logged")
def show_talk(entry: Entry) -> None:
    session = db.session.get_one(Session, entry.subject_id)
    people = [*session.project.leads, *session.project.people(Part.MEMBER)]
    _write(entry, "session_logged", people, session.project, session=session)
