"""Projects, who takes part in them, and what people declared about conflicts of interest."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.dialogue.models import Idea, NeedEvidence
from incubator.foundation.database import db, enum_of
from incubator.journal.models import Entry
from incubator.organisations.models import Organisation
from incubator.programme.models import District, Round, Theme
from incubator.projects.lifecycle import PUBLIC, Stage, Status

_public = ", ".join(f"'{status.value}'" for status in sorted(PUBLIC))


project_evidence = sa.Table(
    "project_evidence",
    db.metadata,
    sa.Column("project_id", sa.ForeignKey("project.id"), primary_key=True),
    sa.Column("evidence_id", sa.ForeignKey(NeedEvidence.id), primary_key=True),
)


class Project(db.Model):
    """One idea on its way from proposal to closed account. All steps go through `operations.move`.

    `received_on` is the day that counts as the day of receipt: that of the first submission, or of the translation
    where one was asked for and came too late (§ 23 VwVfG).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id))
    status: Mapped[Status] = mapped_column(enum_of(Status), default=Status.DRAFT)
    status_since: Mapped[datetime]
    language: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(default="")
    need: Mapped[str] = mapped_column(default="")
    activities: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    theme_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Theme.id))
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey(District.id))
    is_citywide: Mapped[bool] = mapped_column(default=False)
    idea_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Idea.id), index=True)
    group_name: Mapped[str] = mapped_column(sa.String(120), default="")
    carrier_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    carrier_agreed_on: Mapped[date | None]
    asked_cents: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    translation_asked_on: Mapped[date | None]
    translation_due_on: Mapped[date | None]
    translation_received_on: Mapped[date | None]
    received_on: Mapped[date | None]
    return_reason: Mapped[str] = mapped_column(default="")
    return_due_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(default="")
    resolution_body: Mapped[str] = mapped_column(sa.String(160), default="")
    resolution_on: Mapped[date | None]
    resolution_reference: Mapped[str] = mapped_column(sa.String(80), default="")
    resolution_url: Mapped[str] = mapped_column(sa.String(500), default="")
    notice_number: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    notice_on: Mapped[date | None]
    award_final_on: Mapped[date | None]
    report_due_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    round: Mapped[Round] = relationship()
    theme: Mapped[Theme | None] = relationship()
    district: Mapped[District | None] = relationship()
    carrier: Mapped[Organisation | None] = relationship()
    participations: Mapped[list["Participation"]] = relationship(order_by="Participation.id")
    idea: Mapped[Idea | None] = relationship()
    evidence: Mapped[list[NeedEvidence]] = relationship(secondary=project_evidence, order_by=NeedEvidence.id)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint(
            "status = 'draft' OR submitted_at IS NOT NULL OR status = 'withdrawn'", name="submitted_has_moment"
        ),
        sa.CheckConstraint("status <> 'returned' OR return_due_on IS NOT NULL", name="returned_has_due_date"),
        sa.CheckConstraint(
            f"status NOT IN ({_public}) OR (resolution_on IS NOT NULL AND notice_number IS NOT NULL)",
            name="award_has_resolution",
        ),
        sa.CheckConstraint(
            "status NOT IN ('ineligible', 'rejected', 'revoked') OR end_reason <> ''", name="end_has_reason"
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint(
            "(translation_asked_on IS NULL) = (translation_due_on IS NULL)", name="translation_has_due_date"),
        sa.CheckConstraint(
            "translation_received_on IS NULL OR translation_asked_on IS NOT NULL", name="translation_was_asked"),
        sa.Index("ix_project_status", "status", "id"),
        sa.Index("ix_project_round", "round_id", "status", "id"),
        sa.Index("ix_project_theme", "theme_id", "status", "id"),
        sa.Index("ix_project_district", "district_id", "status", "id"),
        sa.Index("ix_project_citywide", "status", "id", sqlite_where=sa.text("is_citywide = 1"),
                 postgresql_where=sa.text("is_citywide")),
    )

    @property
    def stage(self) -> Stage:
        return self.status.stage

    def people(self, kind: "Part") -> list[Person]:
        """Return who takes part in this way today."""
        return [part.person for part in self.participations if part.kind is kind and part.until is None]

    @property
    def leads(self) -> list[Person]:
        return self.people(Part.LEAD)

    @property
    def team(self) -> list[Person]:
        return [*self.leads, *self.people(Part.MEMBER)]

    @property
    def mentors(self) -> list[Person]:
        return self.people(Part.MENTOR)

    def part_of(self, person_id: int | None) -> set["Part"]:
        """Return in which ways a person takes part today."""
        return {part.kind for part in self.participations if part.person_id == person_id and part.until is None}


class Part(enum.StrEnum):
    LEAD = "lead"
    MEMBER = "member"
    MENTOR = "mentor"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        return PART_LABELS[self]


PART_LABELS = {
    Part.LEAD: _l("Project lead"),
    Part.MEMBER: _l("Team member"),
    Part.MENTOR: _l("City mentor"),
    Part.DEPUTY: _l("Deputy"),
}
TEAM = (Part.LEAD, Part.MEMBER)  # who works on the proposal and the project


class Participation(db.Model):
    """Somebody's part in a project; mentors are entered here when they accept.

    A deputy was named for this project to sign and check where everybody else has a conflict of interest (rule C3).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    kind: Mapped[Part] = mapped_column(enum_of(Part))
    since: Mapped[date]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="joined")
    project: Mapped[Project] = relationship(overlaps="participations")

    __table_args__ = (
        sa.Index("uq_participation_current", "project_id", "person_id", "kind", unique=True,
                 sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")),
    )


class ConflictDeclaration(db.Model):
    """What somebody declared before an act on a project (rule C1); a declared conflict excludes and is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    act: Mapped[str] = mapped_column(sa.String(40))
    has_conflict: Mapped[bool]
    declared_at: Mapped[datetime]

    project: Mapped[Project] = relationship()
    person: Mapped[Person] = relationship()


class TeamInvitation(db.Model):
    """A place in the team for somebody without an account; it becomes theirs when they accept the invitation."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    mail: Mapped[str] = mapped_column(sa.String(254), index=True)
    invited_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    invited_at: Mapped[datetime]

    project: Mapped[Project] = relationship()

    __table_args__ = (sa.UniqueConstraint("project_id", "mail"),)


class StepReason(db.Model):
    """Why a step was taken, in its taker's words; the journal holds no free text, only the mark of `salt` and text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey(Entry.id), unique=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    salt: Mapped[str] = mapped_column(sa.String(32))

    entry: Mapped[Entry] = relationship()


class SecondSignature(db.Model):
    """A second signature on a step that needs two people: who proposed it, who agreed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    action: Mapped[str] = mapped_column(sa.String(40))
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    proposed_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    agreed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])

    __table_args__ = (
        sa.CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> proposed_by_id", name="two_people"),
        sa.CheckConstraint("(agreed_by_id IS NULL) = (agreed_at IS NULL)", name="agreement_has_moment"),
        sa.Index("ix_second_signature_action", "action", "id"),
        sa.Index("uq_second_signature_open", "project_id", "action", unique=True,
                 sqlite_where=sa.text("agreed_at IS NULL AND dropped_at IS NULL"),
                 postgresql_where=sa.text("agreed_at IS NULL AND dropped_at IS NULL")),
    )
