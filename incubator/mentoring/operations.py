"""Find a mentor, change them, admit a project, and finish what was agreed."""

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.mentoring import queries, rules
from incubator.mentoring.models import AgreedStep, Assignment, AssignmentState
from incubator.mentoring.operations_agreement import end_agreement
from incubator.mentoring.operations_sessions import log_session as log_session
from incubator.policy import Act
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import ConflictDeclaration, Part, Project
from incubator.projects.operations import enter, leave, move
from incubator.projects.queries_check import points
from incubator.projects.rules import demand_possible
from incubator.projects.rules_check import demand_nothing_missing


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
    record("mentoring.accepted", by, assignment, steps_taken_over=_take_over(project, assignment.person))
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


def end(
    assignment: Assignment, by, reason: str, successor: Person | None = None, note: str = ""
) -> Assignment | None:
    """End a mentor's part, or take back an open question; their open steps go to whoever accepts next."""
    project = hold(assignment.project)
    hold(assignment)
    if assignment.state not in rules.OPEN:
        raise RuleBroken(_l("This mentor does not accompany the project any more."))
    reason = rules.demand_reason(reason)
    was_mentor = assignment.state is AssignmentState.ACCEPTED
    assignment.state, assignment.reason = AssignmentState.ENDED, reason
    assignment.handover = note or assignment.handover
    assignment.answered_at = assignment.answered_at or clock.now()
    if was_mentor and Part.MENTOR in project.part_of(assignment.person_id):
        leave(project, assignment.person, Part.MENTOR, by)
    end_agreement(assignment)
    record("mentoring.ended", by, assignment)
    return propose(project, successor, by) if successor else None


def hand_over(assignment: Assignment, by, *, note: str) -> None:
    """Write down what the next mentor should know; the team never reads it."""
    hold(assignment.project)
    hold(assignment)
    if assignment.state not in (AssignmentState.ACCEPTED, AssignmentState.ENDED):
        raise RuleBroken(_l("Only who accompanies or has accompanied the project can hand it over."))
    assignment.handover = note
    record("mentoring.handed_over", by, assignment)


def _take_over(project: Project, person: Person) -> int:
    """Give somebody who begins the open steps of mentors who have left; return how many these are."""
    present = {each.person_id for each in project.participations if each.until is None}
    left = {each.person_id: each.person.name for each in queries.assignments(project.id)
            if each.state is AssignmentState.ENDED and each.person_id not in present - {person.id}}
    taken = [step for step in queries.open_steps(project.id)
             if step.owner_id in left or (step.owner_id is None and step.who.strip() in left.values())]
    for step in taken:
        step.owner_id, step.who = person.id, person.name
    return len(taken)


def admit(project: Project, by) -> None:
    """Let a checked proposal into the mentoring stage: nothing is missing, and at least one mentor has accepted."""
    hold(project)
    demand_possible(project.status, BY_ACTION[Action.ADMIT], by)
    demand_nothing_missing(points(project))
    rules.demand_mentor(queries.states(project.id))
    move(project, Action.ADMIT, by)


def finish_step(step: AgreedStep, by) -> None:
    """Note that a step is done; its project is held first, as by whoever makes a milestone of it meanwhile."""
    hold(step.project)
    hold(step)
    if step.done_on is not None:
        raise RuleBroken(_l("This step is done already."))
    step.done_on = clock.today()
    record("session.step_finished", by, step.session, step=step.id)
