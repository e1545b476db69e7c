"""Who may not score which project, for whole rounds at once (rules C1 and C2)."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.mentoring.queries import concerned_in
from incubator.organisations import queries as organisations
from incubator.organisations.models import AffiliationRole
from incubator.projects import queries as projects
from incubator.projects.models import Part, Participation
from incubator.selection.rules_panel import Ground

Pair = tuple[int, int]
BY_PART = {Part.LEAD: Ground.TEAM, Part.MEMBER: Ground.TEAM, Part.MENTOR: Ground.MENTOR}


def grounds(project_ids: Sequence[int], people: Iterable[int], today: date) -> dict[Pair, Ground]:
    """Return {(project, person): ground} for those who take no part today; the same number of queries for any."""
    ids = set(people)
    if not project_ids or not ids:
        return {}
    found: dict[Pair, Ground] = {}
    for project_id, person_id in projects.conflicts_in(project_ids):
        if person_id in ids:
            found[project_id, person_id] = Ground.DECLARED
    found |= _by_part(project_ids, ids)
    names = concerned_in(project_ids, today)
    ties = organisations.ties(ids, {number for each in names.values() for number in each}, today)
    for person_id, own in ties.items():
        for project_id, known in names.items():
            if own & known.keys():
                found[project_id, person_id] = Ground.TIES
    return found


def _by_part(project_ids: Sequence[int], ids: set[int]) -> dict[Pair, Ground]:
    rows = db.session.execute(
        sa.select(Participation.project_id, Participation.person_id, Participation.kind).where(
            Participation.project_id.in_(project_ids), Participation.person_id.in_(ids),
            Participation.until.is_(None), Participation.kind.in_(list(BY_PART)),
        )
    ).all()
    found = {(row.project_id, row.person_id): BY_PART[row.kind] for row in rows}
    return found | {(row.project_id, row.person_id): Ground.TEAM for row in rows if BY_PART[row.kind] is Ground.TEAM}


def ground(project_id: int, person_id: int, today: date) -> Ground | None:
    """Return why one person takes no part in one project, or None."""
    return grounds([project_id], [person_id], today).get((project_id, person_id))


def grounds_of(person_id: int, project_ids: Sequence[int], today: date) -> dict[int, Ground]:
    """Return {project: ground} for one person."""
    return {project: why for (project, _person), why in grounds(project_ids, [person_id], today).items()}


def free_to_decide(
    project_ids: Sequence[int], person_id: int, today: date
) -> tuple[list[Person], dict[int, Ground]]:
    """Return who of the coordination is free in all of these projects, and where this person is not and why."""
    coordination = people_with_role(Role.COORDINATOR)
    why = grounds(project_ids, [person_id, *(person.id for person in coordination)], today)
    bound = {number for _project, number in why}
    return ([person for person in coordination if person.id not in bound],
            {project: ground for (project, number), ground in why.items() if number == person_id})


def memberships(
    project_ids: Sequence[int], people: Iterable[int], today: date
) -> dict[Pair, list[str]]:
    """Return which carriers and partners somebody is a plain member of: disclosed, but no obstacle."""
    names = concerned_in(project_ids, today)
    every = {number for each in names.values() for number in each}
    ties = organisations.ties(people, every, today, [AffiliationRole.MEMBER])
    return {
        (project_id, person_id): [known[number] for number in sorted(own & known.keys())]
        for person_id, own in ties.items() for project_id, known in names.items() if own & known.keys()
    }
