"""Letters about mentors and talks; a talk's words never stand in a letter."""

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.mentoring import queries
from incubator.mentoring.models import AssignmentState, Session


@on("mentoring.proposed")
def ask_mentor(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    if assignment.state is AssignmentState.PROPOSED:
        letters.tell([assignment.person], "mentor_asked", entry, project=assignment.project, assignment=assignment)


@on("mentoring.accepted")
def tell_of_mentor(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    people = [*people_with_role(Role.COORDINATOR), *assignment.project.leads]
    letters.tell(people, "mentor_accepted", entry, project=assignment.project, assignment=assignment)


@on("mentoring.declined")
def tell_of_refusal(entry: Entry) -> None:
    """Only the coordination hears why somebody said no."""
    assignment = queries.assignment(entry.subject_id)
    letters.tell(people_with_role(Role.COORDINATOR), "mentor_declined", entry, project=assignment.project,
                 assignment=assignment, conflict=entry.data["conflict"])


@on("mentoring.ended")
def tell_of_end(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    letters.tell([assignment.person, *assignment.project.leads], "mentor_ended", entry, project=assignment.project,
                 assignment=assignment)


@on("session.logged")
def show_talk(entry: Entry) -> None:
    session = db.session.get_one(Session, entry.subject_id)
    letters.tell(session.project.team, "session_logged", entry, project=session.project, session=session)
