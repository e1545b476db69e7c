"""Letters to those who sign up for workshops, and the clock that reminds and forgets."""

from typing import Any

import flask

from incubator import letters
from incubator.dialogue import operations_signup, queries_signup, rules_signup
from incubator.dialogue.models import Workshop
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, now_and_then
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.letters.operations import on_refusal
from incubator.wording.queries import words

ANSWERS = {SignupState.ASKED: "workshop_confirm", SignupState.COMING: "workshop_place",
           SignupState.WAITING: "workshop_waiting"}
AT_ONCE = 100


def _write(signup: Signup, template: str, what: str, **context: Any) -> None:
    """Write to somebody in their language, once for each `what`; their own link comes with every letter."""
    workshop, code = signup.workshop, signup.language
    said = words(code, {"workshop": [workshop.id]})
    title = said.of("workshop", workshop.id, "title", workshop.title, workshop.language)
    reason = said.of("workshop", workshop.id, "summary", workshop.summary, workshop.language)
    letters.write(
        signup.mail, template, key=f"{queries_signup.PREFIX}{signup.id}:{what}", language=code,
        signup=signup, workshop=workshop, title=title, reason=reason,
        token=rules_signup.token(flask.current_app.config["SECRET_KEY"], signup.id, signup.salt), **context,
    )


@on("signup.asked", "signup.confirmed")
def answer(entry: Entry) -> None:
    """Ask for the yes, or say what somebody has; who has gone on in the meantime hears of that in another letter."""
    signup = db.session.get(Signup, entry.subject_id)
    if signup is not None and signup.state in ANSWERS and entry.data["state"] == signup.state:
        position = queries_signup.position(signup) if signup.state is SignupState.WAITING else 0
        _write(signup, ANSWERS[signup.state], f"answer-{entry.id}", position=position)


@on("signup.moved_up")
def tell_moved_up(entry: Entry) -> None:
    signup = db.session.get(Signup, entry.subject_id)
    if signup is not None and signup.state is SignupState.COMING:
        _write(signup, "workshop_moved_up", f"moved-{entry.id}")


@on("signup.cancelled")
def tell_cancelled(entry: Entry) -> None:
    signup = db.session.get(Signup, entry.subject_id)
    if signup is not None and signup.state is SignupState.CANCELLED:
        _write(signup, "workshop_given_back", f"given-back-{entry.id}")


@on("workshop.changed")
def tell_changed(entry: Entry) -> None:
    """Tell of another time or another place; other words on its page are no news."""
    if entry.data.get("moved"):
        _tell_all(entry, "workshop_changed")


@on("workshop.cancelled")
def tell_called_off(entry: Entry) -> None:
    _tell_all(entry, "workshop_cancelled")


def _tell_all(entry: Entry, template: str) -> None:
    workshop = db.session.get(Workshop, entry.subject_id)
    if workshop is not None:
        for signup in queries_signup.with_answer(workshop.id):
            _write(signup, template, f"{template}-{entry.id}")


@every_tick
def remind() -> None:
    """Remind whoever has a place two days before, a few in each transaction; the letter's key keeps it to once."""
    db.session.rollback()
    due = queries_signup.to_remind(clock.now())
    for first in range(0, len(due), AT_ONCE):
        with transaction():
            for number in due[first:first + AT_ONCE]:
                signup = db.session.get(Signup, number)
                if signup is not None and signup.state is SignupState.COMING:
                    _write(signup, "workshop_reminder", queries_signup.REMINDED)


@now_and_then
def forget_old() -> None:
    operations_signup.forget_old()


@on_refusal
def forget_words(letter: Letter) -> None:
    """Forget what a letter said that a mail server refused: it holds a link."""
    if letter.key.startswith(queries_signup.PREFIX):
        letter.text = ""
