"""Prove once more that it is you: by a code, a code from paper, a passkey or, without any of these, a password."""

import secrets
from typing import Any

import sqlalchemy as sa
from argon2.low_level import Type, hash_secret_raw
from flask_babel import lazy_gettext as _l

from incubator.accounts import passkeys, passwords, queries, queries_proofs, rules_proofs
from incubator.accounts.models import Person, SignIn, SignInFailure
from incubator.accounts.models_proofs import Challenge, Passkey
from incubator.accounts.operations_sign_in import count_password, count_try, forget_passwords, forget_tries, start
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import record

APP = "code app"
PROVING, SIGNING_IN, MAKING = "prove", "sign_in", "make"
WRONG_CODE = _l("This code does not fit. One from an app holds for half a minute: please wait for the next one. If "
                "none fits, the clock of your phone may be wrong.")
WRONG_PASSWORD = _l("That is not your password.")
NO_PASSKEY = _l("Your device’s answer was not accepted. Please try again, or prove it in another way.")


def recovery_hash(person: Person, code: str) -> str:
    """Hash a code from paper as slowly as a password; its salt is the random id that only this person has."""
    work = passwords.hasher
    return hash_secret_raw(
        code.encode(), person.public_id.encode(), work.time_cost, work.memory_cost, work.parallelism, 32, Type.ID
    ).hex()


def mark(sign_in: SignIn, proof: str) -> str:
    """Write down that somebody proved it is they, and return the token of their cookie: a new one at the first time."""
    first = sign_in.proof not in rules_proofs.SECOND
    sign_in.proved_at, sign_in.proof = clock.now(), proof
    if not first:
        return ""
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = queries.token_hash(token)
    return token


def _here(token: str) -> SignIn:
    found = queries.sign_in_of(token)
    if found is None:
        raise RuleBroken(_l("You are no longer signed in here. Please sign in again."))
    return hold(found)


def marked(token: str, proof: str) -> str:
    """Mark the sign-in of a cookie, and return the token that the cookie holds from now on."""
    return mark(_here(token), proof) or token


def prove_by_code(person: Person, code: str, *, network: str) -> str:
    """Take a code from the app or from paper and return the cookie's token; call it outside of a transaction.

    Tries are counted apart from those of passwords: who guesses codes keeps nobody from signing in.
    """
    code, token = rules_proofs.clean_code(code), person.token
    on_paper = rules_proofs.is_recovery_code(code)
    kind, subject = ("recovery of" if on_paper else "code of"), person.public_id
    with transaction():
        numbers = [count_try(kind, subject).id, count_try("codes from", network).id]
    hashed = recovery_hash(person, code) if on_paper else ""
    with transaction():
        taken = _take_from_paper(person, hashed) if on_paper else _take_from_app(person, code)
        if not taken:
            raise RuleBroken(WRONG_CODE, "proof_code")
        db.session.execute(sa.delete(SignInFailure).where(SignInFailure.id.in_(numbers)))
        forget_tries(kind, subject)
        return marked(token, "recovery" if on_paper else "code_app")


def _take_from_app(person: Person, code: str) -> bool:
    app = queries_proofs.code_app(person.id)
    return app is not None and hold(app).confirmed_at is not None and fits(app, code)


def fits(app: Any, code: str) -> bool:
    """Say whether a code fits, and let neither it nor an older one fit again."""
    try:
        secret = at_rest.open_(APP, app.secret)
    except at_rest.Unreadable:
        return False
    step = rules_proofs.fitting_step(secret, code, app.last_step, clock.real_now())
    if step is None:
        return False
    app.last_step = step
    return True


def _take_from_paper(person: Person, hashed: str) -> bool:
    for each in queries_proofs.codes_left(person.id):
        if secrets.compare_digest(each.code_hash, hashed) and hold(each).used_at is None:
            each.used_at = clock.now()
            record("account.recovery_used", person, person)
            return True
    return False


def demand_own_password(person: Person, password: str, *, network: str) -> None:
    """Refuse what is not somebody's password; guesses are counted as those at the door. It marks nothing as proved."""
    stored, mail = person.password_hash, person.mail or person.public_id
    with transaction():
        numbers = [each.id for each in count_password(mail, network)]
    if not passwords.fits(stored, password):
        raise RuleBroken(WRONG_PASSWORD, "proof_password")
    with transaction():
        forget_passwords(mail, network, numbers)


def prove_by_password(person: Person, password: str, *, network: str) -> str:
    """Take the password of somebody who has no second proof."""
    token = person.token
    demand_own_password(person, password, network=network)
    with transaction():
        if rules_proofs.is_proved(person) or queries_proofs.has_any(person.id):
            raise RuleBroken(_l("A password is not enough here."), "proof_password")
        sign_in = _here(token)
        sign_in.proved_at, sign_in.proof = clock.now(), sign_in.proof or "password"
        return token


def ask_device(purpose: str, person: Person | None, *, network: str) -> tuple[str, bytes]:
    """Write a question to a device down; return the token for the session, and what the device is to sign."""
    count_try("devices from", network)
    token, value = secrets.token_urlsafe(32), secrets.token_bytes(32)
    db.session.add(Challenge(
        token_hash=queries.token_hash(token), purpose=purpose, person_id=person.id if person else None, value=value,
        made_at=clock.now(), expires_at=clock.now() + rules_proofs.ASKED_FOR,
    ))
    return token, value


def answered(token: str, purpose: str, person: Person | None) -> bytes:
    """Return what was asked, once: whatever the answer is worth, the question is over; outside of a transaction."""
    number = person.id if person else None
    with transaction():
        asked = queries_proofs.challenge(token, purpose)
        if asked is None or asked.person_id != number or hold(asked).used_at is not None:
            raise RuleBroken(NO_PASSKEY)
        asked.used_at = clock.now()
        return bytes(asked.value)


def _signed(answer: dict[str, Any], asked: bytes) -> Passkey:
    """Return the passkey that signed a question; its counter and the day of its use are kept."""
    try:
        passkey = queries_proofs.passkey_of(passkeys.credential_of(answer))
        if passkey is None:
            raise RuleBroken(NO_PASSKEY)
        uses = passkeys.uses_after(answer, hold(passkey), asked)
        if passkeys.owner_of(answer) not in (None, queries_proofs.owner(passkey).public_id.encode()):
            raise RuleBroken(NO_PASSKEY)
    except passkeys.NotAccepted:
        raise RuleBroken(NO_PASSKEY) from None
    passkey.uses, passkey.used_at = uses, clock.now()
    return passkey


def read(answer: str) -> dict[str, Any]:
    try:
        return passkeys.read(answer)
    except passkeys.NotAccepted:
        raise RuleBroken(NO_PASSKEY) from None


def prove_by_passkey(person: Person, answer: str, asked_token: str) -> str:
    token = person.token
    asked = answered(asked_token, PROVING, person)
    with transaction():
        if _signed(read(answer), asked).person_id != person.id:
            raise RuleBroken(NO_PASSKEY)
        return marked(token, "passkey")


def sign_in_by_passkey(answer: str, asked_token: str, *, device: str) -> str:
    """Sign in whoever's passkey signed; return the token for the cookie. Call it outside of a transaction."""
    asked = answered(asked_token, SIGNING_IN, None)
    with transaction():
        person = queries_proofs.owner(_signed(read(answer), asked))
        if not person.is_active:
            raise RuleBroken(NO_PASSKEY)
        return start(person, device, proof="passkey")
