"""Being forgotten: one's own wish, the office's list of them, and people who never had an account."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.queries import person_with_mail
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act
from incubator.privacy import operations_erasure, queries_erasure, queries_retention
from incubator.privacy.forms_erasure import AddressForm, AskForm, CarryOutForm
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.privacy.traces import Whose

bp = flask.Blueprint("erasure", __name__)


def _back(form: Form, endpoint: str, **values: object) -> ResponseReturnValue:
    for sentences in form.errors.values():
        for sentence in sentences:
            flask.flash(str(sentence), "danger")
    return flask.redirect(flask.url_for(endpoint, **values), 303)  # type: ignore[arg-type]


@bp.route("/desk/me/forget", methods=["GET", "POST"])
@guard(Act.GUARD_OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Say what goes and what stays, and take the wish; or show the one that waits."""
    person = me()
    waits = queries_erasure.request_of(person.id)
    form = AskForm()
    if form.submitted() and form.carry_out(operations_erasure.ask, person, person):
        flask.flash(_("Your wish is written down. You can take it back until it is carried out."))
        return flask.redirect(flask.url_for("erasure.own"), 303)
    return page("privacy/own.html", form, waits=waits, preview=queries_erasure.preview(Whose.of(person)),
                hindrances=queries_erasure.standing(person).hindrances)


@bp.post("/desk/me/forget/take-back")
@guard(Act.KEEP_OWN_ACCOUNT)
def take_back() -> ResponseReturnValue:
    form, waits = Form(), queries_erasure.request_of(me().id)
    if waits is not None and form.submitted() and form.carry_out(operations_erasure.take_back, waits, me()):
        flask.flash(_("You took it back. Everything stays as it is."))
    return _back(form, "erasure.own")


@bp.get("/desk/erasures")
@guard(Act.ERASE_PEOPLE)
def index() -> ResponseReturnValue:
    return page("privacy/erasures.html", waiting=queries_erasure.requests(ErasureState.ASKED),
                done=queries_erasure.requests(ErasureState.DONE))


@bp.route("/desk/erasures/<int:erasure_id>", methods=["GET", "POST"])
@guard(Act.ERASE_PEOPLE, erasure=queries_erasure.erasure)
def show(erasure: ErasureRequest) -> ResponseReturnValue:
    form = CarryOutForm(obj=erasure)
    if form.submitted() and form.carry_out(
        operations_erasure.carry_out, erasure, me(), version=form.version.data
    ):
        flask.flash(_("Done. A last letter says so."))
        return flask.redirect(flask.url_for("erasure.index"), 303)
    is_open = erasure.state is ErasureState.ASKED
    return page(
        "privacy/erasure.html", form, erasure=erasure, is_open=is_open,
        preview=queries_erasure.preview(Whose.of(erasure.person)) if is_open else None,
        hindrances=queries_erasure.standing(erasure.person).hindrances if is_open else [],
        is_own=erasure.person_id == me().id,
    )


@bp.route("/desk/erasures/address", methods=["GET", "POST"])
@guard(Act.ERASE_PEOPLE)
def address() -> ResponseReturnValue:
    """Forget who never had an account; first it is shown what there is. An account's request is only written down."""
    form, preview, person = AddressForm(), None, None
    if form.submitted():
        mail = form.mail.data
        person = person_with_mail(mail)
        if form.sure.data and (
            form.carry_out(operations_erasure.ask, person, me()) if person is not None
            else form.carry_out(operations_erasure.erase_address, mail, me(), language=flask.g.language.code)
        ):
            flask.flash(_("The request is written down.") if person else _("Done. A last letter says so."))
            return flask.redirect(flask.url_for("erasure.index"), 303)
        preview = queries_erasure.preview(Whose.of(person) if person else Whose(mail=mail))
    return page("privacy/address.html", form, preview=preview, person=person)


@bp.get("/desk/retention")
@guard(Act.ERASE_PEOPLE)
def retention() -> ResponseReturnValue:
    """Show what goes by itself, by which rule, and what is over today."""
    return page("privacy/retention.html", dues=queries_retention.dues())
