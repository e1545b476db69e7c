"""Sent forms that were carried out: the same form sent again changes nothing a second time."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation import clock
from incubator.foundation.database import db

KEPT = timedelta(days=30)


class Submission(db.Model):
    """The key of a form that was carried out, and the id of what it made."""

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    outcome_id: Mapped[int | None]


def claim(key: str) -> Submission | None:
    """Take a form's key inside the transaction; return its row when it was carried out before, else None.

    A second sender of the same key waits here on PostgreSQL until the first has ended.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(key))))
    return db.session.get(Submission, key)


def remember(key: str, outcome_id: int | None) -> None:
    """Write down that a form was carried out, in the same transaction as what it did."""
    db.session.add(Submission(key=key, at=clock.now(), outcome_id=outcome_id))
    db.session.flush()


def forget_old() -> int:
    """Delete keys older than thirty days and return how many went."""
    gone = db.session.execute(sa.delete(Submission).where(Submission.at < clock.now() - KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]
