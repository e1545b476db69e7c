"""The wish to be forgotten, and what became of it."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of


class ErasureState(enum.StrEnum):
    ASKED = "asked"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return ERASURE_LABELS[self]


ERASURE_LABELS = {
    ErasureState.ASKED: _l("Asked for"),
    ErasureState.DONE: _l("Carried out"),
    ErasureState.WITHDRAWN: _l("Taken back"),
}


class ErasureRequest(db.Model):
    """Somebody with an account asks to be forgotten; due within a month (Art. 12(3) GDPR).

    `kept` says what stays and why, as `{"what": register key, "until": ISO date}`, in no word about the person.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    state: Mapped[ErasureState] = mapped_column(enum_of(ErasureState), default=ErasureState.ASKED)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    kept: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON(), default=list)
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("state = 'asked' OR decided_at IS NOT NULL", name="decided_has_a_moment"),
        sa.Index("ix_erasure_request_state", "state"),
        sa.Index("ix_erasure_request_one_open", "person_id", unique=True, sqlite_where=sa.text("state = 'asked'"),
                 postgresql_where=sa.text("state = 'asked'")),
    )
