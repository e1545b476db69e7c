"""The final report with its check, and money that must be given back. Amounts are whole cents."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class ReportState(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return REPORT_STATE_LABELS[self]


REPORT_STATE_LABELS = {
    ReportState.DRAFT: _l("Draft"),
    ReportState.SUBMITTED: _l("Submitted"),
    ReportState.RETURNED: _l("Returned"),
    ReportState.ACCEPTED: _l("Checked and accepted"),
}


class FinalReport(db.Model):
    """What a project says at its end (rule R12): answers in words, and the money it really had beside the grant.

    `answers` maps the question's place ("0", "1", …) to the text; `statement` is the financial statement and the
    receipt list as they stood when it was submitted, `statement_hash` the SHA-256 of their canonical JSON.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), unique=True)
    state: Mapped[ReportState] = mapped_column(enum_of(ReportState), default=ReportState.DRAFT)
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    own_funds_cents: Mapped[int] = mapped_column(default=0)
    third_party_cents: Mapped[int] = mapped_column(default=0)
    income_cents: Mapped[int] = mapped_column(default=0)
    volunteer_hours: Mapped[int] = mapped_column(default=0)
    statement: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    statement_hash: Mapped[str | None] = mapped_column(sa.String(64))
    submitted_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(default="")
    audit_note: Mapped[str] = mapped_column(default="")
    eligible_cents: Mapped[int | None]
    recovery_cents: Mapped[int | None]
    interest_cents: Mapped[int] = mapped_column(default=0)
    audited_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    audited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    audited_by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("own_funds_cents >= 0 AND third_party_cents >= 0 AND income_cents >= 0 "
                           "AND volunteer_hours >= 0 AND interest_cents >= 0", name="amounts_positive"),
        sa.CheckConstraint("state NOT IN ('submitted', 'accepted') OR statement_hash IS NOT NULL",
                           name="sent_is_frozen"),
        sa.CheckConstraint("state <> 'accepted' OR (audit_note <> '' AND recovery_cents IS NOT NULL)",
                           name="accepted_has_note"),
        sa.CheckConstraint("state <> 'returned' OR return_reason <> ''", name="returned_has_reason"),
    )


class RecoveryState(enum.StrEnum):
    ASKED = "asked"
    RETURNED = "returned"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        return RECOVERY_STATE_LABELS[self]


RECOVERY_STATE_LABELS = {
    RecoveryState.ASKED: _l("To be given back"),
    RecoveryState.RETURNED: _l("Given back"),
    RecoveryState.WAIVED: _l("Not asked for (waived)"),
}


class Recovery(db.Model):
    """Money the city asks back after the check, with the interest that somebody proposed by hand."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), unique=True)
    amount_cents: Mapped[int]
    interest_cents: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    state: Mapped[RecoveryState] = mapped_column(enum_of(RecoveryState), default=RecoveryState.ASKED)
    settled_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(sa.String(80), default="")
    reason: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("amount_cents > 0 AND interest_cents >= 0", name="amounts_positive"),
        sa.CheckConstraint("state = 'asked' OR settled_on IS NOT NULL", name="settled_has_day"),
        sa.CheckConstraint("state <> 'returned' OR reference <> ''", name="returned_has_reference"),
        sa.CheckConstraint("state <> 'waived' OR reason <> ''", name="waiver_has_reason"),
    )
