"""A person's keys: make one, see them, end one."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.routes_frame import flash_problems
from incubator.api import operations, queries, rules
from incubator.api.forms import KeyForm
from incubator.api.models import ApiKey
from incubator.api.rules import Scope
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act

bp = flask.Blueprint("keys", __name__)


@bp.app_template_global("has_keys")
def has_keys(person_id: int) -> bool:
    """Say whether some program can act for somebody now, to pages that know nothing of keys."""
    now = clock.now()
    return any(rules.holds(each, now) for each in queries.keys(person_id))


@bp.get("/desk/me/keys")
@guard(Act.KEEP_OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    now = clock.now()
    return page("api/keys.html", None, keys=[(each, rules.holds(each, now)) for each in queries.keys(me().id)],
                labels={scope.value: scope.label for scope in Scope})


@bp.route("/desk/me/keys/make", methods=["GET", "POST"])
@guard(Act.MAKE_KEY)
def make() -> ResponseReturnValue:
    """Make a key. It stands in the answer to the button and nowhere else."""
    form, token = KeyForm().offer(), rules.new_token()
    if form.submitted() and form.carry_out(operations.make_key, me(), token, **form.values()):
        if not isinstance(form.outcome, ApiKey):  # the same form once more: what it made was shown then
            flask.flash(_("This key was made already, and it is shown only once. If you have lost it, make a new one."))
            return flask.redirect(flask.url_for("keys.show"), 303)
        return page("api/key_made.html", None, key=form.outcome, token=token)
    return page("api/make_key.html", form)


@bp.post("/desk/me/keys/<int:key_id>/end")
@guard(Act.KEEP_OWN_ACCOUNT, hidden=True, key=queries.key)
def end(key: ApiKey) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operations.end_key, key, me()):
        flask.flash(_("The key was ended. No program can use it any more."))
    flash_problems(form)
    return flask.redirect(flask.url_for("keys.show"), 303)
