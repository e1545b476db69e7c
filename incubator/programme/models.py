"""Rounds: their settings, what is changed in them, and what is known of them."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.programme.models_places import District as District
from incubator.programme.models_places import DistrictShape as DistrictShape
from incubator.programme.models_places import ShapeSet as ShapeSet
from incubator.programme.models_places import Theme as Theme


class RoundState(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        return ROUND_STATE_LABELS[self]


ROUND_STATE_LABELS = {
    RoundState.DRAFT: _l("In preparation"),
    RoundState.OPEN: _l("Open"),
    RoundState.CLOSED: _l("Closed"),
    RoundState.ARCHIVED: _l("Archive"),
}


ROUND_STEPS = {
    RoundState.DRAFT: (RoundState.OPEN, RoundState.ARCHIVED),
    RoundState.OPEN: (RoundState.CLOSED,),
    RoundState.CLOSED: (RoundState.OPEN, RoundState.ARCHIVED),
    RoundState.ARCHIVED: (),
}


class FundingKind(enum.StrEnum):
    """How the grant relates to the costs (rule R3)."""

    GAP = "gap"
    PROPORTIONAL = "proportional"
    FIXED_SUM = "fixed_sum"

    @property
    def label(self) -> str:
        return FUNDING_KIND_LABELS[self]


FUNDING_KIND_LABELS = {
    FundingKind.GAP: _l("Gap funding: the city pays what is missing"),
    FundingKind.PROPORTIONAL: _l("Proportional funding: the city pays a share"),
    FundingKind.FIXED_SUM: _l("Fixed sum"),
}


class Round(db.Model):
    """One call for projects: its fund, its dates, and every number its rules use (defaults: domain rules, section 5).

    Amounts are cents. `awarded_cents` is raised only by the conditional update that awards (rule R6), and lowered
    only when an award is revoked. `pays_out`, `asks_receipts` and `asks_changes` switch whole parts of the program on;
    `report_questions` are the city's own questions for the final report, none means the usual ones; `reminder_days`
    count back from the day a report is due, negative ones come after it; `milestone_reminder_days` do the same for
    milestones. `reviews_news` lets the coordinator read news before everybody does; `takes_questions` opens a form
    for questions and offers of help on each public project; `lateness_public_after_days` is when a late milestone is
    called so in public (never, where it is empty). `takes_ideas` opens the public form for ideas; `check_points` are
    what the office looks at in each proposal; `asks_translation` applies the rule of the official language (§ 23
    VwVfG); `has_panel` lets a panel score, with up to `panel_points_max` points per criterion; `publishes_together`
    keeps decisions inside until all are told at once; `pledge_values` say how a pledge is valued, in cents per unit by
    kind; `takes_replies` shows the coordinator what is answered to news on the fediverse, otherwise nobody sees it;
    `rule_sources` name where the number of a setting is written, by its name.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    state: Mapped[RoundState] = mapped_column(enum_of(RoundState), default=RoundState.DRAFT)
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    summary: Mapped[str] = mapped_column(default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)

    fund_cents: Mapped[int] = mapped_column(default=40_000_00)
    reserve_cents: Mapped[int] = mapped_column(default=0)
    awarded_cents: Mapped[int] = mapped_column(default=0)

    ideas_from: Mapped[date | None]
    ideas_until: Mapped[date | None]
    proposals_until: Mapped[date | None]
    check_until: Mapped[date | None]
    budgets_until: Mapped[date | None]
    panel_on: Mapped[date | None]
    committee_on: Mapped[date | None]
    council_on: Mapped[date | None]
    notices_on: Mapped[date | None]
    period_from: Mapped[date | None]
    period_until: Mapped[date | None]
    reports_due_on: Mapped[date | None]

    grant_min_cents: Mapped[int] = mapped_column(default=500_00)
    grant_max_cents: Mapped[int] = mapped_column(default=10_000_00)
    eligible_forms: Mapped[list[str]] = mapped_column(default=lambda: ["association", "parish"])
    funding_kind: Mapped[FundingKind] = mapped_column(enum_of(FundingKind), default=FundingKind.GAP)
    proportional_pct: Mapped[int] = mapped_column(default=80)
    min_own_share_pct: Mapped[int] = mapped_column(default=10)
    volunteer_rate_cents: Mapped[int] = mapped_column(default=15_00)
    volunteer_cap_pct: Mapped[int] = mapped_column(default=20)
    shift_limit_pct: Mapped[int] = mapped_column(default=20)
    shift_warning_pct: Mapped[int] = mapped_column(default=15)
    use_within_days: Mapped[int] = mapped_column(default=42)
    final_report_due_months: Mapped[int] = mapped_column(default=6)
    award_final_after_months: Mapped[int] = mapped_column(default=1)
    instalments_pct: Mapped[list[int]] = mapped_column(sa.JSON(), default=lambda: [50, 40, 10])
    quotes_required_above_cents: Mapped[int] = mapped_column(default=500_00)
    second_approval_above_cents: Mapped[int] = mapped_column(default=5_000_00)
    mentor_max_projects: Mapped[int] = mapped_column(default=3)
    mentor_silence_alert_days: Mapped[int] = mapped_column(default=30)
    retention_finance_years: Mapped[int] = mapped_column(default=10)
    retention_rejected_years: Mapped[int] = mapped_column(default=2)
    retention_log_years: Mapped[int] = mapped_column(default=10)
    return_due_days: Mapped[int] = mapped_column(default=14)
    pays_out: Mapped[bool] = mapped_column(default=True)
    asks_receipts: Mapped[bool] = mapped_column(default=True)
    asks_changes: Mapped[bool] = mapped_column(default=True)
    recovery_waived_below_cents: Mapped[int] = mapped_column(default=25_00)
    report_questions: Mapped[list[str]] = mapped_column(default=list)
    reminder_days: Mapped[list[int]] = mapped_column(sa.JSON(), default=lambda: [30, 7, -1, -14])
    milestone_reminder_days: Mapped[list[int]] = mapped_column(sa.JSON(), default=lambda: [14, 3, 0])
    reviews_news: Mapped[bool] = mapped_column(default=False)
    takes_questions: Mapped[bool] = mapped_column(default=True)
    lateness_public_after_days: Mapped[int | None]
    takes_ideas: Mapped[bool] = mapped_column(default=True)
    check_points: Mapped[list[str]] = mapped_column(default=list)
    asks_translation: Mapped[bool] = mapped_column(default=False)
    official_language: Mapped[str] = mapped_column(sa.String(20), default="de")
    translation_due_days: Mapped[int] = mapped_column(default=14)
    has_panel: Mapped[bool] = mapped_column(default=False)
    panel_points_max: Mapped[int] = mapped_column(default=5)
    publishes_together: Mapped[bool] = mapped_column(default=False)
    takes_replies: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    pledge_values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    copied_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("round.id"))
    rule_sources: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rule_source: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("fund_cents >= 0 AND reserve_cents >= 0 AND awarded_cents >= 0", name="amounts_positive"),
        sa.CheckConstraint("awarded_cents + reserve_cents <= fund_cents", name="fund_not_exceeded"),
        sa.CheckConstraint("grant_min_cents <= grant_max_cents", name="grant_range"),
        sa.CheckConstraint("panel_points_max BETWEEN 2 AND 20", name="points_range"),
        sa.CheckConstraint("translation_due_days BETWEEN 1 AND 180", name="translation_days_range"),
    )

    @property
    def left_cents(self) -> int:
        return self.fund_cents - self.reserve_cents - self.awarded_cents


