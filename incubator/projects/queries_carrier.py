"""Questions to organisations whether they carry a project."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.organisations import queries as organisations
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.projects.models import Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest
from incubator.projects.rules_carrier import OPEN

SPEAKS = (AffiliationRole.CONTACT, AffiliationRole.BOARD, AffiliationRole.EMPLOYEE)


@dataclass(frozen=True)
class Standing:
    """How it stands with a carrier that has not agreed: `waiting` was asked; `is_own` is the lead's organisation."""

    waiting: CarrierRequest | None = None
    is_own: bool = False


def request(request_id: int) -> CarrierRequest:
    """Return a question that knows who speaks for its organisation today, as the policy asks."""
    found = db.session.get_one(CarrierRequest, request_id)
    found.contact_ids = frozenset(person.id for person in contacts(found))
    return found


def contacts(asked: CarrierRequest) -> Sequence[Person]:
    return organisations.contacts(asked.organisation_id, clock.today())


def answerers(asked: CarrierRequest) -> list[Person]:
    """Return who can answer for the organisation: nobody of the project's own team does (C2)."""
    team = {person.id for person in asked.project.team}
    return [person for person in contacts(asked) if person.id not in team]


def open_request(project_id: int) -> CarrierRequest | None:
    """Return the one question that waits for an answer or was answered with yes."""
    return db.session.scalar(
        sa.select(CarrierRequest).options(joinedload(CarrierRequest.organisation))
        .where(CarrierRequest.project_id == project_id, CarrierRequest.state.in_(OPEN))
    )


def requests(project_id: int) -> Sequence[CarrierRequest]:
    """Return all that was asked for a project, the newest first."""
    return db.session.scalars(
        sa.select(CarrierRequest).options(joinedload(CarrierRequest.organisation))
        .where(CarrierRequest.project_id == project_id).order_by(CarrierRequest.id.desc())
    ).all()


def requests_to(person_id: int) -> Sequence[CarrierRequest]:
    """Return what was asked of the organisations for which somebody speaks today; what waits comes first."""
    mine = sa.select(Affiliation.organisation_id).where(
        Affiliation.person_id == person_id, Affiliation.role == AffiliationRole.CONTACT,
        organisations.in_force(clock.today()),
    )
    return db.session.scalars(
        sa.select(CarrierRequest)
        .options(joinedload(CarrierRequest.organisation), joinedload(CarrierRequest.project))
        .where(CarrierRequest.organisation_id.in_(mine))
        .order_by(CarrierRequest.state != CarrierAnswer.ASKED, CarrierRequest.id.desc()).limit(organisations.PAGE)
    ).all()


def own_organisations(project: Project) -> set[int]:
    """Return the organisations for which the leads speak or work themselves: these need not be asked."""
    rows = sa.select(Affiliation.organisation_id).where(
        Affiliation.person_id.in_([person.id for person in project.leads]), Affiliation.role.in_(SPEAKS),
        organisations.in_force(clock.today()),
    )
    return set(db.session.scalars(rows))


def standing(project: Project) -> Standing:
    """Return how it stands with the carrier; nothing is looked up once it has agreed."""
    if project.carrier_agreed_on is not None:
        return Standing()
    waiting = open_request(project.id)
    is_own = waiting is None and project.carrier_id is not None and project.carrier_id in own_organisations(project)
    return Standing(waiting, is_own)
