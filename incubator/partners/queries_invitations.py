"""Invitations to organisations, and the links with which they come back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation import links
from incubator.foundation.database import db
from incubator.letters.operations import CONFIDENTIAL
from incubator.organisations import queries as organisations
from incubator.organisations.models import Organisation
from incubator.partners import rules_links
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink

PREFIX = f"{CONFIDENTIAL}partner:"
MANY = 200


def invitation(invitation_id: int) -> PartnerInvitation:
    return db.session.get_one(PartnerInvitation, invitation_id)


def invited(given: str, secret: str) -> PartnerInvitation | None:
    """Return the invitation a link in a letter belongs to, whatever became of it."""
    number = links.number_of(given)
    found = db.session.get(PartnerInvitation, number) if number is not None else None
    if found is None or not links.fits(given, secret, rules_links.INVITED, found.id, found.salt):
        return None
    return found


def invitations(project_id: int) -> Sequence[PartnerInvitation]:
    """Return whom a project asked and did not win, those who have not answered first."""
    return db.session.scalars(
        sa.select(PartnerInvitation).options(joinedload(PartnerInvitation.organisation))
        .where(PartnerInvitation.project_id == project_id, PartnerInvitation.state != InvitationState.ACCEPTED)
        .order_by(PartnerInvitation.state != InvitationState.ASKED, PartnerInvitation.id.desc()).limit(MANY)
    ).all()


def _open() -> sa.ColumnElement[bool]:
    return PartnerInvitation.state == InvitationState.ASKED


def count_open(project_id: int) -> int:
    return db.session.scalar(
        sa.select(sa.func.count(PartnerInvitation.id)).where(PartnerInvitation.project_id == project_id, _open())
    ) or 0


def open_with(project_id: int, organisation_id: int) -> PartnerInvitation | None:
    return db.session.scalar(sa.select(PartnerInvitation).where(
        PartnerInvitation.project_id == project_id, PartnerInvitation.organisation_id == organisation_id, _open()))


def to_remind(now: datetime) -> Sequence[PartnerInvitation]:
    """Return invitations that have waited a week and are still open."""
    return db.session.scalars(
        sa.select(PartnerInvitation)
        .options(joinedload(PartnerInvitation.project), joinedload(PartnerInvitation.organisation))
        .where(_open(), PartnerInvitation.asked_at <= now - rules_links.REMINDED_AFTER,
               PartnerInvitation.asked_at > now - rules_links.OPEN_FOR)
        .order_by(PartnerInvitation.id)
    ).all()


def expired(now: datetime) -> Sequence[PartnerInvitation]:
    return db.session.scalars(
        sa.select(PartnerInvitation).where(_open(), PartnerInvitation.asked_at <= now - rules_links.OPEN_FOR)
        .order_by(PartnerInvitation.id).limit(MANY)
    ).all()


def to_forget(now: datetime) -> Sequence[PartnerInvitation]:
    """Return invitations that came to nothing long ago and still hold what somebody wrote."""
    return db.session.scalars(
        sa.select(PartnerInvitation).where(
            PartnerInvitation.state.in_((InvitationState.DECLINED, InvitationState.TAKEN_BACK)),
            PartnerInvitation.answered_at <= now - rules_links.KEPT, PartnerInvitation.mail != "",
        ).order_by(PartnerInvitation.id).limit(MANY)
    ).all()


def organisation_called(name: str) -> Organisation | None:
    """Return the organisation that has this name, in whatever letters, small or capital."""
    number = next((key for key, each in organisations.names().items() if each.casefold() == name.casefold()), None)
    return db.session.get(Organisation, number) if number is not None else None


def link_of(given: str, secret: str) -> PartnerLink | None:
    """Return the link of an organisation's own page; one that was ended opens nothing."""
    number = links.number_of(given)
    whose = [joinedload(PartnerLink.organisation)]
    found = db.session.get(PartnerLink, number, options=whose) if number is not None else None
    if found is None or found.ended_at is not None:
        return None
    return found if links.fits(given, secret, rules_links.MINE, found.id, found.salt) else None


def link(link_id: int) -> PartnerLink:
    return db.session.get_one(PartnerLink, link_id)


def link_with(organisation_id: int, mail: str) -> PartnerLink | None:
    return db.session.scalar(sa.select(PartnerLink).where(
        PartnerLink.organisation_id == organisation_id, PartnerLink.mail == mail, PartnerLink.ended_at.is_(None)))


def links_of(mail: str) -> Sequence[PartnerLink]:
    return db.session.scalars(
        sa.select(PartnerLink).where(PartnerLink.mail == mail, PartnerLink.ended_at.is_(None))
        .order_by(PartnerLink.id).limit(MANY)
    ).all()


def links_for(organisation_id: int) -> Sequence[PartnerLink]:
    """Return the links with which an organisation comes back today."""
    return db.session.scalars(
        sa.select(PartnerLink).where(
            PartnerLink.organisation_id == organisation_id, PartnerLink.ended_at.is_(None)).order_by(PartnerLink.id)
    ).all()


def _accepted_at(mail: Any, organisation_id: Any) -> sa.ColumnElement[bool]:
    return sa.and_(PartnerInvitation.organisation_id == organisation_id, PartnerInvitation.mail == mail,
                   PartnerInvitation.state == InvitationState.ACCEPTED)


def projects_of(link: PartnerLink) -> frozenset[int]:
    """Return the projects that a link opens: those whose invitation was accepted at its address, and no others.

    The address is only what some lead once wrote: it speaks for the organisation where it was asked, not elsewhere.
    """
    chosen = sa.select(PartnerInvitation.project_id).where(_accepted_at(link.mail, link.organisation_id))
    return frozenset(db.session.scalars(chosen))


def _about(project_id: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        PartnerInvitation.project_id == project_id, _accepted_at(PartnerLink.mail, PartnerLink.organisation_id))


def links_about(project_id: int, organisation_id: int) -> Sequence[PartnerLink]:
    """Return the links with which an organisation comes back to its part in one project."""
    return db.session.scalars(
        sa.select(PartnerLink).where(
            PartnerLink.organisation_id == organisation_id, PartnerLink.ended_at.is_(None), _about(project_id))
        .order_by(PartnerLink.id)
    ).all()


def addresses_of(organisation_id: int, today: date) -> set[str]:
    """Return the addresses of those who answer for an organisation, with an account or by a link."""
    people = {each.mail for each in organisations.contacts(organisation_id, today) if each.mail}
    return people | {each.mail for each in links_for(organisation_id)}


def with_link(project_id: int, organisation_ids: Sequence[int]) -> set[int]:
    """Return those organisations that answer for themselves in a project by a link."""
    return set(db.session.scalars(sa.select(PartnerLink.organisation_id).where(
        PartnerLink.organisation_id.in_(organisation_ids), PartnerLink.ended_at.is_(None), _about(project_id))))


def links_to_forget(now: datetime) -> Sequence[PartnerLink]:
    return db.session.scalars(
        sa.select(PartnerLink).where(PartnerLink.ended_at <= now - rules_links.KEPT, PartnerLink.mail != "")
        .order_by(PartnerLink.id).limit(MANY)
    ).all()
