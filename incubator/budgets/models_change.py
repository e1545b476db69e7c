"""What shall be different from what was awarded: shifts, larger changes, more time, an early start."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.budgets.models import Plan
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class ChangeKind(enum.StrEnum):
    SHIFT = "shift"
    BUDGET = "budget"
    PERIOD = "period"
    EARLY_START = "early_start"

    @property
    def label(self) -> str:
        return CHANGE_KIND_LABELS[self]


CHANGE_KIND_LABELS = {
    ChangeKind.SHIFT: _l("Money moved between lines (shift)"),
    ChangeKind.BUDGET: _l("A changed budget"),
    ChangeKind.PERIOD: _l("More time"),
    ChangeKind.EARLY_START: _l("Start before the award"),
}


class ChangeState(enum.StrEnum):
    ASKED = "asked"
    NOTED = "noted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return CHANGE_STATE_LABELS[self]


CHANGE_STATE_LABELS = {
    ChangeState.ASKED: _l("Waits for an answer"),
    ChangeState.NOTED: _l("Noted, no answer needed"),
    ChangeState.APPROVED: _l("Agreed"),
    ChangeState.REFUSED: _l("Not agreed"),
    ChangeState.WITHDRAWN: _l("Taken back"),
}


class Change(db.Model):
    """Something that shall be different from what was awarded (rules R8, R9): a shift, a larger change, more time.

    `plan_id` is the version in force when it was asked, `new_plan_id` the version it leads to.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    kind: Mapped[ChangeKind] = mapped_column(enum_of(ChangeKind))
    state: Mapped[ChangeState] = mapped_column(enum_of(ChangeState), default=ChangeState.ASKED)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Plan.id))
    new_plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Plan.id), index=True)
    old_until: Mapped[date | None]
    new_until: Mapped[date | None]
    early_from: Mapped[date | None]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    answer: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    plan: Mapped[Plan | None] = relationship(foreign_keys=[plan_id])
    new_plan: Mapped[Plan | None] = relationship(foreign_keys=[new_plan_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("kind NOT IN ('shift', 'budget') OR new_plan_id IS NOT NULL", name="money_has_plan"),
        sa.CheckConstraint("kind <> 'period' OR (old_until IS NOT NULL AND new_until > old_until)", name="more_time"),
        sa.CheckConstraint("kind <> 'early_start' OR early_from IS NOT NULL", name="early_has_day"),
        sa.CheckConstraint("state NOT IN ('approved', 'refused') OR decided_at IS NOT NULL", name="answer_has_moment"),
        sa.CheckConstraint("state <> 'refused' OR answer <> ''", name="refusal_has_reason"),
        sa.Index("ix_change_state", "state", "id"),
        sa.Index("uq_change_open", "project_id", "kind", unique=True, sqlite_where=sa.text("state = 'asked'"),
                 postgresql_where=sa.text("state = 'asked'")),
    )
