"""The frame of the room's pages: their blueprint, and pages that ask once more before something is done."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from incubator.foundation.forms import ActForm, me, page
from incubator.programme.models import Round

bp = Blueprint("selection", __name__)


def confirm(
    operation: Callable[..., Any], subject: Any, round_: Round, *, title: str, text: str, button: str, done: str,
    back: str, about: str = "",
) -> ResponseReturnValue:
    """Ask once more, do it, and lead back; `back` is the page of the round that this belongs to."""
    form, leads_to = ActForm(), url_for(f"selection.{back}", round_id=round_.id)
    if form.submitted() and form.carry_out(operation, subject, me()):
        flash(done)
        return redirect(leads_to, 303)
    return page("selection/confirm.html", form, round=round_, title=title, text=text, button=button, back=leads_to,
                about=about)
