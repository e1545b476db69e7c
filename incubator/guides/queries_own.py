"""What of the help is for one person: the tours of their roles, and the guides."""

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.guides import queries
from incubator.guides.tours import TOURS, Tour
from incubator.projects.models import Part, Participation
from incubator.selection.models import PanelMember


def tours(person: Person, *, leads: bool) -> list[Tour]:
    """Return the tours of somebody's roles; who leads a project has that of leads, also without the role."""
    own = _roles(person, leads)
    return [tour for role, tour in TOURS.items() if role in own]


def offered(person: Person, *, leads: bool) -> Tour | None:
    """Return the first tour that somebody has neither ended nor skipped."""
    return next((tour for tour in tours(person, leads=leads) if tour.role not in person.tours), None)


def guides_of(person: Person, *, leads: bool) -> list[str]:
    """Return the guides of somebody's roles; whoever has none gets that for neighbours."""
    own = _roles(person, leads)
    if is_on_a_panel(person.id):
        own.add("panel")
    return [role for role in queries.ROLES if role in own] or ["neighbour"]


def _roles(person: Person, leads: bool) -> set[str]:
    return {role.value for role in person.roles} | ({"lead"} if leads else set())


def leads(person_id: int) -> bool:
    return _there_is(sa.select(Participation.id).where(
        Participation.person_id == person_id, Participation.kind == Part.LEAD, Participation.until.is_(None)))


def is_on_a_panel(person_id: int) -> bool:
    return _there_is(sa.select(PanelMember.id).where(
        PanelMember.person_id == person_id,
        sa.or_(PanelMember.until.is_(None), PanelMember.until > clock.today())))


def _there_is(chosen: sa.Select[int]) -> bool:
    return bool(db.session.scalar(sa.select(chosen.exists())))
