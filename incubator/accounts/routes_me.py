"""One's own account."""

import flask
from flask_babel import gettext as _
from flask_babel import ngettext

from incubator.access import guard
from incubator.accounts import operations, queries
from incubator.accounts.forms import AccountForm, PasswordForm
from incubator.accounts.models import SignIn
from incubator.accounts.routes_frame import bp, end, flash_problems
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act


def _to_me() -> flask.typing.ResponseReturnValue:
    return flask.redirect(flask.url_for("accounts.me"), 303)


@bp.route("/desk/me", methods=["GET", "POST"], endpoint="me")
@guard(Act.KEEP_OWN_ACCOUNT)
def account():
    person = me()
    form = AccountForm(obj=person)
    if form.submitted() and form.carry_out(
        operations.change_account, person, person, version=form.version.data, **form.values()
    ):
        flask.flash(_("Saved."))
        return _to_me()
    return page(
        "accounts/me.html", form, person=person, sign_ins=queries.sign_ins(person.id),
        this=queries.token_hash(person.token),
    )


@bp.route("/desk/me/password", methods=["GET", "POST"])
@guard(Act.GUARD_OWN_ACCOUNT)
def password():
    person = me()
    form = PasswordForm()
    if person.password_hash is None:
        del form.old
    if form.submitted() and form.carry_out(
        operations.change_password, person, person, token=person.token, **form.values()
    ):
        flask.flash(_("Your new password is saved. All other sign-ins were ended."))
        return _to_me()
    return page("accounts/password.html", form, person=person)


@bp.post("/desk/me/sign-ins/<int:sign_in_id>/end")
@guard(Act.END_SIGN_INS, hidden=True, sign_in=queries.sign_in)
def end_sign_in(sign_in: SignIn):
    if sign_in.token_hash == queries.token_hash(me().token):
        end()
        return flask.redirect(flask.url_for("accounts.sign_in"), 303)
    form = Form()
    if form.submitted() and form.carry_out(operations.revoke, sign_in, me()):
        flask.flash(_("This sign-in was ended."))
    flash_problems(form)
    return _to_me()


@bp.post("/desk/me/sign-ins/end-others")
@guard(Act.END_SIGN_INS)
def end_others():
    form = Form()
    if form.submitted() and form.carry_out(operations.end_others, me(), me(), but=me().token):
        flask.flash(ngettext("%(num)s other sign-in was ended.", "%(num)s other sign-ins were ended.", form.outcome))
    flash_problems(form)
    return _to_me()
