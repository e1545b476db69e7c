"""Ask, and offer help, without an account. Whatever is sent, the answer is the same: somebody reads it first."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.accounts import rules as accounts
from incubator.foundation import language
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import page
from incubator.foundation.public_forms import PublicForm
from incubator.questions import operations, queries_public
from incubator.questions.forms import AskForm, HelpForm
from incubator.questions.pages import Target

bp = flask.Blueprint("asking", __name__)


def _target(slug: str) -> Target:
    found = queries_public.target(slug, language.current().code)
    if found is None:
        flask.abort(404)
    return found


@bp.route("/projects/<string:slug>/ask", methods=["GET", "POST"])
@public
def ask(slug: str) -> ResponseReturnValue:
    return _written(_target(slug), AskForm, operations.ask, "questions/ask.html")


@bp.route("/projects/<string:slug>/help", methods=["GET", "POST"], endpoint="help")
@public
def help_(slug: str) -> ResponseReturnValue:
    return _written(_target(slug), HelpForm, operations.offer, "questions/help.html")


def _written(
    target: Target, kind: type[PublicForm], operation: Callable[..., Any], template: str
) -> ResponseReturnValue:
    """Take what somebody writes; a machine is thanked like everybody, and its words are dropped."""
    if not target.is_open:
        return page("questions/closed.html", target=target)
    form = kind()
    if form.submitted() and (form.is_of_machine or form.carry_out(
        operation, target.id, language=language.current().code,
        network=accounts.network_of(flask.request.remote_addr), **form.values(),
    )):
        return flask.redirect(flask.url_for("asking.received", slug=target.slug), 303)
    return page(template, form, target=target)


@bp.get("/projects/<string:slug>/received")
@public
def received(slug: str) -> ResponseReturnValue:
    return page("questions/received.html", target=_target(slug))


@bp.get("/projects/<string:slug>/questions")
@public
def answered(slug: str) -> ResponseReturnValue:
    found = queries_public.page(slug, language.current().code, asked_number("before"))
    if found is None:
        flask.abort(404)
    return flask.render_template("questions/answered.html", page=found)
