"""Carry out what a program sent, as a page would: the same form, the same operation, one transaction.

An `Idempotency-Key` is claimed first; what was answered is kept with what was done, so that nothing is done twice.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

import flask
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.api import operations
from incubator.api.answering import answer
from incubator.api.bodies import Body
from incubator.api.models import ApiAnswer, ApiKey
from incubator.api.problems import UNFIT, Problem
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

HEADER = "Idempotency-Key"
LONGEST_WORD = 255
OTHER = _l("This Idempotency-Key was sent with something else before. Take a new one.")
UNDER_WAY = _l("The first try with this Idempotency-Key is still under way.")


@dataclass(frozen=True)
class Told:
    """What is answered to a write."""

    body: dict[str, Any]
    status: int
    headers: dict[str, str]


Tell = Callable[[Any], Told]


def write(
    key: ApiKey, by: Person, body: Body, operation: Callable[..., Any], *args: Any, tell: Tell,
    values: Callable[[Any], dict[str, Any]] = methodcaller("values"),
) -> flask.Response:
    """Do what was sent, or give the answer of the first time."""
    word = _word()
    if word:
        with transaction():
            there = operations.begin_answer(key, word, _hash())
            if there is not None:
                return _again(there)
    try:
        return _done(key, by, body, operation, args, tell, values, word)
    except BaseException:
        if word:
            with transaction():
                operations.drop_answer(key.id, word)
        raise


def _done(
    key: ApiKey, by: Person, body: Body, operation: Any, args: Any, tell: Tell, values: Any, word: str,
) -> flask.Response:
    form, told = body.filled(), list[Told]()

    def act(**fields: Any) -> Any:
        outcome = operation(*args, by, **fields)
        db.session.flush()
        operations.note_origin(key, by)
        told.append(tell(outcome))
        if word:
            said = told[0]
            operations.keep_answer(key, word, said.status, said.headers, flask.json.dumps(said.body))
        return outcome

    if not (form.submitted() and form.carry_out(act, **values(form))):
        raise Problem(422, errors=body.errors(form))
    return answer(told[0].body, told[0].status, **told[0].headers)


def _word() -> str:
    word = flask.request.headers.get(HEADER, "")
    if len(word) > LONGEST_WORD or not word.isascii() or not word.isprintable() or (HEADER in flask.request.headers
                                                                                   and not word):
        raise Problem(422, errors=[(HEADER, UNFIT)])
    return word


def _hash() -> str:
    request = flask.request
    whole = b"\n".join([request.method.encode(), request.path.encode(), request.get_data(cache=True)])
    return hashlib.sha256(whole).hexdigest()


def _again(there: ApiAnswer) -> flask.Response:
    if there.request_hash != _hash():
        raise Problem(422, OTHER, errors=[(HEADER, OTHER)])
    if there.status is None:
        raise Problem(409, UNDER_WAY, headers={"Retry-After": "1"})
    return answer(flask.json.loads(there.body), there.status, **there.headers, **{"Idempotency-Replayed": "true"})
