"""Who takes no part in decisions about projects, on what ground and from when until when (C1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Person, Role, RoleGrant
from incubator.budgets.rules_minutes import Absence
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.organisations.models import EXCLUDING, Affiliation
from incubator.partners.models import Partnership
from incubator.projects.models import TEAM, ConflictDeclaration, Project

DECIDING = (Role.MENTOR, Role.COORDINATOR)


def absences(projects: Mapping[int, Project]) -> dict[int, list[Absence]]:
    """Return, by project, who could decide by their role but takes no part: declared, ties, on the team."""
    pool = _pool()
    found: defaultdict[int, list[Absence]] = defaultdict(list)
    for number, absence in (*_declared(projects), *_tied(projects, pool), *_on_team(projects, pool)):
        found[number].append(absence)
    return found


def _pool() -> dict[int, date]:
    """Return who mentors or coordinates in the programme, and since when."""
    rows = db.session.execute(
        sa.select(RoleGrant.person_id, sa.func.min(RoleGrant.granted_at))
        .where(RoleGrant.role.in_(DECIDING)).group_by(RoleGrant.person_id)
    )
    return {number: granted_at.astimezone(CITY).date() for number, granted_at in rows}


def _declared(projects: Iterable[int]) -> Iterator[tuple[int, Absence]]:
    rows = db.session.scalars(
        sa.select(ConflictDeclaration).options(joinedload(ConflictDeclaration.person))
        .where(ConflictDeclaration.project_id.in_(list(projects)), ConflictDeclaration.has_conflict)
        .order_by(ConflictDeclaration.id)
    )
    for each in rows:
        yield each.project_id, Absence(each.person_id, each.person.name, _l("declared a conflict of interest"),
                                       each.declared_at.astimezone(CITY).date())


def _tied(projects: Mapping[int, Project], pool: Mapping[int, date]) -> Iterator[tuple[int, Absence]]:
    """Return ties of board, work or family with the carrier, or with a partner for as long as it takes part."""
    partners = db.session.execute(
        sa.select(Partnership.project_id, Partnership.organisation_id, Partnership.since, Partnership.until)
        .where(Partnership.project_id.in_(list(projects)))
    ).all()
    concerned = [(project.id, project.carrier_id, None, None) for project in projects.values() if project.carrier_id]
    concerned.extend((row.project_id, row.organisation_id, row.since, row.until) for row in partners)
    ties: defaultdict[int, list[Affiliation]] = defaultdict(list)
    for tie in db.session.scalars(
        sa.select(Affiliation).options(joinedload(Affiliation.person), joinedload(Affiliation.organisation))
        .where(Affiliation.organisation_id.in_({number for _project, number, *_days in concerned}),
               Affiliation.person_id.in_(list(pool)), Affiliation.role.in_(sorted(EXCLUDING)))
    ):
        ties[tie.organisation_id].append(tie)
    for project_id, organisation_id, since, until in concerned:
        for tie in ties[organisation_id]:
            ground = _l("%(role)s: %(name)s", role=tie.role.label, name=tie.organisation.name)
            yield project_id, Absence(tie.person_id, tie.person.name, ground,
                                      _latest(pool[tie.person_id], since, tie.since), _first(until, tie.until))


def _on_team(projects: Mapping[int, Project], pool: Mapping[int, date]) -> Iterator[tuple[int, Absence]]:
    for project in projects.values():
        for part in project.participations:
            if part.kind in TEAM and part.person_id in pool:
                person: Person = part.person
                yield project.id, Absence(person.id, person.name, _l("on the team of the project"),
                                          _latest(pool[person.id], part.since), part.until)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
