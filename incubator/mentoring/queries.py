"""Mentors, talks and agreed steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.mentoring import rules, rules_matching
from incubator.mentoring.models import AgreedStep, Assignment, AssignmentState, Session, SessionKind
from incubator.mentoring.models_agreement import MentorProfile
from incubator.mentoring.queries_profiles import profiles
from incubator.organisations import queries as organisations
from incubator.organisations.models import Organisation
from incubator.partners.models import Partnership
from incubator.projects import queries as projects
from incubator.projects.models import Project
from incubator.projects.rules import FINISHED


@dataclass(frozen=True)
class Candidate:
    """Somebody of the pool: their projects in the round, what stands against this one, and why they fit it."""

    person: Person
    load: int
    obstacle: Any | None
    fit: rules_matching.Fit = field(default_factory=rules_matching.Fit)
    profile: MentorProfile | None = None


def assignment(assignment_id: int) -> Assignment:
    return db.session.get_one(
        Assignment, assignment_id, options=[joinedload(Assignment.project), joinedload(Assignment.person)]
    )


def assignments(project_id: int) -> Sequence[Assignment]:
    """Return everybody who was asked, the newest first."""
    return db.session.scalars(
        sa.select(Assignment)
        .options(joinedload(Assignment.person))
        .where(Assignment.project_id == project_id)
        .order_by(Assignment.id.desc())
    ).all()


def states(project_id: int) -> set[AssignmentState]:
    return set(db.session.scalars(sa.select(Assignment.state).where(Assignment.project_id == project_id)))


def has_accepted_mentor(project_id: int) -> bool:
    return AssignmentState.ACCEPTED in states(project_id)


def sessions(project_id: int) -> Sequence[Session]:
    """Return the talks, the newest first."""
    return db.session.scalars(
        sa.select(Session)
        .options(joinedload(Session.logged_by))
        .where(Session.project_id == project_id)
        .order_by(Session.held_on.desc(), Session.id.desc())
    ).all()


def has_initial_consultation(project_id: int) -> bool:
    held = sa.select(Session.id).where(
        Session.project_id == project_id, Session.kind == SessionKind.INITIAL_CONSULTATION
    )
    return db.session.scalar(held.limit(1)) is not None


def steps(project_id: int) -> Sequence[AgreedStep]:
    """Return all that was agreed, in the order in which it is due; what has no day comes last."""
    return db.session.scalars(
        sa.select(AgreedStep)
        .join(AgreedStep.session)
        .options(contains_eager(AgreedStep.session))
        .where(Session.project_id == project_id)
        .order_by(AgreedStep.due_on.is_(None), AgreedStep.due_on, AgreedStep.id)
    ).all()


def open_steps(project_id: int) -> Sequence[AgreedStep]:
    return [step for step in steps(project_id) if step.done_on is None]


def step(step_id: int) -> AgreedStep:
    return db.session.get_one(
        AgreedStep, step_id, options=[joinedload(AgreedStep.session).joinedload(Session.project)])


def steps_due(first: date, last: date) -> Sequence[AgreedStep]:
    """Return open steps that have an owner and are due within these days, of all projects that have not ended."""
    return db.session.scalars(
        sa.select(AgreedStep)
        .options(joinedload(AgreedStep.session).joinedload(Session.project).selectinload(Project.participations))
        .where(AgreedStep.done_on.is_(None), AgreedStep.owner_id.is_not(None), AgreedStep.due_on >= first,
               AgreedStep.due_on <= last,
               AgreedStep.session.has(Session.project.has(Project.status.in_(rules.CLOSING_TOO))))
        .order_by(AgreedStep.id)
    ).all()


def load(person_id: int, round_id: int | None = None) -> int:
    """Return how many unfinished projects somebody accompanies or was asked to, in one round or in all."""
    return loads([person_id], round_id).get(person_id, 0)


def loads(person_ids: Iterable[int], round_id: int | None = None) -> dict[int, int]:
    counted = (
        sa.select(Assignment.person_id, sa.func.count(Assignment.id))
        .join(Project, Project.id == Assignment.project_id)
        .where(Assignment.person_id.in_(list(person_ids)), Assignment.state.in_(rules.OPEN),
               Project.status.not_in(FINISHED))
        .group_by(Assignment.person_id)
    )
    if round_id is not None:
        counted = counted.where(Project.round_id == round_id)
    return {number: count for number, count in db.session.execute(counted)}


def concerned(project: Project, today: date) -> dict[int, str]:
    """Return carrier and present partners, names by id: who belongs to them is not free to mentor (C1)."""
    return concerned_in([project.id], today)[project.id]


def concerned_in(project_ids: Iterable[int], today: date) -> dict[int, dict[int, str]]:
    """Return the same for several projects at once."""
    found: dict[int, dict[int, str]] = {number: {} for number in project_ids}
    partner = sa.select(Partnership.organisation_id).where(
        Partnership.project_id == Project.id, sa.or_(Partnership.until.is_(None), Partnership.until >= today)
    ).correlate(Project)
    rows = (
        sa.select(Project.id, Organisation.id, Organisation.name)
        .join(Organisation, sa.or_(Organisation.id == Project.carrier_id, Organisation.id.in_(partner)))
        .where(Project.id.in_(list(found)))
    )
    for project_id, number, name in db.session.execute(rows):
        found[project_id][number] = name
    return found


def tie(project: Project, person_id: int, today: date) -> str | None:
    """Return the first concerned organisation that somebody's ties exclude them for, None without any (C1)."""
    names = concerned(project, today)
    own = organisations.ties([person_id], names, today).get(person_id, set())
    return names[min(own)] if own else None


