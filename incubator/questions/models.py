"""What somebody without an account writes to a project: a question, or an offer of help."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.partners.models import Pledge
from incubator.projects.models import Project


class MessageKind(enum.StrEnum):
    QUESTION = "question"
    OFFER = "offer"

    @property
    def label(self) -> str:
        return MESSAGE_KIND_LABELS[self]


MESSAGE_KIND_LABELS = {
    MessageKind.QUESTION: _l("Question"),
    MessageKind.OFFER: _l("Offer of help"),
}


class HelpKind(enum.StrEnum):
    """What somebody offers; each becomes a pledge of the kind beside it in `rules.PLEDGES`."""

    ROOM = "room"
    HOURS = "hours"
    LANGUAGES = "languages"
    MATERIAL = "material"

    @property
    def label(self) -> str:
        return HELP_KIND_LABELS[self]


HELP_KIND_LABELS = {
    HelpKind.ROOM: _l("A room"),
    HelpKind.HOURS: _l("My time"),
    HelpKind.LANGUAGES: _l("A language I speak"),
    HelpKind.MATERIAL: _l("Things, tools, material"),
}


class MessageState(enum.StrEnum):
    """A message waits for the moderator, is passed on to the project or kept back, and is answered or closed."""

    WAITING = "waiting"
    PASSED = "passed"
    KEPT_BACK = "kept_back"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return MESSAGE_STATE_LABELS[self]


MESSAGE_STATE_LABELS = {
    MessageState.WAITING: _l("Waits for the office"),
    MessageState.PASSED: _l("With the project"),
    MessageState.KEPT_BACK: _l("Kept back"),
    MessageState.ANSWERED: _l("Answered"),
    MessageState.CLOSED: _l("Closed"),
}


class Message(db.Model):
    """One question or offer. `text` is the original: only the office reads it while it waits or is kept back.

    `public_text` is what everybody may read of a question: the original, or the moderator's version of it; only a
    question that was answered publicly is public (`is_public`). Name and address are for the answer, never public.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    kind: Mapped[MessageKind] = mapped_column(enum_of(MessageKind))
    state: Mapped[MessageState] = mapped_column(enum_of(MessageState), default=MessageState.WAITING)
    language: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str]
    public_text: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    help_kind: Mapped[HelpKind | None] = mapped_column(enum_of(HelpKind))
    quantity: Mapped[str] = mapped_column(sa.String(80), default="")
    written_at: Mapped[datetime]
    moderated_at: Mapped[datetime | None]
    moderated_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    moderation_note: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answer_language: Mapped[str] = mapped_column(sa.String(20), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    is_public: Mapped[bool] = mapped_column(default=False)
    pledge_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Pledge.id), index=True)
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    pledge: Mapped[Pledge | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("(kind = 'offer') = (help_kind IS NOT NULL)", name="offer_has_kind"),
        sa.CheckConstraint("kind <> 'offer' OR mail <> ''", name="offer_can_be_answered"),
        sa.CheckConstraint(
            "NOT is_public OR (kind = 'question' AND state = 'answered' AND answer <> '' AND public_text <> '')",
            name="public_is_answered_question"),
        sa.CheckConstraint("state = 'waiting' OR moderated_at IS NOT NULL", name="moderated_has_moment"),
        sa.CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", name="answered_has_moment"),
        sa.CheckConstraint("pledge_id IS NULL OR kind = 'offer'", name="pledge_comes_of_offer"),
        sa.Index("ix_message_state", "state", "id"),
        sa.Index("ix_message_moderated", "moderated_at", "id"),
    )
