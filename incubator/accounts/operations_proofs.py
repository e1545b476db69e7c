"""Add and remove second proofs."""

from collections.abc import Sequence
from datetime import datetime

import pyotp
import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import passkeys, queries, queries_proofs, rules, rules_proofs
from incubator.accounts.models import Person, TicketKind
from incubator.accounts.models_proofs import Challenge, CodeApp, Passkey, RecoveryCode
from incubator.accounts.operations_people import end_links
from incubator.accounts.operations_prove import APP, MAKING, NO_PASSKEY, WRONG_CODE, answered, fits, marked, read
from incubator.accounts.operations_sign_in import end_all
from incubator.accounts.operations_tickets import open_for
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import record


def begin_app(person: Person) -> None:
    """Make a secret for an app; it counts once a first code of it was typed."""
    app = queries_proofs.code_app(hold(person).id)
    if app is not None and app.confirmed_at is not None:
        raise RuleBroken(_l("An app is set up already. Remove it first if you want to set up another one."))
    if app is None:
        app = CodeApp(person_id=person.id)
        db.session.add(app)
    app.secret, app.last_step, app.made_at = at_rest.close(APP, pyotp.random_base32()), 0, clock.now()


def confirm_app(person: Person, code: str) -> str:
    """Let the app count; return the cookie's token."""
    token = person.token
    app = queries_proofs.code_app(person.id)
    if app is None or hold(app).confirmed_at is not None:
        raise RuleBroken(_l("Please begin anew: this app is not waiting for its first code."))
    if not fits(app, rules_proofs.clean_code(code)):
        raise RuleBroken(WRONG_CODE, "code")
    app.confirmed_at = clock.now()
    return _added(person, "code_app", token)


def add_passkey(person: Person, answer: str, asked_token: str, *, name: str, device: str) -> str:
    """Keep the passkey a device has made; return the cookie's token. Call it outside of a transaction."""
    token, asked = person.token, answered(asked_token, MAKING, person)
    with transaction():
        try:
            passkey = passkeys.made(read(answer), asked)
        except passkeys.NotAccepted:
            raise RuleBroken(NO_PASSKEY) from None
        held = queries_proofs.passkeys(hold(person).id)
        if queries_proofs.passkey_of(passkey.credential) is not None or len(held) >= rules_proofs.MOST_PASSKEYS:
            raise RuleBroken(NO_PASSKEY)
        passkey.person_id, passkey.made_at = person.id, clock.now()
        passkey.name = rules_proofs.clean_name(name, device or f"{len(held) + 1}")
        db.session.add(passkey)
        return _added(person, "passkey", token)


def _added(person: Person, proof: str, token: str) -> str:
    """Whoever adds a proof has just given it; all other sign-ins end."""
    end_all(person, person, but=token)
    record("account.proof_added", person, person, proof=proof)
    return marked(token, proof)


def remove_passkey(passkey: Passkey, person: Person, mode: str) -> None:
    _demand_left(person, mode)
    db.session.delete(hold(passkey))
    _removed(person, "passkey")


def remove_app(person: Person, mode: str) -> None:
    app = queries_proofs.code_app(person.id)
    if app is None or app.confirmed_at is None:
        raise RuleBroken(_l("No app is set up."))
    _demand_left(person, mode)
    db.session.delete(hold(app))
    _removed(person, "code_app")


def _demand_left(person: Person, mode: str) -> None:
    must_have = rules_proofs.must_have_second(mode, hold(person).roles)
    rules_proofs.demand_one_left(queries_proofs.proofs(person.id).number - 1, must_have)


def _removed(person: Person, proof: str) -> None:
    """Codes on paper stand in for a proof: they go with the last one."""
    db.session.flush()
    if not queries_proofs.has_any(person.id):
        db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    end_all(person, person, but=person.token)
    record("account.proof_removed", person, person, proof=proof)


def keep_codes(person: Person, hashes: Sequence[str]) -> None:
    """Keep the hashes of new codes on paper; older codes fit no more."""
    if not queries_proofs.has_any(hold(person).id):
        raise RuleBroken(_l("Codes on paper stand in for a lost device. Add a passkey or an app first."))
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.add_all([RecoveryCode(person_id=person.id, code_hash=each, made_at=clock.now()) for each in hashes])
    record("account.recovery_codes_made", person, person)


def break_glass(mail: str, reason: str) -> tuple[str, datetime]:
    """Take all second proofs from somebody who lost them; return a token that signs in once, and until when.

    Only who runs the program on its machine can do that; every administrator is told by letter.
    """
    person = queries.person_with_mail(mail)
    if person is None or not hold(person).is_active:
        raise RuleBroken(_l("Nobody with this mail address has an open account."))
    for table in (Passkey, CodeApp, RecoveryCode, Challenge):
        db.session.execute(sa.delete(table).where(table.person_id == person.id))
    end_links(person)
    end_all(person, None)
    ticket, token = open_for(person, TicketKind.SIGN_IN, person.mail, rules.VALID_FOR[TicketKind.SIGN_IN])
    record("account.glass_broken", None, person, reason=reason)
    return token, ticket.expires_at


def forget_challenges() -> None:
    db.session.execute(sa.delete(Challenge).where(Challenge.expires_at < clock.now()))
