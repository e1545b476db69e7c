"""What the log says of those who were turned away: for whoever looks for attacks, without names and without secrets.

One line for each: the status, the method, the name of the page (never its address: that may hold a secret link) and
the number of who asked, if somebody was signed in. When it was, and from where, the web server in front says.
"""

import logging

import flask

log = logging.getLogger(__name__)
TURNED_AWAY = (400, 401, 403, 413, 429)
DOOR = "accounts"  # what is refused here was a password, a code or a link that did not fit


def is_refusal(status: int, *, signed_in: bool, guarded: bool, at_the_door: bool) -> bool:
    """Say whether an answer turned somebody away; behind a hidden page a 404 says so too."""
    return status in TURNED_AWAY or (status == 404 and signed_in and guarded) or (status == 422 and at_the_door)


def _note(response: flask.Response) -> flask.Response:
    request, person = flask.request, flask.g.get("_login_user")  # whom Flask-Login has looked up, if it had to
    number = getattr(person, "id", None)
    view = flask.current_app.view_functions.get(request.endpoint or "")
    if is_refusal(response.status_code, signed_in=number is not None, guarded=hasattr(view, "act"),
                  at_the_door=request.blueprint == DOOR):
        log.warning("turned away: status=%d method=%s page=%s person=%s", response.status_code,
                    request.method if request.method.isalpha() else "?", request.endpoint or "none", number or "nobody")
    return response


def set_up(app: flask.Flask) -> None:
    app.after_request(_note)
