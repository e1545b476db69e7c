"""One's own second proofs: an app, and codes on paper."""

from typing import Any

import flask
import pyotp
from flask_babel import gettext as _
from markupsafe import Markup

from incubator.access import guard
from incubator.accounts import operations_proofs, operations_prove, passkeys, queries_proofs, rules_proofs
from incubator.accounts.forms_proofs import AppForm, NewPasskeyForm
from incubator.accounts.models_proofs import CodeApp
from incubator.accounts.routes_frame import bp, flash_problems
from incubator.accounts.routes_passkeys import added
from incubator.foundation import at_rest
from incubator.foundation.forms import Form, me, page
from incubator.foundation.later import later
from incubator.policy import Act

segno = later("segno")

INK = "#16302f"


@bp.get("/desk/me/proofs")
@guard(Act.KEEP_OWN_ACCOUNT)
def proofs():
    person, mode = me(), flask.current_app.config["SECOND_FACTOR"]
    return page(
        "accounts/proofs.html", None, add=NewPasskeyForm(), person=person, proofs=queries_proofs.proofs(person.id),
        must_have=rules_proofs.must_have_second(mode, person.roles), can_have_passkeys=passkeys.are_possible(),
        few=rules_proofs.FEW_LEFT,
    )


@bp.post("/desk/me/proofs/app/begin")
@guard(Act.GUARD_OWN_ACCOUNT)
def begin_app():
    form = Form()
    begun = form.submitted() and form.carry_out(operations_proofs.begin_app, me())
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.app" if begun else "accounts.proofs"), 303)


@bp.route("/desk/me/proofs/app", methods=["GET", "POST"])
@guard(Act.GUARD_OWN_ACCOUNT)
def app():
    form, person = AppForm(), me()
    if form.submitted() and form.carry_out(operations_proofs.confirm_app, person, form.code.data):
        return added(person, form.outcome)
    begun = queries_proofs.code_app(person.id)
    if begun is None or begun.confirmed_at is not None:
        return flask.redirect(flask.url_for("accounts.proofs"), 303)
    secret, address = _shown(begun, person.mail or person.name)
    return page("accounts/app.html", form, secret=secret, address=address, code=_drawn(address))


def _shown(app: CodeApp, name: str) -> tuple[str, str]:
    """Return a secret as people type it and as a phone reads it; it is shown until its first code was typed."""
    secret = at_rest.open_(operations_prove.APP, app.secret)
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=flask.current_app.config["SITE_NAME"])
    return " ".join(secret[first:first + 4] for first in range(0, len(secret), 4)), address


def _drawn(address: Any) -> Markup:
    """Draw the code with the quiet margin and the white ground that phones need; made of our own signs only."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, dark=INK, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - a drawing of squares


@bp.post("/desk/me/proofs/app/remove")
@guard(Act.GUARD_OWN_ACCOUNT)
def remove_app():
    form, mode = Form(), flask.current_app.config["SECOND_FACTOR"]
    if form.submitted() and form.carry_out(operations_proofs.remove_app, me(), mode):
        flask.flash(_("It was removed. Nobody can prove with it any more that they are you."))
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.proofs"), 303)


@bp.route("/desk/me/proofs/codes", methods=["GET", "POST"])
@guard(Act.GUARD_OWN_ACCOUNT)
def codes():
    """Make codes on paper. They stand in the answer to the button and nowhere else."""
    form, person, shown = Form(), me(), list[str]()
    if form.submitted():
        made = [rules_proofs.new_recovery_code() for _number in range(rules_proofs.RECOVERY_CODES)]
        hashes = [operations_prove.recovery_hash(person, each) for each in made]
        if form.carry_out(operations_proofs.keep_codes, person, hashes):
            shown = [rules_proofs.spaced(each) for each in made]
    return page("accounts/codes.html", form, shown=shown, left=len(queries_proofs.codes_left(person.id)),
                has_any=queries_proofs.has_any(person.id))
