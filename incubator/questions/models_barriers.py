"""What somebody cannot read or use here, as a case that has to be answered within a month."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.accounts.models import Person
from incubator.foundation.database import db


class BarrierReport(db.Model):
    """One barrier that was reported, and what was answered; only the office reads it.

    `path` is the page it is about, as the reporter came from it or wrote it; `mail` is there for the answer only.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(300), default="")
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20))
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    given_at: Mapped[datetime]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answer_language: Mapped[str] = mapped_column(sa.String(20), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("answered_at IS NULL OR answer <> ''", name="answered_has_words"),
        sa.Index("ix_barrier_report_open", "answered_at", "due_on"),
    )
