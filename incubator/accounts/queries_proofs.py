"""What people prove with, and what is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.accounts.models_proofs import Challenge, CodeApp, Passkey, RecoveryCode
from incubator.accounts.queries import token_hash
from incubator.foundation import clock
from incubator.foundation.database import db


@dataclass(frozen=True)
class Proofs:
    """What somebody has: `app_since` is when the app was set up, `codes` how many on paper are left."""

    passkeys: Sequence[Passkey]
    app_since: datetime | None
    codes: int

    @property
    def number(self) -> int:
        return len(self.passkeys) + (self.app_since is not None)


def has_any(person_id: int) -> bool:
    return bool(db.session.scalar(sa.select(sa.or_(
        sa.exists().where(Passkey.person_id == person_id),
        sa.exists().where(CodeApp.person_id == person_id, CodeApp.confirmed_at.is_not(None)),
    ))))


def proofs(person_id: int) -> Proofs:
    app = code_app(person_id)
    return Proofs(passkeys(person_id), app.confirmed_at if app else None, len(codes_left(person_id)))


def passkeys(person_id: int) -> Sequence[Passkey]:
    return db.session.scalars(sa.select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)).all()


def passkey(passkey_id: int) -> Passkey:
    return db.session.get_one(Passkey, passkey_id)


def passkey_of(credential: bytes) -> Passkey | None:
    return db.session.scalar(sa.select(Passkey).where(Passkey.credential == credential))


def code_app(person_id: int) -> CodeApp | None:
    return db.session.scalar(sa.select(CodeApp).where(CodeApp.person_id == person_id))


def codes_left(person_id: int) -> Sequence[RecoveryCode]:
    return db.session.scalars(sa.select(RecoveryCode).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))).all()


def challenge(token: str, purpose: str) -> Challenge | None:
    """Return a question that still waits for its answer."""
    return db.session.scalar(sa.select(Challenge).where(
        Challenge.token_hash == token_hash(token), Challenge.purpose == purpose, Challenge.used_at.is_(None),
        Challenge.expires_at > clock.now(),
    ))


def owner(passkey: Passkey) -> Person:
    return db.session.get_one(Person, passkey.person_id)
