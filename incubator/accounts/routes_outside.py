"""Signing in through the city's own directory, where one is set up."""

import logging

import flask
import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import public
from incubator.accounts import operations_outside, outside
from incubator.accounts.models import SignInFailure
from incubator.accounts.operations_sign_in import count_try
from incubator.accounts.routes_frame import begin, bp, device, network
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction

log = logging.getLogger(__name__)
BACK = "/sign-in/outside/back"  # set in the directory without a language; whoever comes back is led to theirs


def _demand_on() -> None:
    if not outside.is_on():
        flask.abort(404)


def _sorry(sentence: object, status: int) -> tuple[str, int]:
    return flask.render_template("accounts/outside_refused.html", sentence=sentence), status


def _silent() -> tuple[str, int]:
    return _sorry(_("The city’s sign-in does not answer. Please try again in a few minutes."), 503)


@bp.get("/sign-in/outside")
@public
def outside_ask() -> ResponseReturnValue:
    """Lead the browser there. A link and no form: our policy lets no form lead away from us."""
    _demand_on()
    try:
        answer: ResponseReturnValue = outside.ask(flask.current_app.config["BASE_URL"] + BACK)
    except outside.Unreachable:
        log.warning("the directory does not answer", exc_info=True)
        return _silent()
    return answer


@bp.get(BACK)
@public
def outside_back() -> ResponseReturnValue:
    """Take in who comes back with an answer that holds."""
    _demand_on()
    try:
        with transaction():
            number = count_try("outside from", network()).id
        known = outside.answer()
        with transaction():
            token = operations_outside.enter(known, device())
            db.session.execute(sa.delete(SignInFailure).where(SignInFailure.id == number))
    except RuleBroken as broken:
        return _sorry(broken.sentence, 403)
    except outside.Refused as refused:
        log.warning("an answer of the directory was refused: %s", refused)
        return _sorry(_("The answer of the city’s sign-in could not be checked. Please try once more."), 400)
    except outside.Unreachable:
        log.warning("the directory does not answer", exc_info=True)
        return _silent()
    return begin(token)
