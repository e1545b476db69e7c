"""People with second proofs, for tests."""

from typing import Any

import pyotp
import sqlalchemy as sa

from incubator.accounts import operations_proofs, operations_prove
from incubator.accounts.models import SignIn
from incubator.accounts.models_proofs import CodeApp
from incubator.accounts.queries import token_hash
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.visitors import sign_in_token


def with_app(person: Any) -> pyotp.TOTP:
    """Give somebody an app as if it had been set up an hour ago, and return the app."""
    secret = pyotp.random_base32()
    with transaction():
        db.session.add(CodeApp(person_id=person.id, secret=at_rest.close(operations_prove.APP, secret), last_step=0,
                               made_at=clock.now(), confirmed_at=clock.now()))
    return pyotp.TOTP(secret)


def code(app: pyotp.TOTP, steps: int = 0) -> str:
    """Return what the app shows now, or some half minutes from now."""
    return str(app.generate_otp(int(clock.now().timestamp()) // 30 + steps))


def signed_in(person: Any) -> Any:
    """Return a person as a request sees them: with a cookie's token."""
    person.token = sign_in_token(person)
    return person


def codes_for(person: Any, *codes: str) -> None:
    hashes = [operations_prove.recovery_hash(person, each) for each in codes]
    with transaction():
        operations_proofs.keep_codes(person, hashes)


def sign_in_of(token: str) -> SignIn | None:
    return db.session.scalar(sa.select(SignIn).where(SignIn.token_hash == token_hash(token)))


def prove(visitor: Any, answer: Any, phone: pyotp.TOTP) -> Any:
    """Answer the question that a page has led to."""
    return visitor.post(answer.location, {"proof_code": code(phone)})
