"""Plan versions with their lines, approvals and awards. Amounts are whole cents and never edited once submitted."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class CostKind(enum.StrEnum):
    FEES = "fees"
    MATERIAL = "material"
    RENT = "rent"
    PUBLICITY = "publicity"
    INTERPRETING = "interpreting"
    CATERING = "catering"
    TRAVEL = "travel"
    INSURANCE = "insurance"
    CHILDCARE = "childcare"
    STAFF = "staff"
    OTHER = "other"
    VOLUNTEER_TIME = "volunteer_time"

    @property
    def label(self) -> str:
        return COST_LABELS[self]


COST_LABELS = {
    CostKind.FEES: _l("Fees (Honorar)"),
    CostKind.MATERIAL: _l("Material"),
    CostKind.RENT: _l("Rent for rooms"),
    CostKind.PUBLICITY: _l("Publicity"),
    CostKind.INTERPRETING: _l("Interpreting"),
    CostKind.CATERING: _l("Food and drinks"),
    CostKind.TRAVEL: _l("Travel"),
    CostKind.INSURANCE: _l("Insurance and dues"),
    CostKind.CHILDCARE: _l("Childcare"),
    CostKind.STAFF: _l("Staff"),
    CostKind.OTHER: _l("Other costs"),
    CostKind.VOLUNTEER_TIME: _l("Volunteer time"),
}


class FinancingKind(enum.StrEnum):
    GRANT = "grant"
    OWN_FUNDS = "own_funds"
    THIRD_PARTY = "third_party"
    INCOME = "income"
    VOLUNTEER_TIME = "volunteer_time"
    IN_KIND = "in_kind"

    @property
    def label(self) -> str:
        return FINANCING_LABELS[self]


FINANCING_LABELS = {
    FinancingKind.GRANT: _l("Money from the city (grant)"),
    FinancingKind.OWN_FUNDS: _l("Own money"),
    FinancingKind.THIRD_PARTY: _l("Money from others (third-party funds)"),
    FinancingKind.INCOME: _l("Income, for example from sales"),
    FinancingKind.VOLUNTEER_TIME: _l("Volunteer time"),
    FinancingKind.IN_KIND: _l("Things and rooms lent (for information)"),
}


class PlanState(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return PLAN_STATE_LABELS[self]


PLAN_STATE_LABELS = {
    PlanState.DRAFT: _l("Draft"),
    PlanState.SUBMITTED: _l("Submitted"),
    PlanState.RETURNED: _l("Returned"),
    PlanState.APPROVED: _l("Approved"),
    PlanState.SUPERSEDED: _l("Replaced by a newer version"),
}


class Plan(db.Model):
    """One version of a project's budget. `content_hash` is what approvals name (rule C4); set when submitted.

    A version that only notes a small shift (rule R8) names in `shift_of_id` the decided version it started from; shifts
    are always measured against that one, so that many small ones cannot add up to a large one.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(enum_of(PlanState), default=PlanState.DRAFT)
    explanation: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    content_hash: Mapped[str | None] = mapped_column(sa.String(64))
    return_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    shift_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan.id"))
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    costs: Mapped[list["CostLine"]] = relationship(
        order_by="CostLine.position", cascade="all, delete-orphan", lazy="selectin"
    )
    financing: Mapped[list["FinancingLine"]] = relationship(
        order_by="FinancingLine.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.Index("ix_plan_state", "state", "project_id"),
        sa.CheckConstraint("state NOT IN ('submitted', 'approved') OR content_hash IS NOT NULL", name="sent_has_hash"),
        sa.CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name="approved_has_moment"),
    )


class CostLine(db.Model):
    """One planned cost; volunteer time carries its hours (R2, R5).

    `origin_id` is the line of the first version that this one continues, None where it is that line itself: what was
    spent on a line stays with it through all versions.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id), index=True)
    kind: Mapped[CostKind] = mapped_column(enum_of(CostKind))
    purpose: Mapped[str] = mapped_column(sa.String(200), default="")
    amount_cents: Mapped[int]
    hours: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    origin_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cost_line.id"), index=True)

    __table_args__ = (
        sa.CheckConstraint("amount_cents >= 0", name="amount_positive"),
        sa.CheckConstraint("(kind = 'volunteer_time') = (hours IS NOT NULL)", name="volunteers_have_hours"),
    )

    @property
    def root_id(self) -> int:
        """The number by which receipts and the ledger know this line in every version."""
        return self.origin_id or self.id


class FinancingLine(db.Model):
    """One source of money or of what stands for money."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id), index=True)
    kind: Mapped[FinancingKind] = mapped_column(enum_of(FinancingKind))
    purpose: Mapped[str] = mapped_column(sa.String(200), default="")
    amount_cents: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("amount_cents >= 0", name="amount_positive"),)


class PlanEdit(db.Model):
    """Who changed a plan: an editor is never its only approver (rule C2)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))

    __table_args__ = (sa.UniqueConstraint("plan_id", "person_id"),)


class Approval(db.Model):
    """A mentor's technical sign-off of exactly one content of a plan (rule C4); void once the plan changes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id), index=True)
    plan_hash: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    role: Mapped[str] = mapped_column(sa.String(40))
    at: Mapped[datetime]
    voided_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("plan_id", "person_id", "plan_hash"),)


class Award(db.Model):
    """The city's decision about money: the resolution and the notice, on exactly one approved plan."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), unique=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey(Plan.id))
    amount_cents: Mapped[int]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    recorded_at: Mapped[datetime]

    project: Mapped[Project] = relationship()
    plan: Mapped[Plan] = relationship()

    __table_args__ = (sa.CheckConstraint("amount_cents > 0", name="amount_positive"),)
