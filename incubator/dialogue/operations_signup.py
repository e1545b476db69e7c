"""Ask for a place at a workshop, confirm it, change it and give it back; whoever waits moves up."""

import secrets
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.operations_sign_in import count_try
from incubator.dialogue import queries_signup, rules_signup
from incubator.dialogue.models import Workshop
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.foundation import clock
from incubator.foundation.database import db, hold, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters.models import Letter, LetterState


def ask(
    workshop: Workshop, *, mail: str, language: str, network: str, name: str = "", people: int = 1, children: int = 0,
    interpreter: str = "",
) -> None:
    """Write to an address whether it wants to come; the same happens whether it is known or not.

    Who has a place or waits for one keeps it as it is, and gets the letter with their own link once more.
    """
    mail = mail.strip().lower()
    count_try("sign-up to", mail)
    count_try("sign-up from", network)
    hold(workshop)
    rules_signup.demand_open(workshop, clock.now())
    wanted = rules_signup.needed(workshop, people, children, interpreter)
    signup = queries_signup.of_address(workshop.id, mail)
    if signup is None or signup.state not in queries_signup.HAS_ANSWER:
        signup = _written(signup, workshop, mail, wanted | {"name": name, "language": language})
    record("signup.asked", None, signup, workshop=workshop.id, state=signup.state)


def _written(signup: Signup | None, workshop: Workshop, mail: str, fields: dict[str, Any]) -> Signup:
    """Note what somebody wants who has no place and waits for none, as if they asked for the first time."""
    if signup is None:
        signup = Signup(workshop_id=workshop.id, mail=mail, salt=secrets.token_hex(16))
        db.session.add(signup)
    for field, value in fields.items():
        setattr(signup, field, value)
    signup.state, signup.asked_at = SignupState.ASKED, clock.now()
    signup.confirmed_at = signup.ended_at = None
    db.session.flush()
    return signup


def confirm(signup_id: int) -> Signup:
    """Give a place, or one on the waiting list; confirming twice changes nothing."""
    signup = _held(signup_id)
    if signup.state in queries_signup.HAS_ANSWER:
        return signup
    if signup.state is SignupState.CANCELLED:
        raise RuleBroken(rules_signup.GONE)
    rules_signup.demand_open(signup.workshop, clock.now())
    _let_in(signup, None)
    return signup


def enter(
    workshop: Workshop, by, *, mail: str, language: str, name: str = "", people: int = 1, children: int = 0,
    interpreter: str = "",
) -> Signup:
    """Write down somebody who asked the office: they said yes already, and get the letter with their own link."""
    hold(workshop)
    rules_signup.demand_ahead(workshop, clock.now())
    wanted = rules_signup.needed(workshop, people, children, interpreter)
    signup = queries_signup.of_address(workshop.id, mail)
    if signup is not None and signup.state in queries_signup.HAS_ANSWER:
        raise RuleBroken(_l("This address is on the list already."), "mail")
    signup = _written(signup, workshop, mail, wanted | {"name": name, "language": language})
    _let_in(signup, by)
    return signup


def change(signup_id: int, *, people: int, children: int = 0, interpreter: str = "") -> Signup:
    """Change how many come and what they need; fewer people make room for those who wait."""
    signup = _held(signup_id)
    _demand_answer(signup)
    workshop = signup.workshop
    rules_signup.demand_ahead(workshop, clock.now())
    wanted = rules_signup.needed(workshop, people, children, interpreter)
    if signup.state is SignupState.COMING:
        seats = queries_signup.seats(workshop.id, workshop.places)
        rules_signup.demand_room(people - signup.people, seats.free)
    for field, value in wanted.items():
        setattr(signup, field, value)
    record("signup.changed", None, signup, workshop=workshop.id)
    move_up(workshop, None)
    return signup


def cancel(signup_id: int, by) -> Signup:
    """Give a place back, or leave the waiting list; whoever waits longest and fits moves up."""
    signup = _held(signup_id)
    _demand_answer(signup)
    rules_signup.demand_ahead(signup.workshop, clock.now())
    signup.state, signup.ended_at = SignupState.CANCELLED, clock.now()
    record("signup.cancelled", by, signup, workshop=signup.workshop_id)
    move_up(signup.workshop, by)
    return signup


def move_up(workshop: Workshop, by) -> None:
    """Give what is free to those who wait, and tell them; the workshop must be held. Nobody ever loses a place."""
    if rules_signup.is_ahead(workshop, clock.now()):
        for signup in _fill(workshop):
            record("signup.moved_up", by, signup, workshop=workshop.id)


def forget_old() -> None:
    """Delete rows whose time is over with every letter to them, and letters that arrived a month ago."""
    now = clock.now()
    numbers = queries_signup.to_forget(now)
    for number in numbers:
        db.session.execute(sa.delete(Letter).where(Letter.key.startswith(f"{queries_signup.PREFIX}{number}:")))
    db.session.execute(sa.delete(Signup).where(Signup.id.in_(numbers)))
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(queries_signup.PREFIX), Letter.state.in_((LetterState.SENT, LetterState.FAILED)),
        Letter.written_at < now - rules_signup.LETTERS_KEPT))


def _held(signup_id: int) -> Signup:
    """Hold the workshop and then the row, so that two who want the last place come one after the other."""
    workshop_id = db.session.scalar(sa.select(Signup.workshop_id).where(Signup.id == signup_id))
    if workshop_id is not None:
        hold(db.session.get_one(Workshop, workshop_id))
    signup = db.session.get(Signup, signup_id, populate_existing=True, with_for_update=not is_sqlite())
    if signup is None:
        raise RuleBroken(rules_signup.GONE)
    return signup


def _demand_answer(signup: Signup) -> None:
    if signup.state not in queries_signup.HAS_ANSWER:
        raise RuleBroken(rules_signup.GONE)


def _let_in(signup: Signup, by) -> None:
    """Put somebody at the end of the waiting list and fill what is free: whoever fits has a place at once."""
    signup.state, signup.confirmed_at = SignupState.WAITING, clock.now()
    db.session.flush()
    moved = _fill(signup.workshop)
    record("signup.confirmed", by, signup, workshop=signup.workshop_id, state=signup.state)
    for each in moved:
        if each is not signup:
            record("signup.moved_up", by, each, workshop=each.workshop_id)


def _fill(workshop: Workshop) -> list[Signup]:
    db.session.flush()
    waiting = {each.id: each for each in queries_signup.waiting(workshop.id)}
    taken = queries_signup.seats(workshop.id, workshop.places).taken
    people = [(each.id, each.people) for each in waiting.values()]
    moved = [waiting[number] for number in rules_signup.moves_up(workshop.places, taken, people)]
    for each in moved:
        each.state = SignupState.COMING
    db.session.flush()
    return moved
