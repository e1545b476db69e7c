"""Milestones, what they wait for, and updates with their photos."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.media.models import Photo
from incubator.mentoring.models import AgreedStep
from incubator.projects.models import Project


class MilestoneStatus(enum.StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return MILESTONE_LABELS[self]

    @property
    def is_open(self) -> bool:
        return self not in (MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED)


MILESTONE_LABELS = {
    MilestoneStatus.PLANNED: _l("Planned"),
    MilestoneStatus.IN_PROGRESS: _l("Started"),
    MilestoneStatus.REPORTED: _l("Reported, waiting for the mentor"),
    MilestoneStatus.RETURNED: _l("Returned, please add"),
    MilestoneStatus.ACCEPTED: _l("Reached"),
    MilestoneStatus.CANCELLED: _l("Cancelled"),
}


class Milestone(db.Model):
    """One promised result: due, forecast and actual day are three facts; overdue is computed, never stored."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(160))
    description: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    status: Mapped[MilestoneStatus] = mapped_column(enum_of(MilestoneStatus), default=MilestoneStatus.PLANNED)
    due_on: Mapped[date]
    forecast_on: Mapped[date]
    actual_on: Mapped[date | None]
    weight: Mapped[int] = mapped_column(default=1)
    is_gate: Mapped[bool] = mapped_column(default=False)
    needs_id: Mapped[int | None] = mapped_column(sa.ForeignKey("milestone.id"))
    evidence: Mapped[str] = mapped_column(default="")
    return_reason: Mapped[str] = mapped_column(default="")
    cancel_reason: Mapped[str] = mapped_column(default="")
    step_id: Mapped[int | None] = mapped_column(sa.ForeignKey(AgreedStep.id), unique=True)
    reported_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    needs: Mapped["Milestone | None"] = relationship(remote_side=[id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name="weight_range"),
        sa.CheckConstraint(
            "status NOT IN ('reported', 'accepted') OR (actual_on IS NOT NULL AND evidence <> '')",
            name="report_needs_evidence",
        ),
        sa.CheckConstraint("status <> 'accepted' OR accepted_at IS NOT NULL", name="accepted_has_moment"),
        sa.CheckConstraint("status <> 'returned' OR return_reason <> ''", name="returned_has_reason"),
        sa.CheckConstraint("status <> 'cancelled' OR cancel_reason <> ''", name="cancelled_has_reason"),
        sa.Index("ix_milestone_status", "status", "forecast_on"),
        sa.Index("ix_milestone_due", "status", "due_on", "id"),
        sa.Index("ix_milestone_forecast", "forecast_on", "id"),
    )

    def is_overdue(self, today: date) -> bool:
        return self.due_on < today and self.status not in (
            MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED, MilestoneStatus.REPORTED
        )


class UpdateState(enum.StrEnum):
    """A draft is a milestone's report; news that a round wants read first is proposed, and perhaps returned."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Update(db.Model):
    """News from a project; one with a milestone is its report and is published when the mentor accepts it.

    `corrected_at` and `correction_note` tell readers when and why the words were changed after publication; what
    stood there before is kept in `UpdateVersion`, for the project and the office.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Milestone.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[UpdateState] = mapped_column(enum_of(UpdateState), default=UpdateState.DRAFT)
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    review_note: Mapped[str] = mapped_column(default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    corrected_at: Mapped[datetime | None]
    correction_note: Mapped[str] = mapped_column(sa.String(200), default="")
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    photos: Mapped[list[Photo]] = relationship(secondary="update_photo", order_by=Photo.id)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_has_moment"),
        sa.CheckConstraint("state <> 'returned' OR review_note <> ''", name="returned_has_reason"),
        sa.CheckConstraint("corrected_at IS NULL OR correction_note <> ''", name="correction_has_note"),
        sa.Index("ix_update_published", "state", "published_at"),
        sa.Index("ix_update_project", "project_id", "state", "published_at", "id"),
    )


update_photo = sa.Table(
    "update_photo",
    db.metadata,
    sa.Column("update_id", sa.ForeignKey(Update.id), primary_key=True),
    sa.Column("photo_id", sa.ForeignKey(Photo.id), primary_key=True),
)


class UpdateVersion(db.Model):
    """What an update said before a correction; the public is told that there was one, and reads the new words."""

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(sa.ForeignKey(Update.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20))
    replaced_at: Mapped[datetime]
    replaced_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(sa.String(200))

    update: Mapped[Update] = relationship()
