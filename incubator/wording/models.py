"""Translations of passages that stand in other rooms' rows, and those that nobody has published yet."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db, enum_of


class Origin(enum.StrEnum):
    """Who put the words into the other language."""

    AUTHOR = "author"
    VOLUNTEER = "volunteer"
    OFFICIAL = "official"
    MACHINE = "machine"

    @property
    def label(self) -> str:
        return ORIGIN_LABELS[self]


ORIGIN_LABELS = {
    Origin.AUTHOR: _l("Translated by the authors"),
    Origin.VOLUNTEER: _l("Translated by volunteers"),
    Origin.OFFICIAL: _l("Translated by the city"),
    Origin.MACHINE: _l("Translated by a machine"),
}


class DraftState(enum.StrEnum):
    """A draft is still written, waits for a second pair of eyes, or was found right and waits to be published."""

    WRITING = "writing"
    READY = "ready"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        return DRAFT_STATE_LABELS[self]


DRAFT_STATE_LABELS = {
    DraftState.WRITING: _l("In work"),
    DraftState.READY: _l("Waits for a second reader"),
    DraftState.REVIEWED: _l("Reviewed"),
}


class Why(enum.StrEnum):
    """Why a translation is not read by everybody any more; the journal knows this much and no words."""

    DIFFERENT = "different"
    MISTAKES = "mistakes"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        return WHY_LABELS[self]


WHY_LABELS = {
    Why.DIFFERENT: _l("It says something else than the original"),
    Why.MISTAKES: _l("It has mistakes"),
    Why.PRIVATE: _l("Something in it is not for everybody"),
}


class _Passage:
    """Which passage, in which language; `source_hash` tells whether the original has changed since.

    `author` and `reviewer` are public ids of people: the services know no accounts.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_type: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str]
    origin: Mapped[Origin] = mapped_column(enum_of(Origin))
    source_hash: Mapped[str] = mapped_column(sa.String(64))
    author: Mapped[str | None] = mapped_column(sa.String(36))
    reviewer: Mapped[str | None] = mapped_column(sa.String(36))


class Translation(_Passage, db.Model):
    """One passage in one more language, as everybody reads it who may read the original."""

    published_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("owner_type", "owner_id", "field", "language"),)


class TranslationDraft(_Passage, db.Model):
    """One passage in one more language that only those see who translate; what is published stays until it is."""

    state: Mapped[DraftState] = mapped_column(enum_of(DraftState), default=DraftState.WRITING)
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("owner_type", "owner_id", "field", "language"),
        sa.CheckConstraint("state <> 'reviewed' OR reviewer IS NOT NULL", name="reviewed_by_somebody"),
        sa.CheckConstraint("reviewer IS NULL OR author IS NULL OR reviewer <> author", name="two_pairs_of_eyes"),
        sa.Index("ix_translation_draft_language", "language", "state"),
        sa.Index("ix_translation_draft_state", "state", "language"),
    )
