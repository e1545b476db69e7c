"""Questions of groups that look for a carrier, as they wait for somebody's answer."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts_carrier import CarrierFact
from incubator.desk.waiting import Rows, waits
from incubator.organisations.models import Affiliation, AffiliationRole, Organisation
from incubator.organisations.queries import in_force
from incubator.projects.models import TEAM, Participation, Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest
from incubator.projects.rules_carrier import BEFORE_AWARD

MANY = 50


def _contacts(today: date) -> sa.Select[Any]:
    return sa.select(Affiliation.organisation_id).where(
        Affiliation.role == AffiliationRole.CONTACT, in_force(today))


def not_on_team(project_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that an affiliation is of somebody who does not belong to a project's team."""
    return Affiliation.person_id.not_in(sa.select(Participation.person_id).where(
        Participation.project_id == project_id, Participation.until.is_(None),
        Participation.kind.in_(TEAM)))


def asked(person_id: int, today: date, *, everyones: bool) -> sa.Select[*tuple[Any, ...]]:
    """Ask for what waits for this person's word, as they speak for the organisation; and for the coordination, which
    asks and writes down, what was asked of organisations nobody speaks for but the team itself (C2)."""
    is_own = CarrierRequest.organisation_id.in_(_contacts(today).where(Affiliation.person_id == person_id))
    is_silent = ~sa.exists().where(Affiliation.organisation_id == CarrierRequest.organisation_id,
                                   Affiliation.role == AffiliationRole.CONTACT, in_force(today),
                                   not_on_team(CarrierRequest.project_id))
    own = sa.case((is_own, 1), else_=0)
    return waits(
        "carrier", id=CarrierRequest.id, project_id=CarrierRequest.project_id, title=Project.title,
        language=Project.language, name=Organisation.name, number=own,
    ).join(Project, Project.id == CarrierRequest.project_id).join(
        Organisation, Organisation.id == CarrierRequest.organisation_id,
    ).where(
        sa.or_(is_own, is_silent) if everyones else is_own, CarrierRequest.state == CarrierAnswer.ASKED,
        Project.status.in_(BEFORE_AWARD),
    ).order_by(own.desc(), CarrierRequest.id).limit(MANY)


def carrying(found: Rows) -> tuple[CarrierFact, ...]:
    return tuple(CarrierFact(row.id, row.project_id, row.title, row.language, row.name, bool(row.number))
                 for row in found["carrier"])
