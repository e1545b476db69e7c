"""Partnerships and pledges."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db, enum_of
from incubator.organisations.models import Organisation
from incubator.projects.models import Project


class PartnerRole(enum.StrEnum):
    ROOM_GIVER = "room_giver"
    INTERPRETER = "interpreter"
    EXPERT = "expert"
    SPONSOR = "sponsor"
    MULTIPLIER = "multiplier"
    VOLUNTEERS = "volunteers"
    CITY_DEPARTMENT = "city_department"

    @property
    def label(self) -> str:
        return PARTNER_ROLE_LABELS[self]


PARTNER_ROLE_LABELS = {
    PartnerRole.ROOM_GIVER: _l("Gives rooms"),
    PartnerRole.INTERPRETER: _l("Interprets"),
    PartnerRole.EXPERT: _l("Brings expertise"),
    PartnerRole.SPONSOR: _l("Gives money"),
    PartnerRole.MULTIPLIER: _l("Spreads the word"),
    PartnerRole.VOLUNTEERS: _l("Brings volunteers"),
    PartnerRole.CITY_DEPARTMENT: _l("City department"),
}


class Partnership(db.Model):
    """An organisation's part in a project, in one or more roles."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    roles: Mapped[list[str]]
    since: Mapped[date]
    until: Mapped[date | None]

    project: Mapped[Project] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (sa.UniqueConstraint("project_id", "organisation_id"),)


class PledgeKind(enum.StrEnum):
    ROOM = "room"
    MATERIAL = "material"
    HOURS = "hours"
    MONEY = "money"
    INTERPRETING = "interpreting"
    EXPERTISE = "expertise"

    @property
    def label(self) -> str:
        return PLEDGE_KIND_LABELS[self]


PLEDGE_KIND_LABELS = {
    PledgeKind.ROOM: _l("Room"),
    PledgeKind.MATERIAL: _l("Material"),
    PledgeKind.HOURS: _l("Hours of help"),
    PledgeKind.MONEY: _l("Money"),
    PledgeKind.INTERPRETING: _l("Interpreting"),
    PledgeKind.EXPERTISE: _l("Expertise"),
}


class PledgeState(enum.StrEnum):
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return PLEDGE_STATE_LABELS[self]


PLEDGE_STATE_LABELS = {
    PledgeState.OFFERED: _l("Offered"),
    PledgeState.CONFIRMED: _l("Confirmed"),
    PledgeState.FULFILLED: _l("Fulfilled"),
    PledgeState.PARTLY_FULFILLED: _l("Partly fulfilled"),
    PledgeState.WITHDRAWN: _l("Withdrawn"),
}
PLEDGE_STEPS = {
    PledgeState.OFFERED: (PledgeState.CONFIRMED, PledgeState.WITHDRAWN),
    PledgeState.CONFIRMED: (PledgeState.FULFILLED, PledgeState.PARTLY_FULFILLED, PledgeState.WITHDRAWN),
    PledgeState.PARTLY_FULFILLED: (PledgeState.FULFILLED,),
    PledgeState.FULFILLED: (),
    PledgeState.WITHDRAWN: (),
}


class Pledge(db.Model):
    """What an organisation promises a project. Only confirmed money counts as third-party funds."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    kind: Mapped[PledgeKind] = mapped_column(enum_of(PledgeKind))
    description: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    quantity: Mapped[int]
    done_quantity: Mapped[int | None]
    unit: Mapped[str] = mapped_column(sa.String(40), default="")
    value_cents: Mapped[int | None]
    valued_how: Mapped[str] = mapped_column(sa.String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[PledgeState] = mapped_column(enum_of(PledgeState), default=PledgeState.OFFERED)
    state_since: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    organisation: Mapped[Organisation] = relationship()
    contact_ids = frozenset[int]()  # who speaks for the organisation; filled by `queries.pledge` for the policy

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_pledge_state", "state", "id"),
        sa.CheckConstraint("kind <> 'money' OR value_cents IS NOT NULL", name="money_has_value"),
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
        sa.CheckConstraint("done_quantity IS NULL OR done_quantity >= 0", name="done_positive"),
    )
