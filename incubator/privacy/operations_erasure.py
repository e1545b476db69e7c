"""Ask to be forgotten, take it back, and carry it out: one transaction, in which everything goes that may go."""

import functools
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person, PublicName
from incubator.dialogue import operations_signup, queries_signup, rules_signup
from incubator.dialogue.models_signup import Signup
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit
from incubator.journal import record
from incubator.privacy import operations_traces, queries_copy, queries_erasure, rules_erasure, store
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.privacy.traces import Whose


def ask(person: Person, by: Any) -> ErasureRequest:
    """Write down that somebody wants to be forgotten; whatever stands in the way is said at once."""
    hold(person)
    if person.erased_at is not None:
        raise RuleBroken(_l("There is nobody here any more."))
    if queries_erasure.request_of(person.id) is not None:
        raise RuleBroken(_l("This was asked for already."))
    rules_erasure.demand_standing(queries_erasure.standing(person))
    now = clock.now()
    request = ErasureRequest(person_id=person.id, asked_at=now, due_on=rules_erasure.due_on(clock.today()))
    db.session.add(request)
    record("erasure.asked", by, request, due_on=request.due_on)
    return request


def take_back(request: ErasureRequest, by: Any) -> None:
    """Let everything stay as it is; possible until it is carried out."""
    rules_erasure.demand_open(hold(request).state)
    _decide(request, ErasureState.WITHDRAWN, by)
    record("erasure.taken_back", by, request)


def carry_out(request: ErasureRequest, by: Any, *, version: int | None = None) -> ErasureRequest:
    """Forget somebody who asked for it; a second person presses the button."""
    seen(request, version, {})
    rules_erasure.demand_open(hold(request).state)
    rules_erasure.demand_second(request.person_id, by)
    person = hold(request.person)
    rules_erasure.demand_standing(queries_erasure.standing(person))
    _decide(request, ErasureState.DONE, by)
    erase(person, by, request)
    return request


def _decide(request: ErasureRequest, state: ErasureState, by: Any) -> None:
    request.state, request.decided_at, request.decided_by_id = state, clock.now(), getattr(by, "id", None)
    db.session.flush()


def erase(person: Person, by: Any, request: ErasureRequest | None = None, *, at: datetime | None = None) -> None:
    """Take away what leads to somebody, and leave a number without a name where something must stay.

    Without a request it is a backup that came back, or the clock after years without a step; `at` is when they were
    forgotten first. Nothing about the person goes into the journal: its entry names the row that is empty now.
    """
    whose = Whose.of(person)
    kept = queries_erasure.preview(whose).kept
    drafts = queries_erasure.drafts_of(person.id)
    _give_places_back(whose.mail)
    _forget_copies(person.id)
    gone = operations_traces.forget(whose, person.name, drafts)
    if request is not None:
        request.kept = kept
        operations_traces.write_last(whose.mail, person.language, f"{request.id}", request=request)
    _empty(person, at or clock.now())
    record("person.erased", by, person, rows=gone)
    operations_traces.note_person(person)


def _empty(person: Person, at: datetime) -> None:
    """Leave the row that others point to; with seal and salt gone the journal leads to nobody."""
    person.seal = person.seal_salt = person.mail = person.password_hash = person.outside_id = None
    person.given_name = person.family_name = ""
    person.public_name_choice, person.language, person.also_reads, person.tours = PublicName.GROUP, "de", [], []
    person.is_active, person.erased_at = False, at
    db.session.flush()
    db.session.expire(person, ["grants"])


def _forget_copies(person_id: int) -> None:
    """Take away the copies of their data that they asked for, once it is certain that they are gone."""
    for key in queries_copy.keys_of(person_id):
        after_commit(functools.partial(store.remove, key))


def _give_places_back(mail: str | None) -> None:
    """Let those move up who wait for a place at a workshop that somebody leaves."""
    if not mail:
        return
    now = clock.now()
    for signup in db.session.scalars(sa.select(Signup).where(
        Signup.mail == mail, Signup.state.in_(queries_signup.HAS_ANSWER),
    ).order_by(Signup.workshop_id)).all():
        if rules_signup.is_ahead(signup.workshop, now):
            operations_signup.cancel(signup.id, None)


def erase_address(mail: str, by: Any, *, language: str) -> int:
    """Forget somebody without an account by the address they wrote from, and return how many rows went or changed."""
    mail = mail.strip().lower()
    whose = Whose(mail=mail)
    if db.session.scalar(sa.select(Person.id).where(Person.mail == mail)) is not None:
        raise RuleBroken(_l("There is an account with this address. Write down the request for it instead."), "mail")
    if queries_erasure.preview(whose).is_empty:
        raise RuleBroken(_l("Nothing is stored under this address."), "mail")
    _give_places_back(mail)
    operations_traces.note_rows(whose)
    gone = operations_traces.forget(whose, "", [])
    operations_traces.write_last(mail, language, f"address-{clock.now():%Y%m%d%H%M%S%f}", request=None)
    if by is not None:
        record("address.erased", by, by, rows=gone)
    return gone