def candidates(project: Project, today: date) -> list[Candidate]:
    """Return the pool of mentors: those who may come first, and among them those who fit best and do least."""
    pool = people_with_role(Role.MENTOR, and_others=True)
    found = _looked_at(project, pool, today, asked=_asked(project.id))
    return sorted(found, key=lambda each: rules_matching.rank(
        each.fit, each.load, each.person.name, is_hindered=each.obstacle is not None))


def obstacle(project: Project, person: Person, today: date, *, is_asked: bool | None = None) -> Any | None:
    """Return why somebody may not mentor a project; `is_asked=False` looks past the question they were asked."""
    asked = _asked(project.id) if is_asked is None else set()
    return _looked_at(project, [person], today, asked=asked)[0].obstacle


def _asked(project_id: int) -> set[int]:
    return set(db.session.scalars(
        sa.select(Assignment.person_id).where(Assignment.project_id == project_id, Assignment.state.in_(rules.OPEN))
    ))


def _looked_at(project: Project, people: Sequence[Person], today: date, asked: set[int]) -> list[Candidate]:
    ids = [person.id for person in people]
    names = concerned(project, today)
    ties = organisations.ties(ids, names, today)
    declared = projects.with_conflict(project.id)
    load_of = _other_loads(ids, project)
    written = profiles(ids)
    fits = _fits(project, people, written)
    return [
        Candidate(person, load_of.get(person.id, 0), fit=fits[person.id], profile=written.get(person.id),
                  obstacle=rules.obstacle(
            rules.Facts(
                is_mentor=person.has_role(Role.MENTOR), is_active=person.is_active,
                parts=frozenset(project.part_of(person.id)), is_asked=person.id in asked,
                has_declared_conflict=person.id in declared, ties=frozenset(ties.get(person.id, ())),
                load=load_of.get(person.id, 0),
            ), names, project.round.mentor_max_projects,
        ))
        for person in people
    ]


def _fits(
    project: Project, people: Sequence[Person], written: Mapping[int, MentorProfile]
) -> dict[int, rules_matching.Fit]:
    spoken = frozenset({project.language, *(lead.language for lead in project.leads)})
    wanted = rules_matching.Wanted(project.theme_id, spoken)
    return {
        person.id: rules_matching.fit(
            wanted, {theme.id for theme in written[person.id].themes} if person.id in written else (),
            {person.language, *(written[person.id].languages if person.id in written else ())})
        for person in people
    }


def _other_loads(ids: Sequence[int], project: Project) -> dict[int, int]:
    """Count the other projects of the round: whoever answers was counted when asked."""
    counted = (
        sa.select(Assignment.person_id, sa.func.count(Assignment.id))
        .join(Project, Project.id == Assignment.project_id)
        .where(Assignment.person_id.in_(ids), Assignment.state.in_(rules.OPEN), Project.id != project.id,
               Project.round_id == project.round_id, Project.status.not_in(FINISHED))
        .group_by(Assignment.person_id)
    )
    return {number: count for number, count in db.session.execute(counted)}
