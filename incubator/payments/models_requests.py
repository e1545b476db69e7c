"""Funds requests, the orders that pay them, and the accounts they go to."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.milestones.models import Milestone
from incubator.organisations.models import Organisation
from incubator.projects.models import Project


class RequestState(enum.StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    ORDERED = "ordered"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return REQUEST_STATE_LABELS[self]


REQUEST_STATE_LABELS = {
    RequestState.ASKED: _l("Being checked"),
    RequestState.CONFIRMED: _l("Checked, to be paid"),
    RequestState.ORDERED: _l("On its way to the bank"),
    RequestState.PAID: _l("Paid"),
    RequestState.REFUSED: _l("Not paid"),
    RequestState.WITHDRAWN: _l("Taken back"),
}
OPEN_REQUESTS = (RequestState.ASKED, RequestState.CONFIRMED, RequestState.ORDERED)


class BankAccount(db.Model):
    """Where an organisation's money goes. `secret` is holder, IBAN and BIC as encrypted JSON; `iban_end` its last four.

    Nothing of it is ever journalled, shown in full or exported except inside a payment order.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), unique=True)
    secret: Mapped[bytes]
    iban_end: Mapped[str] = mapped_column(sa.String(4))
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship()
    changed_by: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PaymentOrder(db.Model):
    """Several requests handed to the bank in one file; which file follows from its requests, none is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(sa.String(35), unique=True)
    execute_on: Mapped[date]
    total_cents: Mapped[int]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    made_at: Mapped[datetime]

    made_by: Mapped[Person] = relationship()

    __table_args__ = (sa.CheckConstraint("total_cents > 0", name="total_positive"),)


class FundsRequest(db.Model):
    """A lead asks for a part of the award (rule R10); two different people confirm it before it is paid."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    number: Mapped[int]
    amount_cents: Mapped[int]
    instalment: Mapped[int | None]
    gate_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Milestone.id))
    purpose: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    needed_by: Mapped[date]
    state: Mapped[RequestState] = mapped_column(enum_of(RequestState), default=RequestState.ASKED)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    asked_at: Mapped[datetime]
    factual_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    factual_at: Mapped[datetime | None]
    arithmetic_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    arithmetic_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PaymentOrder.id), index=True)
    paid_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(sa.String(80), default="")
    paid_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    version: Mapped[int] = mapped_column()

    project: Mapped[Project] = relationship()
    gate: Mapped[Milestone | None] = relationship()
    order: Mapped[PaymentOrder | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    factual_by: Mapped[Person | None] = relationship(foreign_keys=[factual_by_id])
    arithmetic_by: Mapped[Person | None] = relationship(foreign_keys=[arithmetic_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("amount_cents > 0", name="amount_positive"),
        sa.CheckConstraint("factual_by_id <> arithmetic_by_id", name="two_people"),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'ordered', 'paid') "
            "OR (factual_by_id IS NOT NULL AND arithmetic_by_id IS NOT NULL)", name="confirmed_twice"),
        sa.CheckConstraint("state <> 'ordered' OR order_id IS NOT NULL", name="ordered_has_order"),
        sa.CheckConstraint("state <> 'paid' OR (paid_on IS NOT NULL AND reference <> '')", name="paid_has_reference"),
        sa.CheckConstraint("state <> 'refused' OR refusal <> ''", name="refusal_has_reason"),
        sa.Index("ix_funds_request_state", "state", "id"),
    )
