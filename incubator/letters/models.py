"""Letters, before and after they are sent."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db, enum_of


class LetterState(enum.StrEnum):
    """A letter that waits for its person's daily digest is gathered; it is `told` once a digest has named it.

    The text of such a letter is only what its digest needs: the project's title and a link, a line each.
    """

    WAITING = "waiting"
    GATHERED = "gathered"
    TOLD = "told"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Letter(db.Model):
    """One mail to one person; `key` makes sure that it is written only once.

    `topic` is what it is about, as people choose it in their preferences; empty is what everybody must get. `headers`
    are further ones by name, for letters that go to many: a mail program shows from them how to end that. `calendar`
    is an iCalendar object with its METHOD, so that an invitation can be answered in the calendar (RFC 6047).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    address: Mapped[str] = mapped_column(sa.String(254))
    person_id: Mapped[int | None] = mapped_column(index=True)
    topic: Mapped[str] = mapped_column(sa.String(20), default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    subject: Mapped[str]
    text: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="")
    headers: Mapped[dict[str, Any] | None]
    message_id: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[LetterState] = mapped_column(enum_of(LetterState), default=LetterState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        sa.Index("ix_letter_due", "state", "due_at"),
    )


class Wish(enum.StrEnum):
    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"

    @property
    def label(self) -> str:
        return WISH_LABELS[self]


WISH_LABELS = {Wish.NOW: _l("At once"), Wish.DIGEST: _l("Once a day, all in one letter"), Wish.NEVER: _l("Never")}


class Preference(db.Model):
    """How somebody wants to hear of one topic; whoever has chosen nothing hears of it at once."""

    person_id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    wish: Mapped[Wish] = mapped_column(enum_of(Wish))
