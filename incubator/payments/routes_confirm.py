"""One request on one page: everything a check needs, and the two checks, the payment, and what puts it right."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import queries as budgets
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.milestones import queries as milestones
from incubator.payments import operations, queries, queries_confirm, queries_requests
from incubator.payments.forms import CorrectForm, PayForm, ReasonForm, SignForm
from incubator.payments.models_requests import FundsRequest
from incubator.payments.queries_confirm import ARITHMETIC, FACTUAL
from incubator.payments.routes_frame import bp
from incubator.policy import Act

ADDRESS = "/desk/requests/<int:request_id>"


@bp.route(ADDRESS)
@guard(Act.SEE_MONEY, request=queries_requests.request_)
def confirm(request: FundsRequest) -> ResponseReturnValue:
    return _page(request, ActForm(formdata=None))


@bp.route(f"{ADDRESS}/sign", methods=["GET", "POST"])
@guard(Act.CONFIRM_FUNDS, request=queries_requests.request_)
def sign(request: FundsRequest) -> ResponseReturnValue:
    form = SignForm()
    if form.submitted() and form.carry_out(operations.confirm, request, me(), **form.values()):
        if queries_confirm.checks(request, clock.today()).missing:
            flash(_("Thank you. Somebody else does the other check."))
        else:
            flash(_("Both checks are done. The request can be paid."))
        return _back(request)
    name = f"{form.what.data}_form" if form.what.data in (FACTUAL, ARITHMETIC) else "factual_form"
    return _page(request, form, **{name: form})


@bp.route(f"{ADDRESS}/refuse", methods=["GET", "POST"])
@guard(Act.CONFIRM_FUNDS, request=queries_requests.request_)
def refuse(request: FundsRequest) -> ResponseReturnValue:
    form = ReasonForm()
    if form.submitted() and form.carry_out(operations.refuse, request, me(), **form.values()):
        flash(_("The request was refused. The project lead gets a letter with the reason."))
        return _back(request)
    return _page(request, form, refuse_form=form)


@bp.route(f"{ADDRESS}/conflict", methods=["GET", "POST"])
@guard(Act.CONFIRM_FUNDS, request=queries_requests.request_)
def declare_conflict(request: FundsRequest) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.declare_conflict, request, me()):
        flash(_("Thank you. Somebody else will check this request."))
        return _back(request)
    return _page(request, form, conflict_form=form)


@bp.route(f"{ADDRESS}/pay", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS, request=queries_requests.request_)
def pay(request: FundsRequest) -> ResponseReturnValue:
    form = PayForm()
    if form.submitted() and form.carry_out(operations.pay, request, me(), **form.values()):
        flash(_("The payment is noted. The project lead gets a letter."))
        return _back(request)
    return _page(request, form, pay_form=form)


@bp.route(f"{ADDRESS}/correct", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS, request=queries_requests.request_)
def correct(request: FundsRequest) -> ResponseReturnValue:
    form = CorrectForm()
    if form.submitted() and form.carry_out(operations.correct_payment, request, me(), **form.values()):
        flash(_("The payment was taken back. The request waits to be paid again."))
        return _back(request)
    return _page(request, form, correct_form=form)


def _back(request: FundsRequest) -> ResponseReturnValue:
    return redirect(url_for("payments.confirm", request_id=request.id), 303)


def _page(request: FundsRequest, sent: Form, **forms: Any) -> ResponseReturnValue:
    """Draw the request with all that may be done; `forms` holds the one that was sent, the others are fresh."""
    kinds = (("factual_form", SignForm), ("arithmetic_form", SignForm), ("refuse_form", ReasonForm),
             ("conflict_form", ActForm), ("pay_form", PayForm), ("correct_form", CorrectForm))
    is_sent = set(forms)
    for name, kind in kinds:
        form = forms.setdefault(name, kind(formdata=None))
        for field in form:
            field.id = f"{name}-{field.name}"
            field.label.field_id = field.id
    forms["factual_form"].what.data, forms["arithmetic_form"].what.data = FACTUAL, ARITHMETIC
    project, today = request.project, clock.today()
    account = queries_requests.account_of(project.carrier_id)
    earlier = [each for each in queries_requests.requests(project.id) if each.id != request.id]
    return page(
        "payments/confirm.html", sent, request_=request, project=project, is_sent=is_sent,
        checks=queries_confirm.checks(request, today), me_id=me().id, balance=queries.balance(project.id),
        totals=budgets.totals(queries.plan_in_force(project.id)), earlier=earlier, account=account,
        entries=queries.entries(project.id, request.id),
        is_account_newer=account is not None and account.changed_at > request.asked_at,
        report=milestones.report_of(request.gate_id) if request.gate_id else None,
        blocked=queries_requests.blocks(project, today), **forms,
    )
