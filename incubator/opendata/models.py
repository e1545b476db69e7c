"""Editions of the open data: made at night and when asked for, numbered, kept with their history."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db, enum_of
from incubator.programme.models import Round


class EditionState(enum.StrEnum):
    """Whether an edition can still be read: its files go when it is old, or when it holds what is public no longer."""

    KEPT = "kept"
    OLD = "old"
    TAKEN_BACK = "taken_back"


class Edition(db.Model):
    """One state of what is public, of a round or, where `round_id` is empty, of everything.

    `subject` names that in addresses; `position` is the journal's newest entry when it was made; `content_hash` is
    over the rows alone: an edition that would say the same as the one before is not made, only `looked_at` and
    `position` move on. `numbers` counts rows by table, `changes` those added, changed and removed since the one before.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Round.id), index=True)
    subject: Mapped[str] = mapped_column(sa.String(90))
    number: Mapped[int]
    position: Mapped[int] = mapped_column(sa.BigInteger())
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    looked_at: Mapped[datetime]
    state: Mapped[EditionState] = mapped_column(enum_of(EditionState), default=EditionState.KEPT)
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    files: Mapped[list["EditionFile"]] = relationship(order_by="EditionFile.name", cascade="all, delete-orphan")

    __table_args__ = (
        sa.UniqueConstraint("subject", "number"),
        sa.CheckConstraint("number > 0", name="number_positive"),
    )


class EditionFile(db.Model):
    """One file of an edition; `place` is where the store of files keeps it, `size` counts bytes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey(Edition.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(120))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int] = mapped_column(sa.BigInteger())
    sha256: Mapped[str] = mapped_column(sa.String(64))
    place: Mapped[str] = mapped_column(sa.String(200))

    __table_args__ = (
        sa.UniqueConstraint("edition_id", "name"),
        sa.CheckConstraint("size >= 0", name="size_positive"),
    )
