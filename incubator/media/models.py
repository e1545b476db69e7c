"""Photos: what is known of each; the bytes lie in the store under the random key."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db


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
