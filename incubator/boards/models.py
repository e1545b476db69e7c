"""A workshop's live board: its question, groups, cards and dots."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.dialogue.models import Idea, Workshop
from incubator.foundation.database import db, enum_of


class BoardState(enum.StrEnum):
    """What phones can do just now: hand in cards, mark them with dots, or only look."""

    COLLECTING = "collecting"
    MARKING = "marking"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return BOARD_STATE_LABELS[self]


BOARD_STATE_LABELS = {
    BoardState.COLLECTING: _l("People hand in cards"),
    BoardState.MARKING: _l("People mark cards"),
    BoardState.CLOSED: _l("Closed"),
}


class Board(db.Model):
    """One question of one workshop. `code` stands in the QR code and opens the board until `expires_at`.

    `revision` rises with every change of anything on it: a screen that knows the number knows whether it is fresh.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey(Workshop.id), index=True)
    question: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    state: Mapped[BoardState] = mapped_column(enum_of(BoardState), default=BoardState.COLLECTING)
    dots_per_device: Mapped[int] = mapped_column(default=3)
    revision: Mapped[int] = mapped_column(default=1)
    salt: Mapped[str] = mapped_column(sa.String(32))
    is_fictional: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    workshop: Mapped[Workshop] = relationship()

    __table_args__ = (
        sa.CheckConstraint("dots_per_device BETWEEN 1 AND 20", name="dots_range"),
        sa.CheckConstraint("revision >= 1", name="revision_positive"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )


class BoardGroup(db.Model):
    """Cards that belong together, under a heading of the moderator."""

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(sa.ForeignKey(Board.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    language: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int] = mapped_column(default=0)

    board: Mapped[Board] = relationship()


class CardSource(enum.StrEnum):
    PHONE = "phone"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return CARD_SOURCE_LABELS[self]


CARD_SOURCE_LABELS = {CardSource.PHONE: _l("From a phone"), CardSource.PAPER: _l("From paper")}


class Card(db.Model):
    """One card, in the words of whoever wrote it. `key` comes from the phone: sent twice it is one card.

    `device` is a hash with the board's salt: it limits and lets somebody take their own card back, and says nothing
    outside this board; it goes when the board is forgotten. A merged card lives on in another one; one that became an
    idea names it.
    """

    __tablename__ = "board_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(sa.ForeignKey(Board.id))
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey(BoardGroup.id), index=True)
    text: Mapped[str] = mapped_column(sa.String(300))
    language: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[CardSource] = mapped_column(enum_of(CardSource))
    key: Mapped[str] = mapped_column(sa.String(64))
    device: Mapped[str] = mapped_column(sa.String(64), default="")
    written_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("board_card.id"))
    idea_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Idea.id))
    version: Mapped[int] = mapped_column()

    board: Mapped[Board] = relationship()
    group: Mapped[BoardGroup | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("board_id", "key"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_not_into_itself"),
        sa.CheckConstraint("text <> ''", name="has_text"),
        sa.Index("ix_board_card_place", "board_id", "group_id", "position"),
        sa.Index("ix_board_card_device", "board_id", "device"),
    )


class Dot(db.Model):
    """One device marks one card once."""

    __tablename__ = "board_dot"

    card_id: Mapped[int] = mapped_column(sa.ForeignKey(Card.id), primary_key=True)
    device: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    board_id: Mapped[int] = mapped_column(sa.ForeignKey(Board.id))
    set_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_board_dot_device", "board_id", "device"),)
