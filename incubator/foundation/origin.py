"""Where a request comes from: what changes something is taken from our own pages only, beside the token of its form."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import flask
from flask_babel import gettext as _

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
OURS = ("same-origin", "none")  # “none”: a person's own doing, such as loading a page anew
V = TypeVar("V", bound=Callable[..., Any])


def from_anywhere(view: V) -> V:
    """Say of a view that programs of others send to it: mail programs, and browsers by themselves."""
    view.is_from_anywhere = True  # type: ignore[attr-defined]
    return view


def is_ours(request: flask.Request) -> bool:
    """Say whether a request comes from a page of ours, or from a program that tells nothing of pages.

    Browsers that are older than `Sec-Fetch-Site` name the origin. “null” is what they say where a page hides itself:
    then the token alone decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("Origin", "null")
    base = urlsplit(flask.current_app.config["BASE_URL"]).netloc
    return origin == "null" or _netloc(origin) in (base.lower(), request.host.lower())


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _refuse_foreign() -> flask.typing.ResponseReturnValue | None:
    request = flask.request
    if request.method in SAFE or request.endpoint is None or is_ours(request):
        return None
    if getattr(flask.current_app.view_functions[request.endpoint], "is_from_anywhere", False):
        return None
    sentence = _("This was sent by a page that is not ours, so nothing was changed. Please begin on our own pages.")
    return flask.render_template("errors/error.html", code=400, text=sentence), 400


def set_up(app: flask.Flask) -> None:
    app.before_request(_refuse_foreign)
