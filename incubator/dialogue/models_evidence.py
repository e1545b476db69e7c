"""Findings that say what is needed."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db, enum_of
from incubator.programme.models import District, Theme


class EvidenceKind(enum.StrEnum):
    """Where a finding comes from."""

    SOCIAL_SPACE_ANALYSIS = "social_space_analysis"
    MILIEU_STUDY = "milieu_study"
    SURVEY = "survey"
    WORKSHOP = "workshop"

    @property
    def label(self) -> str:
        return EVIDENCE_KIND_LABELS[self]


EVIDENCE_KIND_LABELS = {
    EvidenceKind.SOCIAL_SPACE_ANALYSIS: _l("Social-space analysis"),
    EvidenceKind.MILIEU_STUDY: _l("Milieu study"),
    EvidenceKind.SURVEY: _l("Survey"),
    EvidenceKind.WORKSHOP: _l("Workshop"),
}


class NeedEvidence(db.Model):
    """One finding that says what is needed: statement, figure, base, source. Without a district it is the city's.

    `count` of `base` people said so, or `pct` of them where only the share is known; counts under five are refused,
    because they could point at somebody. `languages` are those in which people were asked.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_of(EvidenceKind))
    statement: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    indicator: Mapped[str] = mapped_column(sa.String(200), default="")
    count: Mapped[int | None] = mapped_column("number_of_answers")
    base: Mapped[int | None]
    pct: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    year: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(300))
    licence: Mapped[str] = mapped_column(sa.String(120), default="")
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey(Theme.id), index=True)
    district_id: Mapped[int | None] = mapped_column(sa.ForeignKey(District.id), index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    theme: Mapped[Theme] = relationship()
    district: Mapped[District | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("number_of_answers IS NULL OR number_of_answers >= 5", name="count_points_at_nobody"),
        sa.CheckConstraint(
            "number_of_answers IS NULL OR (base IS NOT NULL AND number_of_answers <= base)", name="count_has_base"),
        sa.CheckConstraint("pct IS NULL OR pct BETWEEN 0 AND 100", name="pct_range"),
        sa.CheckConstraint("number_of_answers IS NOT NULL OR pct IS NOT NULL", name="has_figure"),
    )
