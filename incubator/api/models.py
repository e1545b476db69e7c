"""Keys with which a person's programs write in that person's name, and answers that are given twice, not done twice."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.accounts.models import Person
from incubator.foundation.database import db


class ApiKey(db.Model):
    """One key of one person, for some acts until a day; only its hash is stored, `start` is what people see of it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    start: Mapped[str] = mapped_column(sa.String(16))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(sa.JSON())
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ApiAnswer(db.Model):
    """What was answered to a write with an `Idempotency-Key`: sent again for a day, so that nothing is done twice.

    `status` is empty while the first try is still under way; `request_hash` is over method, path and body.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    api_key_id: Mapped[int] = mapped_column(sa.ForeignKey(ApiKey.id, ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(255))
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int | None]
    headers: Mapped[dict[str, str]] = mapped_column(sa.JSON(), default=dict)
    body: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("api_key_id", "key"),
        sa.Index("ix_api_answer_asked", "asked_at"),
    )
