"""Ask the machine for what is missing in a language; the button is there only where a machine is."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from incubator.access import guard
from incubator.foundation.forms import me
from incubator.policy import Act
from incubator.translating import operations_machine
from incubator.translating.forms import AllForm
from incubator.translating.jobs import engine
from incubator.translating.routes_frame import bp, flash_problems, language_or_404


@bp.post("/desk/translations/<string:code>/machine")
@guard(Act.MANAGE_TRANSLATIONS)
def ask_machine(code: str) -> ResponseReturnValue:
    language_or_404(code)
    if engine() is None:
        flask.abort(404)
    form = AllForm()
    if form.submitted() and form.carry_out(operations_machine.ask, code, me()):
        number = form.outcome if isinstance(form.outcome, int) else 0
        flask.flash(ngettext("The machine was asked for one text.", "The machine was asked for %(num)s texts.", number))
    flash_problems(form)
    return flask.redirect(flask.url_for("translating.queue", code=code), 303)
