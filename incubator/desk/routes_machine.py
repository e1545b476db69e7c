"""How the machine is, for those who look after it; and what became of letters that did not leave."""

from collections.abc import Callable

import flask
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.routes_frame import flash_problems
from incubator.desk import queries_house, queries_machine
from incubator.foundation.forms import Form, me, page
from incubator.letters import operations_mend
from incubator.letters.models import Letter
from incubator.letters.queries_undelivered import letter as load
from incubator.policy import Act

bp = flask.Blueprint("machine", __name__)
ADDRESS = "/desk/machine/letters/<int:letter_id>"


@bp.get("/desk/machine")
@guard(Act.SEE_MACHINE)
def show() -> flask.typing.ResponseReturnValue:
    config = flask.current_app.config
    return page(
        "desk/machine.html", it=queries_machine.machine(config["INSTANCE"]), letters=queries_machine.letters(),
        failing=queries_machine.failing(), alarms=queries_house.alarms(config["INSTANCE"], config["REDIS_URL"]),
        cache=queries_machine.page_cache() if config["PAGE_CACHE_MB"] else None, has_redis=bool(config["REDIS_URL"]),
        has_mail=bool(config["SMTP_URL"]),
    )


@bp.post(f"{ADDRESS}/again")
@guard(Act.MEND_LETTERS, letter=load)
def send_again(letter: Letter) -> flask.typing.ResponseReturnValue:
    return _carried_out(operations_mend.send_again, letter, _(
        "The letter is tried again within seconds. If it does not leave, it comes back to this page."))


@bp.post(f"{ADDRESS}/give-up")
@guard(Act.MEND_LETTERS, letter=load)
def give_up(letter: Letter) -> flask.typing.ResponseReturnValue:
    return _carried_out(operations_mend.give_up, letter, _("The letter is given up: it will not be sent any more."))


def _carried_out(operation: Callable[..., object], letter: Letter, said: str) -> flask.typing.ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operation, letter, me()):
        flask.flash(said)
    flash_problems(form)
    return flask.redirect(flask.url_for("machine.show"), 303)
