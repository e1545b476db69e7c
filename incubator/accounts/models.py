"""People, their roles, their sign-ins, and the tickets that are mailed to them."""

import enum
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db, enum_of
from incubator.journal.rules import new_salt, seal


class Role(enum.StrEnum):
    """What a person may be for the whole programme; lead and mentor of a project stand in `Participation`."""

    LEAD = "lead"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.LEAD: _l("Project lead"),
    Role.MENTOR: _l("City mentor"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.PARTNER: _l("Partner contact"),
    Role.MODERATOR: _l("Moderator"),
    Role.TRANSLATOR: _l("Translator"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}


class PublicName(enum.StrEnum):
    """How much of a name the public may read."""

    FULL = "full"
    FIRST = "first"
    GROUP = "group"

    @property
    def label(self) -> str:
        return PUBLIC_NAME_LABELS[self]


PUBLIC_NAME_LABELS = {
    PublicName.FULL: _l("My full name"),
    PublicName.FIRST: _l("Only my first name"),
    PublicName.GROUP: _l("No name, only the group"),
}


FORMER = _l("Former member")  # who was forgotten


def _sealed(context: Any) -> str:
    """Seal a new row; both parts of the seal stand before it among the columns, so they are known."""
    row = context.get_current_parameters()
    return seal(row["seal_salt"], row["public_id"])


NEVER = datetime.min.replace(tzinfo=UTC)


class Person(db.Model):
    """Somebody with an account.

    `seal` is all that the journal knows of them; erasing a person drops it and its salt, and the journal still holds.
    `also_reads` are more languages, the dearest first; `tours` names the first looks around that were ended.
    `outside_id` is who the city's own sign-in says they are: issuer and subject. After `erased_at` no name is left.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid4()))
    seal_salt: Mapped[str | None] = mapped_column(sa.String(32), default=new_salt)
    seal: Mapped[str | None] = mapped_column(sa.String(64), unique=True, index=True, default=_sealed)
    mail: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    given_name: Mapped[str] = mapped_column(sa.String(80))
    family_name: Mapped[str] = mapped_column(sa.String(80), default="")
    public_name_choice: Mapped[PublicName] = mapped_column(enum_of(PublicName), default=PublicName.GROUP)
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    also_reads: Mapped[list[str]] = mapped_column(sa.JSON(), default=list)
    tours: Mapped[list[str]] = mapped_column(sa.JSON(), default=list)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    joined_at: Mapped[datetime]
    outside_id: Mapped[str | None] = mapped_column(sa.String(400), unique=True)
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    grants: Mapped[list["RoleGrant"]] = relationship(foreign_keys="RoleGrant.person_id")

    __mapper_args__ = {"version_id_col": version}

    is_authenticated = True
    is_anonymous = False
    token = ""  # what the cookie of this request holds; the row of `SignIn` knows only its hash
    seen = datetime.max.replace(tzinfo=UTC)  # when that sign-in was last noted as used
    began = proved = NEVER  # when it began, when somebody last proved in it that it is they, and with what
    proof = ""

    def get_id(self) -> str:
        return self.token

    @property
    def name(self) -> str:
        return full_name(self)

    @property
    def public_name(self) -> str | None:
        """The name as its owner wants it read in public, None where only the group is to be named."""
        return public_name(self)

    @property
    def roles(self) -> set[Role]:
        return {grant.role for grant in self.grants}

    def has_role(self, *roles: str) -> bool:
        return any(grant.role in roles for grant in self.grants)


NAME_COLUMNS = (Person.given_name, Person.family_name, Person.public_name_choice, Person.erased_at)


def full_name(row: Any) -> str:
    """Name a person or a row of `NAME_COLUMNS`."""
    return f"{row.given_name} {row.family_name}".strip() or (str(FORMER) if row.erased_at else "")


def public_name(row: Any) -> str | None:
    return {PublicName.FULL: full_name(row), PublicName.FIRST: row.given_name}.get(row.public_name_choice)


class RoleGrant(db.Model):
    """A role that somebody holds."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    role: Mapped[Role] = mapped_column(enum_of(Role))
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    granted_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("person_id", "role"), sa.Index("ix_role_grant_role", "role", "person_id"))


class SignIn(db.Model):
    """One signed-in browser. The cookie holds a random token, the row its hash: revoking the row ends it at once.

    `proved_at` is when a second proof was last given here, `proof` by what: passkey, code_app, recovery or outside.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    device: Mapped[str] = mapped_column(sa.String(120), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    proved_at: Mapped[datetime | None]
    proof: Mapped[str] = mapped_column(sa.String(20), default="")

    person: Mapped[Person] = relationship(lazy="joined")


class TicketKind(enum.StrEnum):
    INVITATION = "invitation"
    SIGN_IN = "sign_in"
    RESET = "reset"
    MAIL = "mail"


OBJECTION = "objection"


class Ticket(db.Model):
    """A link in a letter that works once and for a limited time; only the token's hash is stored.

    One about a mail address is marked among its `roles` when it stops the change instead of confirming it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TicketKind] = mapped_column(enum_of(TicketKind))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    mail: Mapped[str] = mapped_column(sa.String(254))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    roles: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(sa.String(20), default="de")
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def is_objection(self) -> bool:
        return OBJECTION in self.roles


class SignInFailure(db.Model):
    """A wrong password or a link asked for, counted by address and by network so that guessing becomes slow."""

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_sign_in_failure_subject_at", "subject", "at"),)
