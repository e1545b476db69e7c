"""Who can be named as a deputy for a project, and who is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.budgets.queries_approval import exclusions
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.mentoring.queries import concerned
from incubator.organisations import queries as organisations
from incubator.organisations.models import AffiliationRole
from incubator.projects.models import Part, Participation, Project, StepReason

OFFICE = (Role.MENTOR, Role.COORDINATOR, Role.ADMINISTRATOR)


def deputy(participation_id: int) -> Participation:
    return db.session.get_one(Participation, participation_id)


def deputies(project_id: int) -> Sequence[Participation]:
    """Return who is a deputy of a project now."""
    return db.session.scalars(
        sa.select(Participation)
        .where(Participation.project_id == project_id, Participation.kind == Part.DEPUTY,
               Participation.until.is_(None))
        .order_by(Participation.id)
    ).all()


def candidates(project: Project, today: date) -> list[Person]:
    """Return the people of the city who could be named: mentors, coordination, administration, without any tie."""
    people = {person.id: person for role in OFFICE for person in people_with_role(role)}
    hindered = _hindered(project, list(people), today)
    free = [person for number, person in people.items() if number not in hindered]
    return sorted(free, key=lambda person: person.name)


def hindrance(project: Project, person: Person, today: date) -> Any | None:
    """Return why somebody cannot be named, or None."""
    if not person.is_active or not person.has_role(*(role.value for role in OFFICE)):
        return _l("Only people of the city can be named: mentors, coordination, administration.")
    return _hindered(project, [person.id], today).get(person.id)


def _hindered(project: Project, people: list[int], today: date) -> dict[int, Any]:
    names = concerned(project, today)
    found = exclusions(project, people, today, names)
    for number in organisations.ties(people, names, today, [AffiliationRole.CONTACT]):
        found.setdefault(number, _l("Speaks for an organisation of this project and cannot be its deputy."))
    for mentor in project.mentors:
        found.setdefault(mentor.id, _l("Is a mentor of this project and may do everything a deputy may."))
    for part in deputies(project.id):
        found.setdefault(part.person_id, _l("Is a deputy of this project already."))
    return found


def reasons(project_id: int) -> dict[int, StepReason]:
    """Return why deputies were named, by the id of their part."""
    rows = db.session.execute(
        sa.select(Entry.subject_id, StepReason).join(StepReason, StepReason.entry_id == Entry.id)
        .where(Entry.project_id == project_id, Entry.action == "deputy.named")
    )
    return {row.subject_id: row.StepReason for row in rows}
