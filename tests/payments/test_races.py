"""Two people at the same moment, on both databases: the rule decides, never the luck."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.payments import operations, queries
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.projects.models import Project
from tests.payments.stage import Stage, set_up_bank
from tests.scale import scaled, told

FEW, MANY = 30, scaled(1000)


class Race:
    """People and project by number, as each thread has a session of its own."""

    def __init__(self, make):
        self.stage = Stage(make, grant=20_000_000_00, round_=make.round(fund_cents=20_000_000_00))
        self.project_id = self.stage.project.id
        self.ids = {name: getattr(self.stage, name).id for name in ("lead", "mentor", "coordinator", "other")}

    def person(self, name):
        return db.session.get_one(Person, self.ids[name])

    def ask(self, cents, name="lead"):
        operations.ask(db.session.get_one(Project, self.project_id), self.person(name), amount_cents=cents,
                       purpose="Miete", needed_by=clock.today() + timedelta(days=3))

    def confirm(self, request_id, name, what):
        operations.confirm(db.session.get_one(FundsRequest, request_id), self.person(name), what, True)

    def pay(self, request_id, name):
        operations.pay(db.session.get_one(FundsRequest, request_id), self.person(name), on=clock.today(),
                       reference=f"K-{name}")

    def order(self, request_id, name):
        operations.order([db.session.get_one(FundsRequest, request_id)], self.person(name), clock.today())


def refused(answers):
    """Return what was refused, where exactly one of two was done."""
    assert answers.count("done") == 1, answers
    return str(next(each for each in answers if each != "done").sentence)


def two_confirmers(make, at_once, trials):
    race = Race(make)
    for _trial in range(trials):
        request = race.stage.ask(100).id
        assert "other" in refused(at_once(partial(race.confirm, request, "mentor", "factual"),
                                          partial(race.confirm, request, "coordinator", "factual")))
        refused(at_once(*[partial(race.confirm, request, "other", "arithmetic")] * 2))
        found = db.session.execute(sa.select(FundsRequest.state, FundsRequest.factual_by_id,
                                             FundsRequest.arithmetic_by_id).where(FundsRequest.id == request)).one()
        assert found.state is RequestState.CONFIRMED and found.factual_by_id != found.arithmetic_by_id


def two_payers(make, at_once, trials):
    race = Race(make)
    for trial in range(1, trials + 1):
        request = race.stage.checked(100).id
        assert "paid already" in refused(at_once(*(partial(race.pay, request, name) for name in (
            "coordinator", "other"))))
        rows = sa.select(LedgerEntry.amount_cents).where(LedgerEntry.kind == EntryKind.PAID)
        assert list(db.session.scalars(rows)) == [100] * trial
        assert queries.balance(race.project_id).paid == 100 * trial


def two_leads(make, at_once, trials):
    race = Race(make)
    second = make.person("lead")
    race.ids["second"] = second.id
    left = 10_000_000_00 - trials * 100
    race.stage.ask(left)
    for trial in range(trials):
        most = 10_000_000_00 - left - trial * 100
        works = [partial(race.ask, most // 2 + 1, name) for name in ("lead", "second")]
        assert "can be asked for" in refused(at_once(*works))
        with transaction():
            newest = db.session.scalars(sa.select(FundsRequest).order_by(FundsRequest.id.desc()).limit(1)).one()
            operations.withdraw(newest, race.stage.lead)
        race.stage.ask(100)
    balance = queries.balance(race.project_id)
    assert balance.requested == 10_000_000_00 and balance.left == 10_000_000_00


def an_order_and_a_payment(make, at_once, trials):
    """Paid first: no order. Ordered first: it can be paid. Never ordered after it was paid, never paid twice."""
    race = Race(make)
    race.stage.keep_account()
    for trial in range(1, trials + 1):
        request = race.stage.checked(100).id
        answers = at_once(partial(race.order, request, "coordinator"), partial(race.pay, request, "other"))
        assert answers[1] == "done"
        found = db.session.get_one(FundsRequest, request)
        assert (found.state, found.order_id is None) == (RequestState.PAID, answers[0] != "done")
        assert queries.balance(race.project_id).paid == 100 * trial


RACES = (two_confirmers, two_payers, two_leads, an_order_and_a_payment)


@pytest.mark.long
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_two_at_once_never_do_what_one_alone_may_not(any_database, make, at_once, race):
    set_up_bank(any_database)
    race(make, at_once, FEW)


@pytest.mark.long
@pytest.mark.endurance
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_a_thousand_times_two_at_once(any_database, make, at_once, race):
    set_up_bank(any_database)
    race(make, at_once, MANY)
    told(f"{MANY} × {race.__name__} over {db.engine.dialect.name}: the rule decided each time")
