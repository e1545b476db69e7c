"""Write down what was talked about and agreed; the closing talk ends the mentoring in order."""

from collections.abc import Sequence
from datetime import date

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.journal import record
from incubator.mentoring import queries, queries_talks, rules, rules_talks
from incubator.mentoring.models import AgreedStep, AssignmentState, Session, SessionKind, SessionMode
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.mentoring.operations_agreement import end_agreement
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


def log_session(
    project: Project, by, *, held_on: date, minutes: int, mode: SessionMode, kind: SessionKind,
    spoken_language: str = "", had_interpreter: bool = False, present: str = "", shared_notes: str = "",
    confidential_notes: str = "", next_on: date | None = None, steps: Sequence[rules.AgreedWith] = (),
    talk: PlannedTalk | None = None,
) -> Session:
    """Write a talk down; `steps` are up to five of (what, who, by when), `talk` is the plan it fulfils.

    Who is a person of the project, or a name in words. Nothing but numbers goes into the journal.
    """
    hold(project)
    kind, mode = SessionKind(kind), SessionMode(mode)
    rules.demand_talk(project.status, held_on, minutes, next_on, clock.today(), kind=kind,
                      is_closed=project.status is Status.COMPLETED and queries_talks.is_closed(project.id))
    rules.demand_steps(steps)
    owners = [who.id for _what, who, _due in steps if isinstance(who, Person)]
    rules.demand_owners(owners, [person.id for person in (*project.team, *project.mentors)])
    session = Session(
        project=project, logged_by_id=by.id, held_on=held_on, minutes=minutes, mode=mode, kind=kind,
        spoken_language=spoken_language or "", had_interpreter=had_interpreter, present=present or "",
        shared_notes=shared_notes or "", confidential_notes=confidential_notes or "", next_on=next_on,
        language=by.language, logged_at=clock.now(),
    )
    db.session.add(session)
    db.session.add_all(_step(session, *each) for each in steps)
    record("session.logged", by, session, kind=kind, held_on=held_on, minutes=minutes, steps=len(steps))
    if talk is not None:
        _keep_plan(talk, session, by)
    close(project, by)
    return session


def _step(session: Session, what: str, who: Person | str | None, due_on: date | None) -> AgreedStep:
    owner = who if isinstance(who, Person) else None
    name = owner.name if owner else str(who or "").strip()
    return AgreedStep(session=session, what=what.strip(), who=name, owner_id=owner.id if owner else None, due_on=due_on)


def _keep_plan(talk: PlannedTalk, session: Session, by) -> None:
    hold(talk)
    rules_talks.demand_planned(talk.state)
    rules_talks.demand_begun(talk.starts_at, clock.now())
    talk.state, talk.session = TalkState.HELD, session
    record("talk.held", by, talk)


def close(project: Project, by) -> None:
    """End the agreement with the closing talk, and the mentoring too once the project is completed.

    Who accompanied it stays named and may still read; before that the mentor is needed for the final report.
    """
    if not queries_talks.is_closed(project.id):
        return
    for assignment in queries.assignments(project.id):
        if assignment.state is not AssignmentState.ACCEPTED:
            continue
        end_agreement(assignment)
        if project.status is Status.COMPLETED:
            assignment.state = AssignmentState.ENDED
            record("mentoring.closed", by, assignment)
