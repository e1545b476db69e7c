"""Pay what was confirmed: in an order for the bank or singly; put a wrong payment right; take money back."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.payments import bank, operations_requests, queries, queries_confirm, queries_requests, rules
from incubator.payments import operations_ledger as ledger
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_requests import FundsRequest, PaymentOrder, RequestState
from incubator.projects.models import Project

FARTHEST = timedelta(days=30)
PAYABLE = (RequestState.CONFIRMED, RequestState.ORDERED)


def order(requests: Sequence[FundsRequest], by, execute_on: date) -> PaymentOrder:
    """Put confirmed requests into one order for the bank; none can be in two, and all accounts must be known."""
    requests = list({request.id: request for request in requests}.values())
    if not requests:
        raise RuleBroken(_l("Please choose at least one request."), "chosen")
    if not clock.today() <= execute_on <= clock.today() + FARTHEST:
        raise RuleBroken(_l("Please choose a day from today on, at most 30 days ahead."), "execute_on")
    if bank.city_account() is None:
        raise RuleBroken(_l("The city’s own account is not set up. Whoever runs this program can do that."))
    _hold_all(requests)
    for request in requests:
        _demand(request, RequestState.CONFIRMED)
        _demand_payable(request)
        _demand_free(request.project, by, request.asked_by_id)
        if queries_requests.account_of(request.project.carrier_id) is None:
            raise RuleBroken(_l("No account is known for %(name)s yet.", name=_carrier(request)), "chosen")

    made = PaymentOrder(
        message_id=f"PAY-{clock.today():%Y%m%d}-{secrets.token_hex(4).upper()}", execute_on=execute_on,
        total_cents=sum(request.amount_cents for request in requests), made_by_id=by.id,
        made_at=clock.now().replace(microsecond=0),
    )
    db.session.add(made)
    db.session.flush()
    for request in requests:
        request.state, request.order_id = RequestState.ORDERED, made.id
    record("payment.ordered", by, made, total_cents=made.total_cents, execute_on=execute_on,
           requests=[request.id for request in requests])
    return made


def drop_order(order: PaymentOrder, by) -> None:
    """Take an order back before anything of it is paid; its requests wait to be paid again."""
    requests = _hold_order(order)
    if any(request.state is not RequestState.ORDERED for request in requests):
        raise RuleBroken(_l("Something of this order is paid already. It cannot be dropped any more."))
    for request in requests:
        request.state, request.order_id = RequestState.CONFIRMED, None
    record("payment.order_dropped", by, order, total_cents=order.total_cents)
    db.session.delete(order)
    db.session.flush()
    for project in {request.project for request in requests}:
        operations_requests.let_go(project)


def pay(request: FundsRequest, by, *, on: date, reference: str) -> LedgerEntry:
    """Write down that a request was paid; refused when somebody else has done so, or on a day that cannot be."""
    _hold_all([request])
    return _pay(request, by, on, reference)


def pay_order(order: PaymentOrder, by, *, on: date, reference: str) -> int:
    """Write down that all of an order was paid on one day, and return how many payments that were."""
    waiting = [each for each in _hold_order(order) if each.state is RequestState.ORDERED]
    if not waiting:
        raise RuleBroken(_l("Everything of this order is paid already."))
    for request in waiting:
        _pay(request, by, on, reference)
    return len(waiting)


def _pay(request: FundsRequest, by, on: date, reference: str) -> LedgerEntry:
    if request.state is RequestState.PAID and request.paid_on is not None:
        raise RuleBroken(_l("This was paid already on %(day)s.", day=rules.Day(request.paid_on)))
    _demand(request, *PAYABLE)
    if request.state is RequestState.CONFIRMED:
        _demand_payable(request)
    _demand_free(request.project, by, request.asked_by_id)
    _demand_reference(on, reference)
    if on < request.asked_at.astimezone(clock.CITY).date():
        raise RuleBroken(_l("This day lies before the request."), "on")

    project = request.project
    ledger.request(project, -request.amount_cents)
    entry = ledger.post(project, EntryKind.PAID, request.amount_cents, by, on=on, request_id=request.id,
                        reference=reference.strip())
    request.state, request.paid_on, request.reference, request.paid_by_id = (
        RequestState.PAID, on, reference.strip(), by.id)
    record("payment.paid", by, request, number=request.number, amount_cents=request.amount_cents, paid_on=on)
    return entry


def correct_payment(request: FundsRequest, by, reason: str) -> LedgerEntry:
    """Take back that something was paid, by an entry that names the wrong one; the request waits to be paid again."""
    _hold_all([request])
    paid = queries.payment_of(request.id)
    if request.state is not RequestState.PAID or paid is None:
        raise RuleBroken(_l("Nothing was paid on this request."))
    _demand_free(request.project, by, request.asked_by_id)
    if not reason.strip():
        raise RuleBroken(_l("Please say what was wrong."), "reason")
    entry = ledger.correct(paid, request.project, by, on=clock.today(), reference=reason.strip()[:80])
    ledger.request(request.project, request.amount_cents)
    request.state, request.paid_on, request.reference, request.paid_by_id, request.order_id = (
        RequestState.CONFIRMED, None, "", None, None)
    record("payment.corrected", by, request, number=request.number, amount_cents=request.amount_cents)
    operations_requests.let_go(request.project)
    return entry


def receive_back(project: Project, by, *, cents: int, on: date, reference: str) -> LedgerEntry:
    """Write down money that came back from the carrier; no more than was paid."""
    hold(project)
    ledger.account_of(project)
    _demand_free(project, by)
    if cents <= 0:
        raise RuleBroken(_l("Please enter an amount above zero."), "cents")
    _demand_reference(on, reference)
    entry = ledger.post(project, EntryKind.RETURNED, cents, by, on=on, reference=reference.strip())
    record("payment.returned", by, entry, amount_cents=cents, returned_on=on)
    return entry


def _hold_all(requests: Iterable[FundsRequest]) -> None:
    """Hold projects, their accounts and the requests, each kind in the order of their numbers."""
    rows = sorted(requests, key=lambda request: request.id)
    projects = sorted({request.project for request in rows}, key=lambda project: project.id)
    for project in projects:
        hold(project)
    for project in projects:
        ledger.account_of(project)
    for request in rows:
        hold(request)


def _hold_order(order: PaymentOrder) -> Sequence[FundsRequest]:
    """Hold what an order pays, and the order after it: one that was dropped meanwhile is not found any more."""
    number: int = sa.inspect(order).identity[0]  # its row may be gone
    _hold_all(queries_requests.requests_in(number))
    requests = [each for each in queries_requests.requests_in(number) if each.order_id == number]
    if not requests:
        raise RuleBroken(_l("This order was dropped meanwhile."))
    return requests


def _demand(request: FundsRequest, *states: RequestState) -> None:
    if request.state in states:
        return
    if request.order_id is not None:
        raise RuleBroken(_l("Request %(number)s is in an order already.", number=request.number))
    raise RuleBroken(_l("This is not possible any more. The request stands at “%(state)s”.",
                        state=request.state.label))


def _demand_payable(request: FundsRequest) -> None:
    """What stopped asking stops paying too (R10)."""
    if blocked := rules.payment_blocks(queries_requests.situation(request.project, clock.today())):
        raise RuleBroken(blocked[0])


def _demand_free(project: Project, by, asked_by_id: int | None = None) -> None:
    """Nobody pays a project of their own, puts such a payment right, or says that money came back from it (C1)."""
    if sentence := queries_confirm.exclusions(project, [by.id], clock.today(), asked_by_id).get(by.id):
        raise RuleBroken(sentence)


def _demand_reference(on: date, reference: str) -> None:
    if on > clock.today():
        raise RuleBroken(_l("This day lies in the future. Write down what has happened."), "on")
    if not reference.strip():
        raise RuleBroken(_l("Please enter the reference of the payment."), "reference")


def _carrier(request: FundsRequest) -> str:
    carrier = request.project.carrier
    return carrier.name if carrier is not None else request.project.title