class RoundChange(db.Model):
    """A change of an opened round's money settings: one person proposes it, another one agrees (rule C4).

    `changes` maps settings to their new values; amounts are cents.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    changes: Mapped[dict[str, Any]]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    proposed_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    agreed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])

    __table_args__ = (
        sa.CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> proposed_by_id", name="two_people"),
        sa.CheckConstraint("(agreed_by_id IS NULL) = (agreed_at IS NULL)", name="agreement_has_moment"),
        sa.CheckConstraint("agreed_at IS NULL OR dropped_at IS NULL", name="one_end"),
        sa.Index("uq_round_change_open", "round_id", unique=True,
                 sqlite_where=sa.text("agreed_at IS NULL AND dropped_at IS NULL"),
                 postgresql_where=sa.text("agreed_at IS NULL AND dropped_at IS NULL")),
    )


class FactKind(enum.StrEnum):
    """What a fact of a round is about."""

    AIM = "aim"
    THEMES = "themes"
    SURVEY = "survey"
    STUDIES = "studies"
    WORKSHOPS = "workshops"
    FUND = "fund"
    DECISION = "decision"
    PERIOD = "period"
    RESULT = "result"

    @property
    def label(self) -> str:
        return FACT_KIND_LABELS[self]


FACT_KIND_LABELS = {
    FactKind.AIM: _l("What it was for"),
    FactKind.THEMES: _l("Themes"),
    FactKind.SURVEY: _l("A survey"),
    FactKind.STUDIES: _l("A study"),
    FactKind.WORKSHOPS: _l("A workshop or meeting"),
    FactKind.FUND: _l("The money"),
    FactKind.DECISION: _l("A decision"),
    FactKind.PERIOD: _l("The time of the projects"),
    FactKind.RESULT: _l("What came of it"),
}


class RoundFact(db.Model):
    """A dated public fact of a round with its source: how an archived round is told without inventing anything."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    kind: Mapped[str] = mapped_column(sa.String(40), default="")
    on: Mapped[date | None] = mapped_column("happened_on")
    until: Mapped[date | None]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    source: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)

    round: Mapped[Round] = relationship()
