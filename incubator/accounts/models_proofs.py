"""What people prove with, besides a password, that it is they: passkeys, codes from an app, and codes on paper."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.accounts.models import Person
from incubator.foundation.database import db


class Passkey(db.Model):
    """One device that can sign for a person; only its public key is here.

    `uses` is the counter that the device sends: one that does not grow may be a copy. Many devices always send 0.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    credential: Mapped[bytes] = mapped_column(sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(2048))
    uses: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    name: Mapped[str] = mapped_column(sa.String(60))
    transports: Mapped[list[str]] = mapped_column(sa.JSON(), default=list)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CodeApp(db.Model):
    """An app that shows a new code every half minute (RFC 6238). `secret` is encrypted.

    `last_step` is the half minute, counted from 1970, of the last code that was taken: none is taken twice.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), unique=True)
    secret: Mapped[str] = mapped_column(sa.String(300))
    last_step: Mapped[int] = mapped_column(sa.BigInteger(), default=0)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(db.Model):
    """A code on paper that stands in once for a lost device; only its hash is stored."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("person_id", "code_hash"),)


class Challenge(db.Model):
    """A question to a device, answered once within minutes; the cookie holds a token, the row its hash.

    `person_id` is empty where somebody signs in by passkey alone and nobody knows yet who it is.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    purpose: Mapped[str] = mapped_column(sa.String(20))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    value: Mapped[bytes] = mapped_column(sa.LargeBinary(64))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class BrowserReport(db.Model):
    """What browsers refused to load because our policy forbids it; counted, without anything about who met it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    directive: Mapped[str] = mapped_column(sa.String(60))
    blocked: Mapped[str] = mapped_column(sa.String(200))
    page: Mapped[str] = mapped_column(sa.String(200))
    number: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("directive", "blocked", "page"),)
