"""One request for money in every state of its life, with the accounts and the ledger that belong to them."""

from datetime import date, timedelta

from flask import current_app

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.payments import operations
from incubator.payments import operations_ledger as ledger
from incubator.payments.models import EntryKind
from incubator.payments.models_requests import FundsRequest, PaymentOrder, RequestState
from tests.payments.stage import IBAN, set_up_bank

CENTS = 100_00
STATES = ("asked", "confirmed", "confirmed", "ordered", "paid")


def build(project, people):
    """Return requests by their state, whatever the project's own status allows, and the order of one of them."""
    set_up_bank(current_app)
    moment = clock.now() - timedelta(days=5)
    order = PaymentOrder(message_id="PAY-1", execute_on=date(2026, 3, 2), total_cents=CENTS, made_at=moment,
                         made_by_id=people["coordinator"].id)
    found = {state: _request(project, people, number, state, moment) for number, state in enumerate(STATES, 1)}
    found["ordered"].order = order
    first = _request(project, people, 2, "confirmed", moment)
    with transaction():
        operations.keep(project.carrier, people["coordinator"], holder="Verein", iban=IBAN)
        ledger.account_of(hold(project))
        db.session.add_all([order, first, *found.values()])
        db.session.flush()
        for request in [first, *found.values()]:
            if request.state is RequestState.PAID:
                ledger.post(project, EntryKind.PAID, CENTS, people["coordinator"], on=moment.date(),
                            request_id=request.id, reference="K-1")
            else:
                ledger.request(project, CENTS)
    return found, order


def _request(project, people, number, state, moment):
    checked = {} if state == "asked" else {
        "factual_by_id": people["mentor"].id, "factual_at": moment, "arithmetic_by_id": people["coordinator"].id,
        "arithmetic_at": moment}
    paid = {"paid_on": moment.date(), "reference": "K-1", "paid_by_id": people["coordinator"].id}
    return FundsRequest(
        project_id=project.id, number=number, amount_cents=CENTS, purpose="Miete", needed_by=date(2026, 3, 20),
        state=RequestState(state), asked_by_id=people["lead"].id, asked_at=moment, **checked,
        **(paid if state == "paid" else {}))
