"""Translations of passages that stand in other rooms' rows."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db, enum_of


class Origin(enum.StrEnum):
    AUTHOR = "author"
    VOLUNTEER = "volunteer"
    OFFICIAL = "official"
    MACHINE = "machine"


class Translation(db.Model):
    """One passage in one more language; `source_hash` tells whether the original has changed since."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_type: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str]
    origin: Mapped[Origin] = mapped_column(enum_of(Origin))
    source_hash: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = (sa.UniqueConstraint("owner_type", "owner_id", "field", "language"),)
