"""Sign in and out; slow down who guesses."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import passwords, queries, rules
from incubator.accounts.models import Person, RoleGrant, SignIn, SignInFailure
from incubator.accounts.rules_proofs import STAFF
from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import record

WRONG = _l("This mail address and this password do not belong together. Please look at both again.")


def sign_in(mail: str, password: str, *, network: str, device: str) -> str:
    """Return the token for the cookie; refused when something is wrong, or after too many tries.

    Call it outside of a transaction: a try is counted before the password is looked at and stays counted, and
    the slow look at the password does not hold up everyone who writes. Unknown addresses take the same time.
    """
    mail = rules.clean_mail(mail)
    with transaction():
        numbers = [each.id for each in count_password(mail, network)]
    person = queries.person_with_mail(mail)
    stored = person.password_hash if person is not None and person.is_active else None
    if not passwords.fits(stored, password) or person is None or stored is None:
        raise RuleBroken(WRONG)
    fresh = passwords.hash_of(password) if passwords.is_outdated(stored) else stored
    person_id = person.id
    with transaction():
        person = queries.person(person_id)
        if person.password_hash != stored or not person.is_active:  # changed in the same moment
            raise RuleBroken(WRONG)
        if fresh != stored:
            person.password_hash = fresh
        forget_passwords(mail, network, numbers)
        return start(person, device)


def count_password(mail: str, network: str) -> list[SignInFailure]:
    """Write a try of a password down, by address in this network, by address anywhere, and by network."""
    return [count_try("password of", f"{network} {mail}"), count_try("passwords to", mail),
            count_try("passwords from", network)]


def forget_passwords(mail: str, network: str, numbers: Sequence[int]) -> None:
    """Let somebody whose password was right begin anew; a network's other tries stay counted."""
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.id.in_(numbers)))
    forget_tries("password of", f"{network} {mail}")


def count_try(kind: str, value: str) -> SignInFailure:
    """Write a try down, or refuse it and say how long to wait; a refused one does not count."""
    limit, subject, now = rules.LIMITS[kind], rules.subject_of(kind, value), clock.now()
    if not is_sqlite():  # SQLite's writer's place already keeps others out
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(subject))))
    tries = db.session.scalars(
        sa.select(SignInFailure.at)
        .where(SignInFailure.subject == subject, SignInFailure.at > now - limit.within)
        .order_by(SignInFailure.at)
    ).all()
    rules.demand_patience(tries, limit.free, now)
    row = SignInFailure(subject=subject, at=now)
    db.session.add(row)
    db.session.flush()
    return row


def forget_tries(kind: str, value: str) -> None:
    """Let somebody who was right begin anew."""
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.subject == rules.subject_of(kind, value)))


def start(person: Person, device: str, *, proof: str = "", is_told: bool = True) -> str:
    """Begin a sign-in and return its token, which is stored nowhere but in the browser.

    Somebody who signs in on a kind of device for the first time in months is told by letter.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    is_new = is_told and queries.is_new_device(person.id, device[:120])
    sign_in = SignIn(
        token_hash=queries.token_hash(token), person_id=person.id, device=device[:120], created_at=now,
        seen_at=now, expires_at=now + rules.SIGNED_IN_FOR, proved_at=now if proof else None, proof=proof,
    )
    db.session.add(sign_in)
    db.session.flush()
    if is_new:
        record("account.new_device", person, sign_in)
    return token


def note_use(token: str) -> None:
    """Write down that a sign-in is in use; called seldom, so that reading costs no writing."""
    found = queries.sign_in_of(token)
    if found is not None:
        found.seen_at = clock.now()


def sign_out(token: str) -> None:
    """End the sign-in of a cookie: a copy of it is worth nothing afterwards."""
    found = queries.sign_in_of(token)
    if found is not None:
        found.revoked_at = clock.now()


def revoke(sign_in: SignIn, by) -> None:
    """End one sign-in of one's own, for example on a phone that was lost."""
    if sign_in.person_id != by.id:
        raise RuleBroken(_l("This sign-in is not yours."))
    if sign_in.revoked_at is None:
        sign_in.revoked_at = clock.now()
        record("account.sign_ins_ended", by, sign_in.person, number=1)


def end_others(person: Person, by, *, but: str) -> int:
    """End all sign-ins but the one with this token, and return how many."""
    return end_all(person, by, but=but)


def end_all(person: Person, by, *, but: str = "") -> int:
    """End a person's sign-ins and return how many; `but` is the token of one to keep."""
    ended = [each for each in queries.sign_ins(person.id) if each.token_hash != queries.token_hash(but)]
    for each in ended:
        each.revoked_at = clock.now()
    if ended:
        record("account.sign_ins_ended", by, person, number=len(ended))
    return len(ended)


def forget_old() -> None:
    """Delete tries older than a day, and sign-ins that ended a month ago, by whatever."""
    now = clock.now()
    over = now - rules.KEPT_AFTER_END
    longest = max(limit.within for limit in rules.LIMITS.values())
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.at < now - longest))
    staff = sa.select(RoleGrant.person_id).where(RoleGrant.role.in_(STAFF))
    db.session.execute(sa.delete(SignIn).where(sa.or_(
        SignIn.expires_at < over, SignIn.revoked_at < over, SignIn.seen_at < over - rules.UNUSED_FOR,
        sa.and_(SignIn.person_id.in_(staff), SignIn.seen_at < over - rules.UNUSED_BY_STAFF_FOR),
    )))
