"""Assignments of mentors, sessions, and agreed steps."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class AssignmentState(enum.StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return ASSIGNMENT_LABELS[self]


ASSIGNMENT_LABELS = {
    AssignmentState.PROPOSED: _l("Asked"),
    AssignmentState.ACCEPTED: _l("Accepted"),
    AssignmentState.DECLINED: _l("Declined"),
    AssignmentState.ENDED: _l("Ended"),
}


class Assignment(db.Model):
    """A mentor was asked to accompany a project, and what they answered.

    `told` holds two things that never meet: its first line is the reason of an end, which the team may read; what
    follows is the note for the next mentor, which the team never reads. Nobody reads the column itself.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    state: Mapped[AssignmentState] = mapped_column(enum_of(AssignmentState), default=AssignmentState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    proposed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    told: Mapped[str] = mapped_column("reason", default="")

    project: Mapped[Project] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    __table_args__ = (
        sa.CheckConstraint("state = 'proposed' OR answered_at IS NOT NULL", name="answer_has_moment"),
        sa.Index("uq_assignment_open", "project_id", "person_id", unique=True,
                 sqlite_where=sa.text("state IN ('proposed', 'accepted')"),
                 postgresql_where=sa.text("state IN ('proposed', 'accepted')")),
    )

    @property
    def reason(self) -> str:
        """Why it ended, in one line."""
        return (self.told or "").partition("\n")[0]

    @reason.setter
    def reason(self, sentence: str) -> None:
        self.told = f"{' '.join(sentence.split())}\n{self.handover}".rstrip()

    @property
    def handover(self) -> str:
        """What the next mentor should know; confidential."""
        return (self.told or "").partition("\n")[2]

    @handover.setter
    def handover(self, note: str) -> None:
        self.told = f"{self.reason}\n{note.strip()}" if note.strip() else self.reason


class SessionKind(enum.StrEnum):
    INITIAL_CONSULTATION = "initial_consultation"
    ACCOMPANIMENT = "accompaniment"
    BUDGET_ADVICE = "budget_advice"
    CRISIS = "crisis"
    CLOSING = "closing"

    @property
    def label(self) -> str:
        return SESSION_KIND_LABELS[self]


SESSION_KIND_LABELS = {
    SessionKind.INITIAL_CONSULTATION: _l("Initial consultation"),
    SessionKind.ACCOMPANIMENT: _l("Accompaniment"),
    SessionKind.BUDGET_ADVICE: _l("Budget advice"),
    SessionKind.CRISIS: _l("Crisis talk"),
    SessionKind.CLOSING: _l("Closing talk"),
}


class SessionMode(enum.StrEnum):
    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"

    @property
    def label(self) -> str:
        return SESSION_MODE_LABELS[self]


SESSION_MODE_LABELS = {
    SessionMode.ON_SITE: _l("In person"),
    SessionMode.PHONE: _l("By phone"),
    SessionMode.VIDEO: _l("By video"),
}


class Session(db.Model):
    """A talk between team and mentor: a part both sides read, and a part only mentors and coordinators read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    logged_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    held_on: Mapped[date]
    minutes: Mapped[int]
    mode: Mapped[SessionMode] = mapped_column(enum_of(SessionMode))
    kind: Mapped[SessionKind] = mapped_column(enum_of(SessionKind))
    spoken_language: Mapped[str] = mapped_column(sa.String(60), default="")
    had_interpreter: Mapped[bool] = mapped_column(default=False)
    present: Mapped[str] = mapped_column(sa.String(200), default="")
    shared_notes: Mapped[str] = mapped_column(default="")
    confidential_notes: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    next_on: Mapped[date | None]
    logged_at: Mapped[datetime]

    project: Mapped[Project] = relationship()
    logged_by: Mapped[Person] = relationship()

    __table_args__ = (sa.CheckConstraint("minutes > 0 AND minutes <= 720", name="minutes_plausible"),)


class AgreedStep(db.Model):
    """What was agreed in a session: what, who, by when. `owner_id` is who it is, where they have an account."""

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey(Session.id), index=True)
    what: Mapped[str] = mapped_column(sa.String(300))
    who: Mapped[str] = mapped_column(sa.String(120), default="")
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    session: Mapped[Session] = relationship()

    @property
    def project(self) -> Project:
        return self.session.project
