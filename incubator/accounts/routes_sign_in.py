"""Signing in with a password, signing out, and choosing a role in the demo city."""

from uuid import UUID

import flask
from flask_babel import gettext as _
from flask_login import current_user

from incubator.access import public
from incubator.accounts import operations, passkeys, queries, rules
from incubator.accounts.forms import SignInForm
from incubator.accounts.routes_frame import begin, bp, device, end, network
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import Form, page
from incubator.foundation.transaction import transaction


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    in_demo = flask.current_app.config["DEMO"]
    if flask.request.method == "GET" and not in_demo and current_user.is_authenticated:
        return flask.redirect(flask.url_for("desk.home"), 303)
    form = SignInForm()
    if form.submitted():
        try:
            return begin(operations.sign_in(**form.values(), network=network(), device=device()))
        except RuleBroken as broken:
            form.refuse(broken)
    held = flask.session.get("_user_id", "") if not current_user.is_authenticated else ""
    faces = queries.demo_faces() if in_demo else []
    panel = queries.demo_panel() if in_demo else []
    return page("accounts/sign_in.html", form, faces=faces, panel=panel, tasks=rules.ROLE_TASKS,
                has_lapsed=bool(held) and queries.has_lapsed(held), can_have_passkeys=passkeys.are_possible())


@bp.post("/sign-out")
@public
def sign_out():
    end()
    flask.flash(_("You are signed out."))
    return flask.redirect(flask.url_for("progress.home"), 303)


@bp.post("/sign-in/demo/<uuid:public_id>")
@public
def demo_sign_in(public_id: UUID):
    """Step into a role of the demo city; there is no such page where people are real."""
    person = queries.demo_person(str(public_id)) if flask.current_app.config["DEMO"] else None
    if person is None or not Form().submitted():
        flask.abort(404)
    with transaction():
        token = operations.start(person, device(), is_told=False)
    return begin(token, go_on=False)
