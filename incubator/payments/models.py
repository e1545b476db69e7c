"""The ledger: an account for each awarded project, and entries that are never changed. Amounts are whole cents."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.budgets.models import CostLine
from incubator.foundation.append_only import append_only
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class EntryKind(enum.StrEnum):
    """What a cent in the ledger is: promised by the award, paid out, spent, proved by a checked receipt, given back."""

    COMMITTED = "committed"
    PAID = "paid"
    SPENT = "spent"
    PROVED = "proved"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return ENTRY_LABELS[self]


ENTRY_LABELS = {
    EntryKind.COMMITTED: _l("Awarded"),
    EntryKind.PAID: _l("Paid out"),
    EntryKind.SPENT: _l("Spent"),
    EntryKind.PROVED: _l("Proved by receipts"),
    EntryKind.RETURNED: _l("Given back"),
}


class Account(db.Model):
    """The sums of one project's entries, kept beside them so that the database itself refuses what may never be.

    Raised and lowered only by the conditional update that posts an entry, in the same transaction.
    `requested_cents` are funds requests that were asked for and are neither paid nor ended.
    """

    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), primary_key=True)
    committed_cents: Mapped[int] = mapped_column(default=0)
    requested_cents: Mapped[int] = mapped_column(default=0)
    paid_cents: Mapped[int] = mapped_column(default=0)
    spent_cents: Mapped[int] = mapped_column(default=0)
    proved_cents: Mapped[int] = mapped_column(default=0)
    returned_cents: Mapped[int] = mapped_column(default=0)

    project: Mapped[Project] = relationship()

    __table_args__ = (
        sa.CheckConstraint(
            "committed_cents >= 0 AND requested_cents >= 0 AND paid_cents >= 0 AND spent_cents >= 0 "
            "AND proved_cents >= 0 AND returned_cents >= 0", name="never_below_zero"),
        sa.CheckConstraint("paid_cents + requested_cents <= committed_cents", name="never_over_the_award"),
        sa.CheckConstraint("returned_cents <= paid_cents", name="back_only_what_was_paid"),
        sa.CheckConstraint("proved_cents <= spent_cents", name="proved_only_what_was_spent"),
    )


class LedgerEntry(db.Model):
    """One movement; a correction is a new entry that names what it corrects, and only corrections are negative.

    `line_id` is the root of a cost line (`CostLine.root_id`); spent and proved money always has one.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    kind: Mapped[EntryKind] = mapped_column(enum_of(EntryKind))
    amount_cents: Mapped[int]
    line_id: Mapped[int | None] = mapped_column(sa.ForeignKey(CostLine.id))
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("funds_request.id"))
    receipt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("receipt.id"))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    on: Mapped[date] = mapped_column("happened_on")
    reference: Mapped[str] = mapped_column(sa.String(80), default="")
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    at: Mapped[datetime]

    project: Mapped[Project] = relationship()

    __table_args__ = (
        sa.CheckConstraint("amount_cents > 0 OR (amount_cents < 0 AND corrects_id IS NOT NULL)", name="sign"),
        sa.CheckConstraint("kind NOT IN ('spent', 'proved') OR line_id IS NOT NULL", name="costs_have_a_line"),
        sa.Index("ix_ledger_entry_sums", "project_id", "kind", "line_id", "amount_cents"),
    )


append_only(LedgerEntry.__table__)
