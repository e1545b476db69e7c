"""Photos and papers: what is known of each; the bytes lie in the store under the random key."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db, enum_of


class Photo(db.Model):
    """One re-encoded picture with the text that stands for it and the consent it needs."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    width: Mapped[int]
    height: Mapped[int]
    size_bytes: Mapped[int]
    alt: Mapped[str]
    alt_language: Mapped[str] = mapped_column(sa.String(20))
    credit: Mapped[str] = mapped_column(sa.String(160), default="")
    shows_people: Mapped[bool] = mapped_column(default=False)
    consent_until: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    uploaded_by: Mapped[str | None] = mapped_column(sa.String(36))
    uploaded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        sa.CheckConstraint("alt <> ''", name="has_alt"),
        sa.CheckConstraint("NOT is_public OR NOT shows_people OR consent_until IS NOT NULL", name="people_consented"),
        sa.CheckConstraint("NOT is_public OR withdrawn_at IS NULL", name="withdrawn_is_hidden"),
    )


class PaperKind(enum.StrEnum):
    PDF = "pdf"
    PICTURE = "picture"

    @property
    def label(self) -> str:
        return PAPER_KIND_LABELS[self]


PAPER_KIND_LABELS = {PaperKind.PDF: _l("PDF"), PaperKind.PICTURE: _l("Photo")}


class Paper(db.Model):
    """A file that proves something, shown only inside.

    `original_sha256` is of the bytes as they were sent, by which the same file is found again; `sha256` is of the
    cleaned ones that are stored. While `waiting_since` is set nothing refers to the paper: it belongs to a form that
    was refused, only `uploaded_by` can claim it, and it goes after a day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(32), unique=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[PaperKind] = mapped_column(enum_of(PaperKind))
    original_sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size_bytes: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    file_name: Mapped[str] = mapped_column(sa.String(120))
    uploaded_by: Mapped[str | None] = mapped_column(sa.String(36))
    uploaded_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (
        sa.CheckConstraint("pages >= 1", name="has_pages"),
        sa.CheckConstraint("size_bytes > 0", name="is_not_empty"),
        sa.CheckConstraint("waiting_since IS NULL OR uploaded_by IS NOT NULL", name="waits_for_somebody"),
    )
