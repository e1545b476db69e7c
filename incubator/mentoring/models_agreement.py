"""What a mentor brings, what both sides agree on, and the talks they plan."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.mentoring.models import Assignment, Session, SessionKind, SessionMode
from incubator.programme.models import Theme
from incubator.projects.models import Project

mentor_theme = sa.Table(
    "mentor_theme",
    db.metadata,
    sa.Column("person_id", sa.ForeignKey("mentor_profile.person_id"), primary_key=True),
    sa.Column("theme_id", sa.ForeignKey(Theme.id), primary_key=True),
)


class MentorProfile(db.Model):
    """What a mentor knows about and speaks, written by themselves; the office matches by it."""

    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), primary_key=True)
    languages: Mapped[list[str]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    changed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    themes: Mapped[list[Theme]] = relationship(secondary=mentor_theme, order_by=Theme.position)


class Agreement(db.Model):
    """How a team and its mentor work together. A change makes a new row; signatures hold for the words they saw.

    `content_hash` is the SHA-256 of everything written here, in the order of the columns.
    """

    __tablename__ = "mentoring_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey(Assignment.id), index=True)
    number: Mapped[int]
    aim: Mapped[str]
    rhythm: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    spoken_language: Mapped[str] = mapped_column(sa.String(60))
    confidentiality: Mapped[str] = mapped_column(default="")
    limits: Mapped[str] = mapped_column(default="")
    how_it_ends: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    assignment: Mapped[Assignment] = relationship()
    signatures: Mapped[list["AgreementSignature"]] = relationship(order_by="AgreementSignature.id")

    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )


class AgreementSignature(db.Model):
    """Somebody signed these words: name as it was then, role, moment, and the mark of the text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey(Agreement.id))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    role: Mapped[str] = mapped_column(sa.String(20))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column("signed_at")

    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "role"),
        sa.CheckConstraint("role IN ('lead', 'mentor', 'coordinator')", name="role_known"),
    )


class TalkState(enum.StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return TALK_STATE_LABELS[self]


TALK_STATE_LABELS = {
    TalkState.PLANNED: _l("Planned"),
    TalkState.HELD: _l("Took place"),
    TalkState.CANCELLED: _l("Called off"),
}


class PlannedTalk(db.Model):
    """A talk that is to come. `sequence` rises when its time or place changes, as calendars need it (RFC 5545)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=60)
    mode: Mapped[SessionMode] = mapped_column(enum_of(SessionMode))
    kind: Mapped[SessionKind] = mapped_column(enum_of(SessionKind))
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    words: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[TalkState] = mapped_column(enum_of(TalkState), default=TalkState.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0)
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    planned_at: Mapped[datetime]
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Session.id), unique=True)
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    session: Mapped[Session | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("minutes > 0 AND minutes <= 720", name="minutes_plausible"),
        sa.CheckConstraint("sequence >= 0", name="sequence_positive"),
        sa.CheckConstraint("(state = 'held') = (session_id IS NOT NULL)", name="held_has_session"),
        sa.Index("ix_planned_talk_day", "state", "starts_at"),
    )
