"""The blueprint of the moderation, and how one button acts."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.foundation.forms import Form

bp = flask.Blueprint("boards", __name__)


def wants_json() -> bool:
    return bool(flask.request.accept_mimetypes.best == "application/json")


def press(
    form: Form, operation: Callable[..., Any], *args: Any, back: str, said: str = "", **values: Any
) -> ResponseReturnValue:
    """Carry out what one button does and lead back; a script gets 204, or the sentence that says what is wrong."""
    done = form.submitted() and form.carry_out(operation, *args, **values)
    problem = "" if done else " ".join(str(each) for each in form.form_errors) or _("Please try again.")
    if wants_json():
        return ({"problem": problem}, 422) if problem else ("", 204)
    if problem or said:
        flask.flash(problem or said, "warning" if problem else "success")
    return flask.redirect(back, 303)
