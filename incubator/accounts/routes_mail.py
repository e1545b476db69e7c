"""Another mail address: asked for by its owner, confirmed from the new mailbox, stopped from the old one."""

import flask
from flask_babel import gettext as _
from flask_login import current_user

from incubator.access import guard, public
from incubator.accounts import operations_mail, passwords, queries
from incubator.accounts.forms_proofs import MailForm
from incubator.accounts.models import Person, TicketKind
from incubator.accounts.operations_prove import WRONG_PASSWORD
from incubator.accounts.routes_frame import bp
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act


@bp.route("/desk/me/mail", methods=["GET", "POST"])
@guard(Act.GUARD_OWN_ACCOUNT)
def mail():
    """The password is asked for here only where no second proof can have been asked before."""
    person, form = me(), MailForm()
    if person.password_hash is None or flask.current_app.config["SECOND_FACTOR"] != "off":
        del form.password
    if form.submitted() and _knows(form, person) and form.carry_out(
        operations_mail.ask_for_mail, person, form.mail.data
    ):
        flask.flash(_("We have written to the new address. The change counts once the link in that letter was used."))
        return flask.redirect(flask.url_for("accounts.me"), 303)
    return page("accounts/mail.html", form, person=person)


def _knows(form: MailForm, person: Person) -> bool:
    if "password" not in form or passwords.fits(person.password_hash, form.password.data or ""):
        return True
    form.refuse(RuleBroken(WRONG_PASSWORD, "password"))
    return False


def _gone() -> tuple[str, int]:
    return flask.render_template("accounts/gone.html", again=flask.url_for("accounts.mail")), 410


@bp.route("/sign-in/mail/<token>", methods=["GET", "POST"])
@public
def confirm_mail(token: str):
    form, here = Form(), current_user.token if current_user.is_authenticated else ""
    if form.submitted() and form.carry_out(operations_mail.confirm_mail, token, here=here):
        flask.flash(_("Your new mail address counts from now on. All other sign-ins were ended."))
        return flask.redirect(flask.url_for("accounts.me"), 303)
    ticket = queries.open_ticket(TicketKind.MAIL, token)
    if ticket is None or ticket.is_objection or form.errors:
        return _gone()
    return page("accounts/confirm_mail.html", form, mail=ticket.mail, token=token)


@bp.route("/sign-in/mail/stop/<token>", methods=["GET", "POST"])
@public
def object_to_mail(token: str):
    form = Form()
    if form.submitted() and form.carry_out(operations_mail.object_to_mail, token):
        flask.flash(_("Your old address stays, and everybody was signed out. Please choose a new password now."))
        return flask.redirect(flask.url_for("accounts.reset"), 303)
    ticket = queries.open_ticket(TicketKind.MAIL, token)
    if ticket is None or not ticket.is_objection:
        return _gone()
    return page("accounts/object_to_mail.html", form, mail=ticket.mail, token=token)
