"""Find a mentor, admit a project, and write down what was talked about and agreed."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.mentoring import queries, rules
from incubator.mentoring.models import AgreedStep, Assignment, AssignmentState, Session, SessionKind, SessionMode
from incubator.policy import Act
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import ConflictDeclaration, Part, Project
from incubator.projects.operations import enter, leave, move
from incubator.projects.rules import demand_possible


def propose(project: Project, person: Person, by) -> Assignment:
    """Ask somebody of the pool; refused where a conflict, the team or the load stands against it (C1, C2)."""
    hold(project)
    rules.demand_finding(project.status)
    rules.demand_free(queries.obstacle(project, person, clock.today()))
    asked = Assignment(
        project=project, person=person, state=AssignmentState.PROPOSED, proposed_by_id=by.id, proposed_at=clock.now()
    )
    db.session.add(asked)
    record("mentoring.proposed", by, asked, person=person.seal)
    return asked


def accept(assignment: Assignment, by, has_conflict: bool = False) -> Assignment:
    """Say yes, after declaring anew whether there is a conflict of interest; a declared one excludes for good (C1)."""
    project = hold(assignment.project)
    hold(assignment)
    rules.demand_open_question(assignment.state)
    rules.demand_finding(project.status)
    _declare(project, assignment.person, has_conflict)
    if has_conflict:
        _answer(assignment, AssignmentState.DECLINED)
        record("mentoring.declined", by, assignment, conflict=True)
        return assignment
    rules.demand_free(queries.obstacle(project, assignment.person, clock.today(), is_asked=False))
    _answer(assignment, AssignmentState.ACCEPTED)
    enter(project, assignment.person, Part.MENTOR, by)
    record("mentoring.accepted", by, assignment)
    return assignment


def decline(assignment: Assignment, by, reason: str) -> Assignment:
    hold(assignment.project)
    hold(assignment)
    rules.demand_open_question(assignment.state)
    assignment.reason = rules.demand_reason(reason)
    _answer(assignment, AssignmentState.DECLINED)
    record("mentoring.declined", by, assignment, conflict=False)
    return assignment


def answer(assignment: Assignment, by, *, answer: str, reason: str = "") -> Assignment:
    """Take the answer of the asked mentor: "yes" (no conflict), "conflict" or "no" with a reason."""
    if answer == "no":
        return decline(assignment, by, reason)
    return accept(assignment, by, has_conflict=answer == "conflict")


def _answer(assignment: Assignment, state: AssignmentState) -> None:
    assignment.state, assignment.answered_at = state, clock.now()


def _declare(project: Project, person: Person, has_conflict: bool) -> None:
    declared = ConflictDeclaration(
        project_id=project.id, person_id=person.id, act=Act.ANSWER_ASSIGNMENT.value, has_conflict=has_conflict,
        declared_at=clock.now(),
    )
    db.session.add(declared)
    record("conflict.declared", person, declared, act=Act.ANSWER_ASSIGNMENT, has_conflict=has_conflict)


def end(assignment: Assignment, by, reason: str, successor: Person | None = None) -> Assignment | None:
    """End a mentor's part, or take back an open question; what they still had to do goes to the successor."""
    project = hold(assignment.project)
    hold(assignment)
    if assignment.state not in rules.OPEN:
        raise RuleBroken(_l("This mentor does not accompany the project any more."))
    reason = rules.demand_reason(reason)
    was_mentor = assignment.state is AssignmentState.ACCEPTED
    assignment.state, assignment.reason = AssignmentState.ENDED, reason
    assignment.answered_at = assignment.answered_at or clock.now()
    if was_mentor and Part.MENTOR in project.part_of(assignment.person_id):
        leave(project, assignment.person, Part.MENTOR, by)
    handed = _hand_over(project, assignment.person, successor) if successor else 0
    record("mentoring.ended", by, assignment, steps_handed_over=handed)
    return propose(project, successor, by) if successor else None


def _hand_over(project: Project, old: Person, new: Person) -> int:
    mine = [step for step in queries.open_steps(project.id) if step.who.strip() == old.name]
    for step in mine:
        step.who = new.name
    return len(mine)


def admit(project: Project, by) -> None:
    """Let a checked proposal into the mentoring stage; at least one mentor must have accepted."""
    hold(project)
    demand_possible(project.status, BY_ACTION[Action.ADMIT], by)
    rules.demand_mentor(queries.states(project.id))
    move(project, Action.ADMIT, by)


def log_session(
    project: Project, by, *, held_on: date, minutes: int, mode: SessionMode, kind: SessionKind,
    spoken_language: str = "", had_interpreter: bool = False, present: str = "", shared_notes: str = "",
    confidential_notes: str = "", next_on: date | None = None, steps: Sequence[rules.AgreedWith] = (),
) -> Session:
    """Write a talk down; `steps` are up to five of (what, who, by when). Nothing but numbers goes into the journal."""
    hold(project)
    rules.demand_talk(project.status, held_on, minutes, next_on, clock.today())
    rules.demand_steps(steps)
    session = Session(
        project=project, logged_by_id=by.id, held_on=held_on, minutes=minutes, mode=SessionMode(mode),
        kind=SessionKind(kind), spoken_language=spoken_language or "", had_interpreter=had_interpreter,
        present=present or "", shared_notes=shared_notes or "", confidential_notes=confidential_notes or "",
        next_on=next_on, language=by.language, logged_at=clock.now(),
    )
    db.session.add(session)
    db.session.add_all(
        AgreedStep(session=session, what=what.strip(), who=(who or "").strip(), due_on=due_on)
        for what, who, due_on in steps
    )
    record("session.logged", by, session, kind=session.kind, held_on=held_on, minutes=minutes, steps=len(steps))
    return session


def finish_step(step: AgreedStep, by) -> None:
    hold(step)
    if step.done_on is not None:
        raise RuleBroken(_l("This step is done already."))
    step.done_on = clock.today()
    record("session.step_finished", by, step.session, step=step.id)
