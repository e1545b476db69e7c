"""The office that pays: what waits in all projects, orders for the bank, and their files."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.foundation.later import later
from incubator.payments import bank, operations, queries_confirm, queries_requests
from incubator.payments.forms import OrderForm, PayForm
from incubator.payments.models_requests import PaymentOrder, RequestState
from incubator.payments.queries_requests import order_ as load
from incubator.payments.routes_frame import bp
from incubator.policy import Act

orders = later("incubator.payments.orders")

ADDRESS = "/desk/payments/orders/<int:order_id>"


@bp.route("/desk/payments")
@guard(Act.SEE_ROUND_BOARD)
def office() -> ResponseReturnValue:
    return _office(OrderForm(formdata=None, data={"execute_on": clock.today()}))


@bp.route("/desk/payments/orders", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS)
def order() -> ResponseReturnValue:
    form = OrderForm(data={"execute_on": clock.today()})
    ready = {each.id: each for each in queries_requests.open_requests() if each.state is RequestState.CONFIRMED}
    form.chosen.choices = [(each.id, str(each.number)) for each in ready.values()]
    if form.submitted() and form.carry_out(
        operations.order, [ready[number] for number in form.chosen.data if number in ready], me(), form.execute_on.data,
    ):
        flash(_("The payment order is ready. Download its file and hand it to the bank."))
        return redirect(url_for("payments.show_order", order_id=form.outcome.id), 303)
    return _office(form)


def _office(form: Form) -> ResponseReturnValue:
    found, today = queries_requests.open_requests(), clock.today()
    accounts = queries_requests.accounts_of({each.project.carrier_id for each in found if each.project.carrier_id})
    asked = [each for each in found if each.state is RequestState.ASKED]
    return page(
        "payments/office.html", form, accounts=accounts, lately=queries_requests.paid_lately(),
        asked=list(zip(asked, queries_confirm.checks_of(asked, today), strict=True)), me_id=me().id,
        ready=[each for each in found if each.state is RequestState.CONFIRMED], orders=queries_requests.orders(),
        is_set_up=bank.is_set_up() and bank.city_account() is not None,
    )


@bp.route(ADDRESS)
@guard(Act.SEE_ROUND_BOARD, order=load)
def show_order(order: PaymentOrder) -> ResponseReturnValue:
    return _order(order)


@bp.route(f"{ADDRESS}/paid", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS, order=load)
def pay_order(order: PaymentOrder) -> ResponseReturnValue:
    form, number = PayForm(), order.id
    if form.submitted() and form.carry_out(operations.pay_order, order, me(), **form.values()):
        flash(_("All payments of this order are noted. The project leads get letters."))
        return redirect(url_for("payments.show_order", order_id=number), 303)
    return _order(order, form)


@bp.route(f"{ADDRESS}/drop", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS, order=load)
def drop_order(order: PaymentOrder) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.drop_order, order, me()):
        flash(_("The order was dropped. Its requests wait to be paid again."))
        return redirect(url_for("payments.office"), 303)
    return _order(order, drop_form=form)


def _order(
    order: PaymentOrder, pay_form: PayForm | None = None, drop_form: ActForm | None = None
) -> ResponseReturnValue:
    sent = pay_form or drop_form
    pay_form, drop_form = pay_form or PayForm(formdata=None), drop_form or ActForm(formdata=None)
    drop_form.form_key.id = "drop_key"
    requests = list(queries_requests.requests_in(order.id))
    return page(
        "payments/order.html", sent, order=order, requests=requests, pay_form=pay_form, drop_form=drop_form,
        has_file=orders.is_available(order, requests),
        is_untouched=all(each.state is RequestState.ORDERED for each in requests),
    )


@bp.route(f"{ADDRESS}/file.xml")
@guard(Act.PAY_FUNDS, order=load)
def order_xml(order: PaymentOrder) -> ResponseReturnValue:
    return _file(order, "xml")


@bp.route(f"{ADDRESS}/file.csv")
@guard(Act.PAY_FUNDS, order=load)
def order_csv(order: PaymentOrder) -> ResponseReturnValue:
    return _file(order, "csv")


def _file(order: PaymentOrder, kind: str) -> ResponseReturnValue:
    """Hand out the file while the order is open; nobody else may keep it on the way."""
    try:
        data = orders.xml(order) if kind == "xml" else orders.table(order)
    except (orders.NoFile, bank.NoBankKey):
        raise NotFound() from None
    kinds = {"xml": "application/xml", "csv": "text/csv; charset=utf-8"}
    return Response(data, headers={
        "Content-Type": kinds[kind], "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{order.message_id}.{kind}"',
    })
