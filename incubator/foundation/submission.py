"""Sent forms that were carried out: the same form sent again changes nothing a second time."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation import clock
from incubator.foundation.database import db

KEPT = timedelta(days=30)


class Submission(db.Model):
    """The key of a form that was carried out."""

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


def claim(key: str) -> bool:
    """Take a form's key inside the transaction; False when it was carried out before.

    A second sender of the same key waits here on PostgreSQL until the first has ended.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(key))))
    if db.session.get(Submission, key) is not None:
        return False
    db.session.add(Submission(key=key, at=clock.now()))
    db.session.flush()
    return True


def forget_old() -> int:
    """Delete keys older than thirty days and return how many went."""
    gone = db.session.execute(sa.delete(Submission).where(Submission.at < clock.now() - KEPT))
    return gone.rowcount
