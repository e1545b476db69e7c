"""Workshops and the ideas people give there; what is known of needs stands in `models_evidence`."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.dialogue.models_evidence import EvidenceKind as EvidenceKind
from incubator.dialogue.models_evidence import NeedEvidence as NeedEvidence
from incubator.foundation.database import db, enum_of
from incubator.media.models import Photo
from incubator.programme.models import District, Round, Theme


class WorkshopKind(enum.StrEnum):
    FOCUS_GROUP = "focus_group"
    FUTURE_WORKSHOP = "future_workshop"
    PROJECT_CONFERENCE = "project_conference"

    @property
    def label(self) -> str:
        return WORKSHOP_KIND_LABELS[self]


WORKSHOP_KIND_LABELS = {
    WorkshopKind.FOCUS_GROUP: _l("Focus group"),
    WorkshopKind.FUTURE_WORKSHOP: _l("Future workshop"),
    WorkshopKind.PROJECT_CONFERENCE: _l("Project conference"),
}


class WorkshopState(enum.StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return WORKSHOP_STATE_LABELS[self]


WORKSHOP_STATE_LABELS = {
    WorkshopState.PLANNED: _l("Announced"),
    WorkshopState.HELD: _l("Took place"),
    WorkshopState.CANCELLED: _l("Called off"),
}

workshop_theme = sa.Table(
    "workshop_theme",
    db.metadata,
    sa.Column("workshop_id", sa.ForeignKey("workshop.id"), primary_key=True),
    sa.Column("theme_id", sa.ForeignKey(Theme.id), primary_key=True),
)


class Workshop(db.Model):
    """A public meeting at which people talk about what is needed. `summary` says afterwards what came out.

    People sign up where `takes_signups`, until `signups_until` or its beginning; without `places` everybody fits in.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    kind: Mapped[WorkshopKind] = mapped_column(enum_of(WorkshopKind))
    title: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey(District.id), index=True)
    languages: Mapped[list[str]] = mapped_column(default=list)
    has_interpreters: Mapped[bool] = mapped_column(default=False)
    has_childcare: Mapped[bool] = mapped_column(default=False)
    is_step_free: Mapped[bool] = mapped_column(default=False)
    takes_signups: Mapped[bool] = mapped_column(default=False)
    places: Mapped[int | None]
    signups_until: Mapped[datetime | None]
    state: Mapped[WorkshopState] = mapped_column(enum_of(WorkshopState), default=WorkshopState.PLANNED)
    participants: Mapped[int | None]
    summary: Mapped[str] = mapped_column(default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    round: Mapped[Round] = relationship()
    district: Mapped[District | None] = relationship()
    themes: Mapped[list[Theme]] = relationship(secondary=workshop_theme, order_by=Theme.position)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("participants IS NULL OR participants >= 5", name="count_points_at_nobody"),
        sa.CheckConstraint("places IS NULL OR places > 0", name="places_positive"),
        sa.Index("ix_workshop_starts", "starts_at"),
    )


class IdeaState(enum.StrEnum):
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ACCEPTED_FOR_WORKSHOP = "accepted_for_workshop"
    PROMOTED = "promoted"
    MERGED = "merged"
    REFERRED = "referred"
    PARKED = "parked"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return IDEA_STATE_LABELS[self]

    @property
    def is_end(self) -> bool:
        return self is IdeaState.PROMOTED or not IDEA_STEPS[self]


