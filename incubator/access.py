"""How routes and templates ask the policy."""

import functools
from collections.abc import Callable
from typing import Any

import flask
from flask_login import current_user
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import Forbidden, NotFound

from incubator.policy import Act, allows

View = Callable[..., flask.typing.ResponseReturnValue]


def may(act: Act, subject: Any = None) -> bool:
    return allows(act, current_user, subject)


def may_open(endpoint: str, subject: Any = None) -> bool:
    """Say whether the page exists and its guard would let this person in; for links that show only then."""
    view = flask.current_app.view_functions.get(endpoint)
    act = getattr(view, "act", None)
    return may(act, subject) if act else hasattr(view, "is_public")


def guard(act: Act, *, hidden: bool = False, **loader: Callable[[Any], Any]) -> Callable[[View], View]:
    """Let only those in whom the policy allows; at most one loader turns the address's part into the thing.

    `@guard(Act.X, milestone=queries.milestone)` takes `<int:milestone_id>` (or `<…:milestone>`) from the address and
    hands the view `milestone`. Strangers are sent to sign in; missing things are 404; others get 403, or 404 where
    `hidden` says that even the existence is not theirs to know.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**values: Any) -> flask.typing.ResponseReturnValue:
            if not current_user.is_authenticated:  # before anything is looked up: strangers learn nothing from a 404
                return _turn_away(hidden)
            subject = None
            for name, load in loader.items():
                subject = values[name] = _found(load, _taken(values, name))
            if not may(act, subject):
                return _turn_away(hidden)
            return view(**values)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Say that everyone may see this, and mean it."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def _taken(values: dict[str, Any], name: str) -> Any:
    for key in (f"{name}_id", f"{name}_slug", f"{name}_key", "slug", name):
        if key in values:
            return values.pop(key)
    raise KeyError(name)


def _found(load: Callable[[Any], Any], value: Any) -> Any:
    try:
        subject = load(value)
    except NoResultFound:
        raise NotFound() from None
    if subject is None:
        raise NotFound()
    return subject


def _turn_away(hidden: bool) -> flask.typing.ResponseReturnValue:
    if not current_user.is_authenticated:
        if flask.request.method == "GET":
            flask.session["next"] = flask.request.full_path.rstrip("?")
        return flask.redirect(flask.url_for("accounts.sign_in"), 303)
    raise NotFound() if hidden else Forbidden()
