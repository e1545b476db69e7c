"""Sign up for a workshop without an account. A letter's link only shows a page: whoever opens it changes nothing."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from incubator.access import public
from incubator.accounts import rules as accounts
from incubator.dialogue import operations_signup, queries, queries_signup, rules_signup
from incubator.dialogue.forms_signup import ChangeForm, SignUpForm
from incubator.dialogue.models import Workshop
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.foundation import clock, language
from incubator.foundation.forms import Form, page
from incubator.programme.models import RoundState
from incubator.wording.queries import Passage, words

bp = flask.Blueprint("signups", __name__)


def _public(slug: str) -> Workshop:
    """Return a workshop that everybody may know of."""
    try:
        workshop = queries.workshop(slug)
    except NoResultFound:
        flask.abort(404)
    if workshop.round.state is RoundState.DRAFT:
        flask.abort(404)
    return workshop


def _title(workshop: Workshop) -> Passage:
    said = words(language.current().code, {"workshop": [workshop.id]})
    return said.of("workshop", workshop.id, "title", workshop.title, workshop.language)


def _about(workshop: Workshop) -> dict[str, Any]:
    """Return what every page here says about its workshop."""
    return {"workshop": workshop, "title": _title(workshop),
            "seats": queries_signup.seats(workshop.id, workshop.places)}


@bp.route("/workshops/<string:slug>/sign-up", methods=["GET", "POST"])
@public
def start(slug: str) -> ResponseReturnValue:
    workshop = _public(slug)
    if because := rules_signup.closed_because(workshop, clock.now()):
        return page("dialogue/signup_closed.html", because=because, **_about(workshop))
    form = SignUpForm()
    form.offer(workshop)
    if form.submitted() and (form.is_of_machine or form.carry_out(
        operations_signup.ask, workshop, language=language.current().code,
        network=accounts.network_of(flask.request.remote_addr), **form.values(),
    )):
        return flask.redirect(flask.url_for("signups.sent", slug=slug), 303)
    return page("dialogue/sign_up.html", form, **_about(workshop))


@bp.get("/workshops/<string:slug>/sign-up/sent")
@public
def sent(slug: str) -> ResponseReturnValue:
    return page("dialogue/signup_sent.html", **_about(_public(slug)))


def _of(token: str) -> Signup | None:
    """Return what a link belongs to; what was cancelled opens nothing any more."""
    signup = queries_signup.by_token(token, flask.current_app.config["SECRET_KEY"])
    return None if signup is None or signup.state is SignupState.CANCELLED else signup


def _gone() -> tuple[str, int]:
    return flask.render_template("dialogue/signup_gone.html"), 410


@bp.route("/sign-ups/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    signup = _of(token)
    if signup is None:
        return _gone()
    if signup.state is not SignupState.ASKED:
        return flask.redirect(flask.url_for("signups.manage", token=token), 303)
    if because := rules_signup.closed_because(signup.workshop, clock.now()):
        return page("dialogue/signup_closed.html", because=because, **_about(signup.workshop))
    form = Form()
    if form.submitted() and form.carry_out(operations_signup.confirm, signup.id):
        flask.flash(_("You have a place.") if form.outcome.state is SignupState.COMING
                    else _("You are on the waiting list."))
        return flask.redirect(flask.url_for("signups.manage", token=token), 303)
    return page("dialogue/signup_confirm.html", form, token=token, signup=signup, **_about(signup.workshop))


@bp.route("/sign-ups/manage/<token>", methods=["GET", "POST"])
@public
def manage(token: str) -> ResponseReturnValue:
    signup = _of(token)
    if signup is None:
        return _gone()
    if signup.state is SignupState.ASKED:
        return flask.redirect(flask.url_for("signups.confirm", token=token), 303)
    form = ChangeForm(obj=signup)
    form.offer(signup.workshop)
    if form.submitted() and form.carry_out(operations_signup.change, signup.id, **form.values()):
        flask.flash(_("Saved."))
        return flask.redirect(flask.url_for("signups.manage", token=token), 303)
    return page(
        "dialogue/signup_manage.html", form, token=token, signup=signup,
        position=queries_signup.position(signup) if signup.state is SignupState.WAITING else 0,
        is_ahead=rules_signup.is_ahead(signup.workshop, clock.now()), **_about(signup.workshop),
    )


@bp.post("/sign-ups/manage/<token>/cancel")
@public
def cancel(token: str) -> ResponseReturnValue:
    signup = _of(token)
    if signup is None:
        return _gone()
    form = Form()
    if form.submitted() and form.carry_out(operations_signup.cancel, signup.id, None):
        return flask.redirect(flask.url_for("signups.cancelled", slug=form.outcome.workshop.slug), 303)
    for sentence in form.form_errors:
        flask.flash(sentence, "warning")
    return flask.redirect(flask.url_for("signups.manage", token=token), 303)


@bp.get("/workshops/<string:slug>/sign-up/cancelled")
@public
def cancelled(slug: str) -> ResponseReturnValue:
    return page("dialogue/signup_cancelled.html", **_about(_public(slug)))
