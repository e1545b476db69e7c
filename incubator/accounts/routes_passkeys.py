"""Passkeys: what a page's script asks us for, and signing in with one alone."""

import flask
from flask_babel import gettext as _
from flask_login import current_user

from incubator.access import guard, public
from incubator.accounts import operations_proofs, operations_prove, passkeys, queries_proofs
from incubator.accounts.forms_proofs import NewPasskeyForm, PasskeyForm
from incubator.accounts.models import Person
from incubator.accounts.models_proofs import Passkey
from incubator.accounts.operations_prove import MAKING, PROVING, SIGNING_IN
from incubator.accounts.routes_frame import begin, bp, device, flash_problems, network
from incubator.accounts.routes_prove import carry_on
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import Form, me
from incubator.foundation.transaction import transaction
from incubator.policy import Act


def _asked(purpose: str, person: Person | None) -> bytes:
    """Write a question down; its token waits in the session for the answer."""
    if not passkeys.are_possible():
        flask.abort(404)
    try:
        with transaction():
            token, value = operations_prove.ask_device(purpose, person, network=network())
    except RuleBroken:
        flask.abort(429)
    flask.session["asked"] = token
    return value


@bp.post("/sign-in/passkey/ask")
@public
def ask_passkey():
    """Ask the devices of whoever is signed in, or any device that has a passkey for us."""
    if not current_user.is_authenticated:
        return flask.jsonify(passkeys.request([], _asked(SIGNING_IN, None)))
    person = me()
    return flask.jsonify(passkeys.request(queries_proofs.passkeys(person.id), _asked(PROVING, person)))


@bp.post("/sign-in/passkey")
@public
def sign_in_by_passkey():
    form, asked = PasskeyForm(), flask.session.get("asked", "")
    if current_user.is_authenticated:
        return flask.redirect(flask.url_for("desk.home"), 303)
    if not form.submitted():
        return flask.redirect(flask.url_for("accounts.sign_in"), 303)
    try:
        return begin(operations_prove.sign_in_by_passkey(form.answer.data or "", asked, device=device()))
    except RuleBroken as broken:
        flask.flash(str(broken.sentence), "danger")
    return flask.redirect(flask.url_for("accounts.sign_in"), 303)


@bp.post("/desk/me/proofs/passkeys/ask")
@guard(Act.GUARD_OWN_ACCOUNT)
def ask_new_passkey():
    person = me()
    return flask.jsonify(passkeys.creation(person, queries_proofs.passkeys(person.id), _asked(MAKING, person)))


@bp.post("/desk/me/proofs/passkeys")
@guard(Act.GUARD_OWN_ACCOUNT)
def add_passkey():
    form, person, asked = NewPasskeyForm(), me(), flask.session.pop("asked", "")
    if form.submitted():
        try:
            token = operations_proofs.add_passkey(
                person, form.answer.data or "", asked, name=form.name.data or "", device=device())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return added(person, token)
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.proofs"), 303)


def added(person: Person, token: str) -> flask.typing.ResponseReturnValue:
    """Go on after a proof was added: to the codes on paper, as long as there are none."""
    carry_on(token)
    flask.flash(_("Saved: from now on you can prove with it that it is you."))
    none_left = not queries_proofs.codes_left(person.id)
    return flask.redirect(flask.url_for("accounts.codes" if none_left else "accounts.proofs"), 303)


@bp.post("/desk/me/proofs/passkeys/<int:passkey_id>/remove")
@guard(Act.GUARD_OWN_ACCOUNT, hidden=True, passkey=queries_proofs.passkey)
def remove_passkey(passkey: Passkey):
    form, mode = Form(), flask.current_app.config["SECOND_FACTOR"]
    if form.submitted() and form.carry_out(operations_proofs.remove_passkey, passkey, me(), mode):
        flask.flash(_("It was removed. Nobody can prove with it any more that they are you."))
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.proofs"), 303)
