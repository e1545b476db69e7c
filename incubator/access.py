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
Asker = Callable[[Act], "flask.typing.ResponseReturnValue | None"]


def may(act: Act, subject: Any = None) -> bool:
    return allows(act, current_user, subject)


def may_open(endpoint: str, subject: Any = None) -> bool:
    """Say whether the page exists and its guard would let this person in; for links that show only then."""
    view = flask.current_app.view_functions.get(endpoint)
    act = getattr(view, "act", None)
    return may(act, subject) if act else hasattr(view, "is_public")


def may_visit(endpoint: str, **values: Any) -> bool:
    """Say whether the page at this address would let this person in; its guard is asked with the thing it loads.

    For links between rooms: what lies below cannot load what lies above, and what it holds may know too little.
    """
    view = flask.current_app.view_functions.get(endpoint)
    if not hasattr(view, "act"):
        return hasattr(view, "is_public")
    try:
        subject = view.load(values)  # type: ignore[union-attr]
    except NotFound:
        return False
    return may(view.act, subject)  # type: ignore[union-attr]


def guard(act: Act, *, hidden: bool = False, **loader: Callable[[Any], Any]) -> Callable[[View], View]:
    """Let only those in whom the policy allows; at most one loader turns the address's part into the thing.

    `@guard(Act.X, milestone=queries.milestone)` takes `<int:milestone_id>` (or `<…:milestone>`) from the address and
    hands the view `milestone`. Strangers are sent to sign in; missing things are 404; others get 403, or 404 where
    `hidden` says that even the existence is not theirs to know.
    """

    def load(values: dict[str, Any]) -> Any:
        """Put the thing into the values of the address in place of its part, and return it."""
        subject = None
        for name, find in loader.items():
            subject = values[name] = _found(find, _taken(values, name))
        return subject

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**values: Any) -> flask.typing.ResponseReturnValue:
            if not current_user.is_authenticated:  # before anything is looked up: strangers learn nothing from a 404
                return _turn_away(hidden)
            subject = load(values)
            if not may(act, subject):
                return _turn_away(hidden)
            return _asked_first(act) or view(**values)

        guarded.act, guarded.load = act, load  # type: ignore[attr-defined]
        return guarded

    return decorate


def on_doubt(app: flask.Flask, ask: Asker) -> None:
    """Let a room decide whether somebody must first prove once more that it is they, and how that is asked."""
    app.extensions["asks_for_proof"] = ask


def _asked_first(act: Act) -> flask.typing.ResponseReturnValue | None:
    """Return the question that stands before the page, None without a doubt; policy_fresh.py says what weighs."""
    ask: Asker | None = flask.current_app.extensions.get("asks_for_proof")
    return ask(act) if ask else None


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
        rule = flask.request.url_rule
        if rule is not None and "GET" in (rule.methods or ()):  # a form too: what was typed is put back on its page
            flask.session["next"] = flask.request.full_path.rstrip("?")
        return flask.redirect(flask.url_for("accounts.sign_in"), 303)
    raise NotFound() if hidden else Forbidden()
