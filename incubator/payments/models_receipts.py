"""Receipts and the papers that show them."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.budgets.models import CostLine
from incubator.foundation.database import db, enum_of
from incubator.media.models import Paper
from incubator.projects.models import Project


class ReceiptState(enum.StrEnum):
    ENTERED = "entered"
    ASKED_BACK = "asked_back"
    ACCEPTED = "accepted"
    CUT = "cut"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return RECEIPT_STATE_LABELS[self]


RECEIPT_STATE_LABELS = {
    ReceiptState.ENTERED: _l("Not checked yet"),
    ReceiptState.ASKED_BACK: _l("A question is open"),
    ReceiptState.ACCEPTED: _l("Accepted in full"),
    ReceiptState.CUT: _l("Cut"),
    ReceiptState.WITHDRAWN: _l("Taken back"),
}


class Receipt(db.Model):
    """One proof of spending (rule R11). The amount is never edited: a wrong one is taken back and entered anew.

    `line_id` is the root of a cost line; `contracted_on` the day something was ordered or signed, which decides about
    an early start (rule R9). `accepted_cents` is known once it was checked; a cut one says why in `note`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    line_id: Mapped[int] = mapped_column(sa.ForeignKey(CostLine.id), index=True)
    number: Mapped[str] = mapped_column(sa.String(80), default="")
    paid_on: Mapped[date]
    contracted_on: Mapped[date | None]
    payee: Mapped[str] = mapped_column(sa.String(160))
    reason: Mapped[str] = mapped_column(sa.String(300))
    amount_cents: Mapped[int]
    state: Mapped[ReceiptState] = mapped_column(enum_of(ReceiptState), default=ReceiptState.ENTERED)
    accepted_cents: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    offers_note: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    entered_at: Mapped[datetime]
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    checked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    line: Mapped[CostLine] = relationship()
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
    papers: Mapped[list["ReceiptPaper"]] = relationship(order_by="ReceiptPaper.id", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("amount_cents > 0", name="amount_positive"),
        sa.CheckConstraint("accepted_cents BETWEEN 0 AND amount_cents", name="accepted_within"),
        sa.CheckConstraint("state <> 'accepted' OR accepted_cents = amount_cents", name="accepted_in_full"),
        sa.CheckConstraint("state <> 'cut' OR (accepted_cents < amount_cents AND note <> '')", name="cut_has_reason"),
        sa.CheckConstraint("state <> 'asked_back' OR note <> ''", name="question_has_words"),
        sa.CheckConstraint("(state IN ('accepted', 'cut')) = (accepted_cents IS NOT NULL)", name="checked_has_amount"),
        sa.Index("ix_receipt_same", "project_id", "number", "payee"),
    )


class PaperRole(enum.StrEnum):
    RECEIPT = "receipt"
    OFFER = "offer"


class ReceiptPaper(db.Model):
    """A file that belongs to a receipt: the receipt itself, or an offer it was compared with (R11)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(sa.ForeignKey(Receipt.id), index=True)
    paper_id: Mapped[int] = mapped_column(sa.ForeignKey(Paper.id), unique=True)
    role: Mapped[PaperRole] = mapped_column(enum_of(PaperRole), default=PaperRole.RECEIPT)

    paper: Mapped[Paper] = relationship(lazy="joined")
