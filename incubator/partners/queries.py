"""Partners of a project, and what they promised."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.organisations import queries as organisations
from incubator.organisations.models import Affiliation, AffiliationRole, Organisation
from incubator.partners import queries_pledges
from incubator.partners.models import Partnership, Pledge, PledgeKind, PledgeState
from incubator.partners.rules import COUNTS, STILL_OPEN, is_open


def partnership(partnership_id: int) -> Partnership:
    return db.session.get_one(Partnership, partnership_id)


def partnerships(project_id: int) -> Sequence[Partnership]:
    """Return who takes part in a project now, with the organisations."""
    return db.session.scalars(
        sa.select(Partnership)
        .options(joinedload(Partnership.organisation))
        .where(Partnership.project_id == project_id, Partnership.until.is_(None))
        .order_by(Partnership.since, Partnership.id)
    ).all()


def partnership_with(project_id: int, organisation_id: int) -> Partnership | None:
    """Return an organisation's part in a project, also one that has ended."""
    return db.session.scalar(
        sa.select(Partnership).where(
            Partnership.project_id == project_id, Partnership.organisation_id == organisation_id
        )
    )


def pledge(pledge_id: int) -> Pledge:
    """Return a pledge that knows who speaks for its organisation today, as the policy asks."""
    found = db.session.get_one(Pledge, pledge_id)
    found.contact_ids = frozenset(
        person.id for person in organisations.contacts(found.organisation_id, clock.today())
    )
    return found


def is_from_partner(pledge_id: int) -> bool:
    """Say whether the partner offered this itself; else the project wrote it down and the partner is asked."""
    return bool(queries_pledges.offered_by_partners([pledge_id]))


def open_pledges(project_id: int, organisation_id: int) -> Sequence[Pledge]:
    """Return promises that are neither kept nor withdrawn, those that count first."""
    return db.session.scalars(
        sa.select(Pledge).where(
            Pledge.project_id == project_id, Pledge.organisation_id == organisation_id, Pledge.state.in_(STILL_OPEN)
        ).order_by(Pledge.state == PledgeState.OFFERED, Pledge.id)
    ).all()


def to_settle(partnership: Partnership) -> Sequence[Pledge]:
    """Return the promises of which a partner who leaves must speak; none once the project has ended."""
    if not is_open(partnership.project):
        return ()
    return open_pledges(partnership.project_id, partnership.organisation_id)


def pledges(project_id: int) -> Sequence[Pledge]:
    """Return what was promised to a project, with the organisations; what was withdrawn comes last."""
    return db.session.scalars(
        sa.select(Pledge)
        .options(joinedload(Pledge.organisation))
        .where(Pledge.project_id == project_id)
        .order_by(Pledge.state == PledgeState.WITHDRAWN, Pledge.id)
    ).all()


def confirmed_money(project_id: int) -> int:
    """Return the cents that count as third-party funds: money that the partners themselves have confirmed."""
    return int(db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(Pledge.value_cents), 0)).where(
            Pledge.project_id == project_id, Pledge.kind == PledgeKind.MONEY, Pledge.state.in_(COUNTS)
        )
    ) or 0)


def with_contact(organisation_ids: Sequence[int], today: date) -> set[int]:
    """Return those organisations for which somebody speaks today."""
    return set(
        db.session.scalars(
            sa.select(Affiliation.organisation_id).where(
                Affiliation.organisation_id.in_(organisation_ids), Affiliation.role == AffiliationRole.CONTACT,
                organisations.in_force(today),
            )
        )
    )


def possible_partners(project_id: int) -> Sequence[Organisation]:
    """Return organisations that do not take part in a project yet, by name."""
    taking_part = sa.select(Partnership.organisation_id).where(
        Partnership.project_id == project_id, Partnership.until.is_(None)
    )
    return db.session.scalars(
        sa.select(Organisation).where(Organisation.id.not_in(taking_part)).order_by(Organisation.slug)
    ).all()
