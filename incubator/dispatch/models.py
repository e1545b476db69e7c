"""Messages to other machines, and how those machines bear up."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db, enum_of


class PostKind(enum.StrEnum):
    """Whose message it is: it decides how it is signed just before it leaves."""

    FEDIVERSE = "fediverse"
    HOOK = "hook"


class PostState(enum.StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Post(db.Model):
    """One body for one address, written once per `key` in the transaction of what it tells, sent afterwards.

    `sender_id` is the actor or the hook that speaks; `host` is that of `url`, in lower case, with its port.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[PostKind] = mapped_column(enum_of(PostKind))
    sender_id: Mapped[int]
    url: Mapped[str] = mapped_column(sa.String(600))
    host: Mapped[str] = mapped_column(sa.String(260))
    body: Mapped[str]
    state: Mapped[PostState] = mapped_column(enum_of(PostState), default=PostState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    written_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(sa.String(120), default="")

    __table_args__ = (
        sa.CheckConstraint("attempts >= 0", name="attempts_positive"),
        sa.Index("ix_post_due", "state", "due_at"),
        sa.Index("ix_post_sender", "kind", "sender_id", "id"),
    )


class Host(db.Model):
    """A machine we spoke to: after failures in a row it is left in peace until `rests_until`.

    `takes_new_signatures` remembers that it refused the old kind of signature and took RFC 9421.
    """

    name: Mapped[str] = mapped_column(sa.String(260), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]
    takes_new_signatures: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (sa.CheckConstraint("failures >= 0", name="failures_positive"),)
