"""Organisations and people's affiliations with them."""

import enum
from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of


class LegalForm(enum.StrEnum):
    ASSOCIATION = "association"
    PARISH = "parish"
    COMPANY = "company"
    FOUNDATION = "foundation"
    PUBLIC_BODY = "public_body"
    INITIATIVE = "initiative"
    OTHER = "other"

    @property
    def label(self) -> str:
        return LEGAL_FORM_LABELS[self]


LEGAL_FORM_LABELS = {
    LegalForm.ASSOCIATION: _l("Registered association (e.V.)"),
    LegalForm.PARISH: _l("Parish or religious community"),
    LegalForm.COMPANY: _l("Company, also non-profit (gGmbH)"),
    LegalForm.FOUNDATION: _l("Foundation"),
    LegalForm.PUBLIC_BODY: _l("Public body or city department"),
    LegalForm.INITIATIVE: _l("Initiative without a legal form"),
    LegalForm.OTHER: _l("Other legal form"),
}


class Organisation(db.Model):
    """A body that can carry a project, take part in one, or belong to the city."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(160), unique=True)
    legal_form: Mapped[LegalForm] = mapped_column(enum_of(LegalForm))
    description: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    mail: Mapped[str] = mapped_column(sa.String(254), default="")
    register_number: Mapped[str] = mapped_column(sa.String(80), default="")
    will_carry: Mapped[bool] = mapped_column(default=False)
    is_department: Mapped[bool] = mapped_column(default=False)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AffiliationRole(enum.StrEnum):
    BOARD = "board"
    EMPLOYEE = "employee"
    MEMBER = "member"
    RELATIVE = "relative"
    CONTACT = "contact"

    @property
    def label(self) -> str:
        return AFFILIATION_LABELS[self]


AFFILIATION_LABELS = {
    AffiliationRole.BOARD: _l("On the board"),
    AffiliationRole.EMPLOYEE: _l("Employed there"),
    AffiliationRole.MEMBER: _l("Member"),
    AffiliationRole.RELATIVE: _l("Related to a board member"),
    AffiliationRole.CONTACT: _l("Contact person"),
}
EXCLUDING = frozenset({AffiliationRole.BOARD, AffiliationRole.EMPLOYEE, AffiliationRole.RELATIVE})


class Affiliation(db.Model):
    """How a person belongs to an organisation, and since when (rule C1)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    role: Mapped[AffiliationRole] = mapped_column(enum_of(AffiliationRole))
    since: Mapped[date | None]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (sa.CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="ends_after_start"),)
