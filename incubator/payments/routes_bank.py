"""The account of an organisation, seen by the coordination alone, and never in full."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import me, page
from incubator.organisations.models import Organisation
from incubator.organisations.queries import organisation as load
from incubator.payments import bank, operations, queries_requests
from incubator.payments.forms import AccountForm
from incubator.payments.routes_frame import bp
from incubator.policy import Act


@bp.route("/desk/organisations/<int:organisation_id>/account", methods=["GET", "POST"], endpoint="bank")
@guard(Act.KEEP_BANK_DATA, organisation=load)
def account(organisation: Organisation) -> ResponseReturnValue:
    kept = queries_requests.account_of(organisation.id)
    form = AccountForm(data={"version": kept.version if kept is not None else 0})
    if form.submitted() and form.carry_out(
        operations.keep, organisation, me(), **form.values(), version=form.version.data,
    ):
        flash(_("The account is kept, encrypted."))
        return redirect(url_for("payments.bank", organisation_id=organisation.id), 303)
    return page(
        "payments/bank.html", form, organisation=organisation, account=queries_requests.account_of(organisation.id),
        is_set_up=bank.is_set_up(), is_on_its_way=queries_requests.is_on_its_way(organisation.id),
    )
