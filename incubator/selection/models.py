"""The panel of a round, what it scores by, what it scored, and what was decided of it."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.programme.models import Round
from incubator.projects.models import Project


class Criterion(db.Model):
    """One thing the panel looks at, and how much it weighs against the others."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    weight: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()

    __table_args__ = (sa.CheckConstraint("weight BETWEEN 1 AND 100", name="weight_range"),)


class PanelMember(db.Model):
    """Somebody who scores the projects of a round."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    round: Mapped[Round] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        sa.Index("uq_panel_member_current", "round_id", "person_id", unique=True,
                 sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")),
    )


class SheetState(enum.StrEnum):
    """A sheet is filled in, handed in, or void: its scorer had, or came to have, a conflict of interest."""

    OPEN = "open"
    GIVEN = "given"
    VOID = "void"

    @property
    def label(self) -> str:
        return SHEET_STATE_LABELS[self]


SHEET_STATE_LABELS = {
    SheetState.OPEN: _l("Being filled in"),
    SheetState.GIVEN: _l("Handed in"),
    SheetState.VOID: _l("Does not count"),
}


class Sheet(db.Model):
    """What one panel member says about one project; only sheets handed in count, and only then others are shown."""

    __tablename__ = "score_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    state: Mapped[SheetState] = mapped_column(enum_of(SheetState), default=SheetState.OPEN)
    begun_at: Mapped[datetime]
    given_at: Mapped[datetime | None]
    void_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.String(300), default="")
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    person: Mapped[Person] = relationship()
    scores: Mapped[list["Score"]] = relationship(order_by="Score.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("project_id", "person_id"),
        sa.CheckConstraint("state <> 'given' OR given_at IS NOT NULL", name="given_has_moment"),
        sa.CheckConstraint("(state = 'void') = (void_at IS NOT NULL)", name="void_has_moment"),
    )


class Score(db.Model):
    """The points of one sheet for one criterion, and why."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(sa.ForeignKey(Sheet.id, ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey(Criterion.id), index=True)
    points: Mapped[int]
    reason: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20))

    criterion: Mapped[Criterion] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("sheet_id", "criterion_id"),
        sa.CheckConstraint("points >= 0", name="points_positive"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
    )


class DecidingBody(enum.StrEnum):
    PANEL = "panel"
    COMMITTEE = "committee"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return DECIDING_BODY_LABELS[self]


DECIDING_BODY_LABELS = {
    DecidingBody.PANEL: _l("Panel"),
    DecidingBody.COMMITTEE: _l("Committee"),
    DecidingBody.COUNCIL: _l("Council"),
}


class Resolution(db.Model):
    """What a body of the city resolved about a round; `url` leads to the paper in the council's information system."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    kind: Mapped[DecidingBody] = mapped_column(enum_of(DecidingBody))
    body: Mapped[str] = mapped_column(sa.String(160))
    on: Mapped[date] = mapped_column("resolved_on")
    reference: Mapped[str] = mapped_column(sa.String(80))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    recorded_at: Mapped[datetime]

    round: Mapped[Round] = relationship()

    __table_args__ = (sa.UniqueConstraint("round_id", "kind", "reference"),)


class Outcome(enum.StrEnum):
    AWARD = "award"
    WAITLIST = "waitlist"
    REJECT = "reject"

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.AWARD: _l("Gets the money"),
    Outcome.WAITLIST: _l("Goes on the waiting list"),
    Outcome.REJECT: _l("Gets no money"),
}


class Decision(db.Model):
    """What will be told about one project once the decisions of its round are published together.

    `place` is where it stands in the ranking; on the waiting list the lowest place moves up first. Amounts are cents.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    resolution_id: Mapped[int] = mapped_column(sa.ForeignKey(Resolution.id), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_of(Outcome))
    place: Mapped[int | None]
    points_milli: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    notice_number: Mapped[str] = mapped_column(sa.String(80), default="")
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    prepared_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    resolution: Mapped[Resolution] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("outcome <> 'reject' OR reason <> ''", name="no_has_reason"),
        sa.CheckConstraint("outcome <> 'award' OR notice_number <> ''", name="award_has_notice"),
        sa.CheckConstraint("published_at IS NULL OR dropped_at IS NULL", name="one_end"),
        sa.CheckConstraint("place IS NULL OR place >= 1", name="place_positive"),
        sa.Index("uq_decision_waiting", "project_id", unique=True,
                 sqlite_where=sa.text("published_at IS NULL AND dropped_at IS NULL"),
                 postgresql_where=sa.text("published_at IS NULL AND dropped_at IS NULL")),
    )
