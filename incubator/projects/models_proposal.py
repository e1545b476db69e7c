"""What belongs to a proposal: the carrier that is asked, papers, and what the formal check found."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.media.models import Paper
from incubator.organisations.models import Organisation
from incubator.projects.models import Project


class CarrierAnswer(enum.StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return CARRIER_ANSWER_LABELS[self]


CARRIER_ANSWER_LABELS = {
    CarrierAnswer.ASKED: _l("Asked"),
    CarrierAnswer.ACCEPTED: _l("Accepted"),
    CarrierAnswer.DECLINED: _l("Declined"),
    CarrierAnswer.TAKEN_BACK: _l("Taken back"),
    CarrierAnswer.ENDED: _l("Ended"),
}


class CarrierRequest(db.Model):
    """A group asks an organisation to carry its project; `ended` is a carrier that withdrew after it had accepted."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    state: Mapped[CarrierAnswer] = mapped_column(enum_of(CarrierAnswer), default=CarrierAnswer.ASKED)
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    organisation: Mapped[Organisation] = relationship()
    contact_ids = frozenset[int]()  # who speaks for the organisation; filled by its query for the policy

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("state = 'asked' OR answered_at IS NOT NULL", name="answer_has_moment"),
        sa.CheckConstraint("state NOT IN ('declined', 'ended') OR reason <> ''", name="no_has_reason"),
        sa.Index("uq_carrier_request_open", "project_id", unique=True,
                 sqlite_where=sa.text("state IN ('asked', 'accepted')"),
                 postgresql_where=sa.text("state IN ('asked', 'accepted')")),
    )


class Attachment(db.Model):
    """A paper that goes with a proposal, read only inside; taken away it stays on file without being shown."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    paper_id: Mapped[int] = mapped_column(sa.ForeignKey(Paper.id), unique=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    paper: Mapped[Paper] = relationship()


class CheckResult(enum.StrEnum):
    MET = "met"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return CHECK_RESULT_LABELS[self]


CHECK_RESULT_LABELS = {
    CheckResult.MET: _l("In order"),
    CheckResult.MISSING: _l("Missing"),
    CheckResult.NOT_NEEDED: _l("Not needed here"),
}


class CheckMark(db.Model):
    """What the office found at one point of the round's check list; `point` keeps the words as they were then."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    point: Mapped[str] = mapped_column(sa.String(200))
    result: Mapped[CheckResult] = mapped_column(enum_of(CheckResult))
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    checked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    checked_at: Mapped[datetime]

    project: Mapped[Project] = relationship()

    __table_args__ = (sa.UniqueConstraint("project_id", "point"),)
