"""The ground on which money is walked: one awarded project, its model beside it, and what must hold after each step."""

from datetime import date

import sqlalchemy as sa
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import verify
from incubator.payments import operations_ledger as ledger
from incubator.payments import queries
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_requests import FundsRequest
from tests.builders import Builders
from tests.fresh import empty_sqlite
from tests.payments.money_model import AWARD, Money
from tests.payments.stage import Stage

BEGIN = date(2026, 3, 1)


class Ground(RuleBasedStateMachine):
    """One awarded project; what the program does and what the model does must be the same."""

    app = None
    taken = 0

    @initialize()
    def settle(self):
        clock.set(BEGIN)
        with self.app.app_context():
            empty_sqlite()
        self.context = self.app.app_context()
        self.context.push()
        make, self.model = Builders(), Money()
        self.stage = Stage(make, grant=AWARD)
        self.stage.keep_account()
        self.gate = self.stage.gate()
        self.late = make.project("reporting", carrier=self.stage.project.carrier, report_due_on=BEGIN)
        self.project, self.lines = self.stage.project, [each.root_id for each in queries.lines(self.stage.project.id)]
        self.model.spent = {line: {} for line in self.lines}
        self.model.proved = {line: {} for line in self.lines}
        with transaction():
            ledger.account_of(hold(self.project))

    def teardown(self):
        if hasattr(self, "context"):
            assert verify().holds
            db.session.remove()
            self.context.pop()
        clock.reset()

    def does(self, operation, *args, **fields):
        """Return what an act made, None where it was refused; a refusal says why."""
        type(self).taken += 1
        try:
            with transaction():
                return operation(*args, **fields) or True
        except RuleBroken as broken:
            assert str(broken.sentence).strip()
            db.session.expire_all()
            return None

    def both(self, wanted, done):
        assert bool(wanted) == bool(done), (wanted, done, self.model)

    def one(self, pick):
        numbers = sorted(self.model.asked)
        number = numbers[pick % len(numbers)]
        return number, db.session.scalar(sa.select(FundsRequest).where(FundsRequest.number == number))

    @invariant()
    def every_cent_is_where_it_must_be(self):
        if not hasattr(self, "project"):
            return
        db.session.rollback()
        account, model = db.session.get(Account, self.project.id), self.model
        sums = dict(db.session.execute(
            sa.select(LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents)).group_by(LedgerEntry.kind)).all())
        wanted = {
            EntryKind.COMMITTED: model.committed, EntryKind.PAID: model.paid, EntryKind.RETURNED: model.returned,
            EntryKind.SPENT: sum(sum(each.values()) for each in model.spent.values()),
            EntryKind.PROVED: sum(sum(each.values()) for each in model.proved.values()),
        }
        for kind, cents in wanted.items():
            assert sums.get(kind, 0) == cents == getattr(account, f"{kind.value}_cents"), kind
        states = dict(db.session.execute(sa.select(FundsRequest.number, FundsRequest.state)).all())
        assert states == {number: one.state for number, one in model.asked.items()}
        balance = queries.balance(self.project.id)
        assert balance.requested == account.requested_cents == model.requested
        assert 0 <= balance.returned <= balance.paid <= balance.paid + balance.requested <= balance.committed <= AWARD
        assert balance.left == balance.committed - balance.paid - balance.requested
        for line in queries.lines(self.project.id):
            assert line.spent == sum(model.spent[line.root_id].values())
            assert line.proved == sum(model.proved[line.root_id].values())

    @invariant()
    def each_paid_request_has_one_payment_that_stands(self):
        if hasattr(self, "project"):
            standing = sorted(entry.request_id for entry in queries.standing(self.project.id, EntryKind.PAID))
            rows = db.session.execute(sa.select(FundsRequest.id).where(FundsRequest.state == "paid")).scalars()
            assert standing == sorted(rows)
