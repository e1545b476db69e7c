"""Links in letters: asked for, and used. Opening one never does anything by itself, because mail scanners open them."""

from typing import Any

import flask
from flask_babel import gettext as _

from incubator.access import public
from incubator.accounts import operations, queries
from incubator.accounts.forms import AskForm, InvitationForm, ResetForm
from incubator.accounts.models import Role, TicketKind
from incubator.accounts.routes_frame import begin, bp, device, network
from incubator.foundation.forms import Form, page


def _gone(again: str | None = None) -> tuple[str, int]:
    return flask.render_template("accounts/gone.html", again=again), 410


@bp.route("/sign-in/link", methods=["GET", "POST"])
@public
def link():
    form = AskForm()
    if form.submitted() and form.carry_out(operations.ask_for_link, network=network(), **form.values()):
        return flask.redirect(flask.url_for("accounts.sent"), 303)
    return page("accounts/link.html", form)


@bp.get("/sign-in/sent")
@public
def sent():
    return page("accounts/sent.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def use_link(token: str):
    form = Form()
    if form.submitted() and form.carry_out(operations.use_link, token, device()):
        return begin(form.outcome)
    ticket = queries.open_ticket(TicketKind.SIGN_IN, token)
    if ticket is None:
        return _gone(flask.url_for("accounts.link"))
    return page("accounts/use_link.html", form, person=ticket.person, token=token)


@bp.route("/sign-in/reset", methods=["GET", "POST"])
@public
def reset():
    form = AskForm()
    if form.submitted() and form.carry_out(operations.ask_for_reset, network=network(), **form.values()):
        return flask.redirect(flask.url_for("accounts.sent"), 303)
    return page("accounts/reset.html", form)


@bp.route("/sign-in/reset/<token>", methods=["GET", "POST"])
@public
def new_password(token: str):
    form = ResetForm()
    if form.submitted() and form.carry_out(operations.reset, token, device=device(), **form.values()):
        answer = begin(form.outcome)
        flask.flash(_("Your new password is saved. All other sign-ins were ended."))
        return answer
    ticket = queries.open_ticket(TicketKind.RESET, token)
    if ticket is None:
        return _gone(flask.url_for("accounts.reset"))
    return page("accounts/new_password.html", form, person=ticket.person, token=token)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str):
    form = InvitationForm(data={"language": flask.g.language.code})
    if form.submitted() and form.carry_out(_join, token, form.values()):
        answer = begin(form.outcome)
        flask.flash(_("Welcome! This is your desk: it always says what comes next."))
        return answer
    ticket = queries.open_ticket(TicketKind.INVITATION, token)
    if ticket is None:
        return _gone()
    return page(
        "accounts/invitation.html", form, token=token, mail=ticket.mail, roles=[Role(role) for role in ticket.roles]
    )


def _join(token: str, answers: dict[str, Any]) -> str:
    return operations.start(operations.accept_invitation(token, **answers), device())
