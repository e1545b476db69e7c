"""Sign in whom the city's own sign-in knows. Nobody gets an account by it."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts import queries
from incubator.accounts.models import Person
from incubator.accounts.operations_sign_in import start
from incubator.accounts.outside import Known
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record

PROOF = "outside"
NOT_KNOWN = _l(
    "The city’s sign-in knows you, but there is no account here that belongs to you. Accounts are made by invitation: "
    "ask the coordination."
)


def enter(known: Known, device: str) -> str:
    """Return the token for the cookie; refused where no open account belongs to who was named."""
    person = db.session.scalar(sa.select(Person).where(Person.outside_id == known.id)) or _met(known)
    if person is None or not person.is_active or person.erased_at is not None:
        raise RuleBroken(NOT_KNOWN)
    token = start(person, device)
    found = queries.sign_in_of(token)
    if known.proved_at is not None and found is not None:
        found.proved_at, found.proof = known.proved_at, PROOF
    return token


def _met(known: Known) -> Person | None:
    """Return whose account it is by the verified mail address, and remember who they are there.

    Only the first time: an account that belongs to somebody there already is not given to who has its address now.
    """
    person = queries.person_with_mail(known.mail) if known.mail else None
    if person is None or not hold(person).is_active or person.outside_id is not None:
        return None
    person.outside_id = known.id
    record("account.outside_joined", person, person)
    return person
