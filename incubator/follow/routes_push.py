"""A browser asks to be told. Whoever knows a device's secret address speaks for it: nothing else is needed or sent."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.accounts import rules as accounts
from incubator.follow import operations_push, queries_push
from incubator.follow.forms import DeviceForm, RenewForm
from incubator.follow.routes_mail import wanted
from incubator.foundation import language
from incubator.foundation.addresses import asked_text
from incubator.foundation.forms import Form
from incubator.foundation.origin import from_anywhere

bp = flask.Blueprint("push", __name__)
worker = flask.Blueprint("worker", __name__)


def _demand_on() -> None:
    if not flask.current_app.config["VAPID_KEY"]:
        flask.abort(404)


def _answer(form: Form, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> ResponseReturnValue:
    """Carry something out for a script: 204, or the sentence that says what is wrong."""
    if form.submitted() and form.carry_out(operation, *args, **kwargs):
        return "", 204
    problems = [str(each) for field in form for each in field.errors] + [str(each) for each in form.form_errors]
    return {"problem": " ".join(problems)}, 422


@bp.post("/follow/device")
@public
def begin() -> ResponseReturnValue:
    _demand_on()
    config, form = flask.current_app.config, DeviceForm()
    return _answer(
        form, operations_push.begin, wanted(), language=language.current().code, hosts=config["PUSH_HOSTS"],
        network=accounts.network_of(flask.request.remote_addr), **form.values())


@bp.post("/follow/device/state")
@public
def state() -> ResponseReturnValue:
    _demand_on()
    return {"follows": queries_push.follows(DeviceForm().endpoint.data or "", wanted())}


@bp.post("/follow/device/stop")
@public
def stop() -> ResponseReturnValue:
    """End what the address names, or everything with `?all=yes`."""
    _demand_on()
    form = DeviceForm()
    with_all = asked_text("all", 3) == "yes"
    return _answer(form, operations_push.end, form.endpoint.data or "", None if with_all else wanted())


@bp.post("/follow/device/renew")
@public
@from_anywhere
def renew() -> ResponseReturnValue:
    _demand_on()
    form = RenewForm()
    return _answer(form, operations_push.renew, hosts=flask.current_app.config["PUSH_HOSTS"], **form.values())


@worker.get("/service-worker.js")
@public
def script() -> ResponseReturnValue:
    """The script that shows messages; at the root, because it speaks for every page."""
    return flask.send_from_directory(f"{flask.current_app.static_folder}/js", "service-worker.js",
                                     mimetype="text/javascript", max_age=0)



bp.record_once(lambda state: state.app.extensions["csrf"].exempt(bp))
