"""How organisations become partners, come back to their page, and how it is shown that a promise was kept."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.media.models import Paper
from incubator.organisations.models import Organisation
from incubator.partners.models import Pledge
from incubator.projects.models import Project


class InvitationState(enum.StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return INVITATION_STATE_LABELS[self]


INVITATION_STATE_LABELS = {
    InvitationState.ASKED: _l("Asked"),
    InvitationState.ACCEPTED: _l("Accepted"),
    InvitationState.DECLINED: _l("Declined"),
    InvitationState.TAKEN_BACK: _l("Taken back"),
}


class PartnerInvitation(db.Model):
    """A project asks an organisation by mail to be its partner; `salt` makes the link in the letter."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    mail: Mapped[str] = mapped_column(sa.String(254))
    roles: Mapped[list[str]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    salt: Mapped[str] = mapped_column(sa.String(32))
    state: Mapped[InvitationState] = mapped_column(enum_of(InvitationState), default=InvitationState.ASKED)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    project: Mapped[Project] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (
        sa.CheckConstraint("state = 'asked' OR answered_at IS NOT NULL", name="answer_has_moment"),
        sa.Index("uq_partner_invitation_open", "project_id", "organisation_id", unique=True,
                 sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")),
    )


class PartnerLink(db.Model):
    """A secret link with which an organisation opens its own page without an account; `salt` makes it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    mail: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(20))
    salt: Mapped[str] = mapped_column(sa.String(32))
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (
        sa.Index("uq_partner_link_open", "organisation_id", "mail", unique=True,
                 sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")),
    )


class PledgeProof(db.Model):
    """The project says that a promise was kept, how much of it, and shows it where it can."""

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(sa.ForeignKey(Pledge.id), index=True)
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20))
    quantity: Mapped[int]
    paper_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Paper.id), unique=True)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    written_at: Mapped[datetime]

    pledge: Mapped[Pledge] = relationship()
    paper: Mapped[Paper | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("text <> ''", name="has_text"),
        sa.CheckConstraint("quantity >= 0", name="quantity_positive"),
    )
