"""Who asks with a key, and whether they may: the key holds, it has the scope, and the policy lets its person."""

import functools
from collections.abc import Callable
from typing import Any

import flask
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import object_session

from incubator.accounts.models import Person
from incubator.accounts.routes_frame import network
from incubator.api import limits, operations, queries, rules
from incubator.api.answering import WRITE
from incubator.api.models import ApiKey
from incubator.api.problems import Problem
from incubator.foundation import clock, language
from incubator.foundation.origin import from_anywhere
from incubator.foundation.transaction import transaction
from incubator.policy import Act, allows
from incubator.policy_fresh import FRESH
from incubator.projects.lifecycle import PUBLIC

View = Callable[..., flask.Response]
NO_KEY = _l("Send a key that holds, like this: “Authorization: Bearer inc_…”. You make one in your account.")
NO_SCOPE = _l("This key was not made for that. Make one that may do it.")
NOT_YOU = _l("You may not do that here, so your key may not, either.")


def keyed(act: Act, scope: rules.Scope | None, **loader: Callable[[Any], Any]) -> Callable[[View], View]:
    """Let in whoever comes with a key of that scope and may do the act; at most one loader turns a part into a thing.

    What is proved anew each time can never be done with a key.
    """
    if act in FRESH:
        raise ValueError(f"{act} asks for a person")

    def load(values: dict[str, Any]) -> Any:
        for name, find in loader.items():
            part = next(each for each in (f"{name}_id", "slug") if each in values)
            values[name] = found = _found(find, values.pop(part))
            return found
        return None

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*given: Any, **values: Any) -> flask.Response:
            key = _key_of_request(scope)
            subject = load(values)
            if not allows(act, flask.g._login_user, subject):
                _refuse(subject)
            return view(*given, key=key, **values)

        guarded.act, guarded.load, guarded.is_by_key = act, load, True  # type: ignore[attr-defined]
        return from_anywhere(guarded)

    return decorate


def person() -> Person:
    """Return whose key it is; as a row, for operations."""
    found: Person = flask.g._login_user
    return found


def _key_of_request(scope: rules.Scope | None) -> ApiKey:
    given = flask.request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    found, limit = queries.key_of(token or ""), flask.current_app.config["API_WRITES_PER_MINUTE"]
    if found is None:
        limits.spend(WRITE, f"strangers of {network()}", limit)
        raise Problem(401, NO_KEY, headers={"WWW-Authenticate": "Bearer"})
    key, whose = found
    limits.spend(WRITE, str(key.id), limit)
    flask.g._login_user = whose
    _speak_with(whose)
    if scope is not None and scope.value not in key.scopes:
        raise Problem(403, NO_SCOPE, headers={
            "WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope.value}"'})
    if key.used_at is None or key.used_at <= clock.now() - rules.NOTED_EVERY:
        with transaction():
            operations.note_use(key)
    return key


def _speak_with(whose: Person) -> None:
    """Speak the person's language to a program that asks for none."""
    if flask.request.args.get("lang", "") not in language.BY_CODE and not flask.request.accept_languages:
        flask.g.language = language.named(whose.language)
        refresh()


def _found(find: Callable[[Any], Any], value: Any) -> Any:
    try:
        found = find(value)
    except NoResultFound:
        found = None
    if found is None:
        raise Problem(404)
    return found


def _refuse(subject: Any) -> None:
    """Say no; of what the public does not know not even that it is there."""
    project = getattr(subject, "project", subject)
    if object_session(project) is None or project.status in PUBLIC:
        raise Problem(403, NOT_YOU)
    raise Problem(404)
