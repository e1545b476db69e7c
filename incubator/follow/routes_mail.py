"""Follow without an account. A letter's links only show a page: mail scanners open them, and must change nothing."""

from contextlib import suppress
from typing import Any

import flask
from flask_babel import gettext as _

from incubator.access import public
from incubator.accounts import rules as accounts
from incubator.follow import operations, queries
from incubator.follow.forms import FollowForm, ManageForm
from incubator.follow.models import Topic
from incubator.follow.queries import EVERYTHING, Target
from incubator.foundation import language
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import Form, page
from incubator.foundation.later import later
from incubator.foundation.origin import from_anywhere
from incubator.foundation.transaction import transaction

bp = flask.Blueprint("follow", __name__)
push_services = later("incubator.follow.push_services")
LONGEST_SLUG = 80


def _secret() -> str:
    return str(flask.current_app.config["SECRET_KEY"])


def wanted() -> Target:
    """Return what the address names; the whole programme where that is nothing, or nothing everybody may see."""
    for kind in (Topic.PROJECT, Topic.DISTRICT, Topic.THEME):
        if slug := asked_text(kind.value, LONGEST_SLUG):
            return queries.target_by_slug(kind, slug, language.current().code) or EVERYTHING
    return EVERYTHING


def _named(target: Target) -> dict[str, Any]:
    """Return how an address names what is followed."""
    return {target.kind.value: target.slug} if target.slug else {}


@bp.route("/follow", methods=["GET", "POST"])
@public
def start():
    target, form = wanted(), FollowForm()
    if form.submitted():
        answers = form.values()
        if answers.pop("website"):  # people do not see this question
            return flask.redirect(flask.url_for("follow.sent"), 303)
        if form.carry_out(
            operations.ask, target, language=language.current().code, secret=_secret(),
            network=accounts.network_of(flask.request.remote_addr), **answers,
        ):
            return flask.redirect(flask.url_for("follow.sent"), 303)
    key = flask.current_app.config["VAPID_KEY"]
    return page("follow/start.html", form, target=target, named=_named(target),
                push_key=push_services.public_key(key) if key else "")


@bp.get("/follow/sent")
@public
def sent():
    return page("follow/sent.html")


@bp.route("/follow/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str):
    wish = queries.asked(token, _secret())
    named = queries.named([wish], language.current().code) if wish else []
    if wish is None or not named:
        return _gone()
    form = Form()
    if form.submitted() and form.carry_out(operations.confirm, wish.id):
        flask.flash(_("You will hear from us. Here you can change or end it at any time."))
        own = operations.own_token(form.outcome, _secret())
        return flask.redirect(flask.url_for("follow.manage", token=own), 303)
    return page("follow/confirm.html", form, token=token, target=named[0][1])


def _gone() -> tuple[str, int]:
    return flask.render_template("follow/gone.html"), 410


@bp.route("/follow/manage/<token>", methods=["GET", "POST"])
@public
def manage(token: str):
    follower = queries.follower_of(token, _secret())
    if follower is None:
        return _gone()
    form = ManageForm(obj=follower)
    if form.submitted() and form.carry_out(operations.change, follower.id, **form.values()):
        flask.flash(_("Saved."))
        return flask.redirect(flask.url_for("follow.manage", token=token), 303)
    followed = queries.named(queries.followings(follower.id), language.current().code)
    return page("follow/manage.html", form, token=token, follower=follower, followed=followed)


@bp.post("/follow/manage/<token>/stop")
@public
def stop_one(token: str):
    """End one thing (`?one=`) or everything, from the page of somebody's own link."""
    follower = queries.follower_of(token, _secret())
    if follower is None:
        return _gone()
    form = Form()
    if form.submitted() and form.carry_out(operations.stop, follower.id, asked_number("one")):
        if form.outcome:
            return flask.redirect(flask.url_for("follow.stopped"), 303)
        flask.flash(_("You hear no more of this."))
    return flask.redirect(flask.url_for("follow.manage", token=token), 303)


@bp.route("/follow/stop/<token>", methods=["GET", "POST"])
@public
@from_anywhere
def stop(token: str):
    """End everything at one press of a mail program's button (RFC 8058): no cookie and no hidden token come with it.

    Opened as a page it only leads to where people decide.
    """
    follower = queries.follower_of(token, _secret())
    if follower is None:
        return _gone()
    if flask.request.method != "POST":
        return flask.redirect(flask.url_for("follow.manage", token=token), 303)
    with suppress(RuleBroken), transaction():  # refused where it was ended elsewhere in the same moment
        operations.stop(follower.id)
    return page("follow/stopped.html")


@bp.get("/follow/stopped")
@public
def stopped():
    return page("follow/stopped.html")


bp.record_once(lambda state: state.app.extensions["csrf"].exempt(stop))