IDEA_STATE_LABELS = {
    IdeaState.SUBMITTED: _l("Received"),
    IdeaState.IN_REVIEW: _l("Being read"),
    IdeaState.ACCEPTED_FOR_WORKSHOP: _l("Goes to a workshop"),
    IdeaState.PROMOTED: _l("Became a project"),
    IdeaState.MERGED: _l("Joined with another idea"),
    IdeaState.REFERRED: _l("Passed on to another office"),
    IdeaState.PARKED: _l("Kept for later"),
    IdeaState.DECLINED: _l("Not taken up"),
}
_ends = (IdeaState.PROMOTED, IdeaState.MERGED, IdeaState.REFERRED, IdeaState.PARKED, IdeaState.DECLINED)
IDEA_STEPS: dict[IdeaState, tuple[IdeaState, ...]] = {
    IdeaState.SUBMITTED: (IdeaState.IN_REVIEW, IdeaState.ACCEPTED_FOR_WORKSHOP, *_ends),
    IdeaState.IN_REVIEW: (IdeaState.ACCEPTED_FOR_WORKSHOP, *_ends),
    IdeaState.ACCEPTED_FOR_WORKSHOP: _ends,
    IdeaState.PARKED: (IdeaState.IN_REVIEW, IdeaState.ACCEPTED_FOR_WORKSHOP, IdeaState.PROMOTED),
    IdeaState.PROMOTED: (IdeaState.ACCEPTED_FOR_WORKSHOP,),  # when the project ends before the award, and only then
    IdeaState.MERGED: (), IdeaState.REFERRED: (), IdeaState.DECLINED: (),
}

idea_evidence = sa.Table(
    "idea_evidence",
    db.metadata,
    sa.Column("idea_id", sa.ForeignKey("idea.id"), primary_key=True),
    sa.Column("evidence_id", sa.ForeignKey(NeedEvidence.id), primary_key=True),
)


class Idea(db.Model):
    """Somebody's idea, in any language. It is public only with their consent, and never says whose it is.

    `workshop_id` is where it was given or talked over; `reason` is the public word why it ended as it did. Who gave it
    consents to `may_be_public`; the office, having read it, makes it so. `mail` is for the answer and stands nowhere
    else; `salt` makes the link in our letters. `for_somebody` was entered by a helper; `consent_note` says how they
    know that the other person agrees.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    theme_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Theme.id), index=True)
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey(District.id), index=True)
    workshop_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Workshop.id), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("idea.id"))
    state: Mapped[IdeaState] = mapped_column(enum_of(IdeaState), default=IdeaState.SUBMITTED)
    reason: Mapped[str] = mapped_column(default="")
    may_be_public: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    mail: Mapped[str] = mapped_column(sa.String(254), default="", index=True)
    answer_language: Mapped[str] = mapped_column(sa.String(20), default="")
    salt: Mapped[str] = mapped_column(sa.String(32), default="")
    for_somebody: Mapped[bool] = mapped_column(default=False)
    consent_note: Mapped[str] = mapped_column(sa.String(300), default="")
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Photo.id))
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    round: Mapped[Round] = relationship()
    theme: Mapped[Theme | None] = relationship()
    district: Mapped[District | None] = relationship()
    workshop: Mapped[Workshop | None] = relationship()
    evidence: Mapped[list[NeedEvidence]] = relationship(secondary=idea_evidence, order_by=NeedEvidence.id)
    photo: Mapped[Photo | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_idea_ended", "ended_at", "id"),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_not_into_itself"),
        sa.CheckConstraint(
            "state NOT IN ('merged', 'referred', 'parked', 'declined') OR reason <> ''", name="end_has_reason"),
        sa.CheckConstraint("NOT is_public OR may_be_public", name="public_with_consent"),
        sa.CheckConstraint("mail = '' OR (salt <> '' AND answer_language <> '')", name="mail_can_be_answered"),
        sa.CheckConstraint("NOT for_somebody OR consent_note <> ''", name="helper_says_how"),
        sa.Index("ix_idea_state", "state", "id"),
    )


class IdeaTrigram(db.Model):
    """Three letters of an idea's folded title: how similar ones are found while somebody types."""

    trigram: Mapped[str] = mapped_column(sa.String(3), primary_key=True)
    idea_id: Mapped[int] = mapped_column(sa.ForeignKey(Idea.id, ondelete="CASCADE"), primary_key=True, index=True)
