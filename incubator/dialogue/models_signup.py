"""Who wants to come to a workshop, known by a mail address and forgotten afterwards."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.dialogue.models import Workshop
from incubator.foundation.database import db, enum_of


class SignupState(enum.StrEnum):
    """Somebody asked, confirmed the address and has a place or waits for one, or does not come after all."""

    ASKED = "asked"
    COMING = "coming"
    WAITING = "waiting"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return SIGNUP_STATE_LABELS[self]


SIGNUP_STATE_LABELS = {
    SignupState.ASKED: _l("Not confirmed yet"),
    SignupState.COMING: _l("Has a place"),
    SignupState.WAITING: _l("On the waiting list"),
    SignupState.CANCELLED: _l("Does not come"),
}


class Signup(db.Model):
    """One address for `people` who come together; whoever confirmed first comes first.

    Nothing is asked that says what somebody is: only what must be prepared (`children` to look after, the
    `interpreter` language). `salt` makes the link in our letters.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey(Workshop.id))
    mail: Mapped[str] = mapped_column(sa.String(254))
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    people: Mapped[int] = mapped_column(default=1)
    children: Mapped[int] = mapped_column(default=0)
    interpreter: Mapped[str] = mapped_column(sa.String(20), default="")
    salt: Mapped[str] = mapped_column(sa.String(32))
    state: Mapped[SignupState] = mapped_column(enum_of(SignupState), default=SignupState.ASKED)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    workshop: Mapped[Workshop] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "mail"),
        sa.CheckConstraint("people BETWEEN 1 AND 5", name="people_range"),
        sa.CheckConstraint("children BETWEEN 0 AND 9", name="children_range"),
        sa.CheckConstraint("state NOT IN ('coming', 'waiting') OR confirmed_at IS NOT NULL", name="place_is_confirmed"),
        sa.CheckConstraint("state <> 'cancelled' OR ended_at IS NOT NULL", name="cancelled_has_moment"),
        sa.Index("ix_signup_order", "workshop_id", "state", "confirmed_at", "id"),
    )
