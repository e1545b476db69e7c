"""What a revoked award lets go of."""

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.payments import operations
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.programme.models import Round
from incubator.projects import operations as projects
from tests.payments.stage import Stage, again, set_up_bank


@pytest.fixture
def stage(app, make):
    set_up_bank(app)
    stage = Stage(make)
    stage.keep_account()
    return stage


def revoke(stage):
    for person in (stage.coordinator, stage.other):
        with transaction():
            projects.revoke(stage.project, person, "Träger aufgelöst" if person is stage.coordinator else "")
    deliver()


def committed():
    found = sa.select(LedgerEntry.amount_cents).where(LedgerEntry.kind == EntryKind.COMMITTED).order_by(LedgerEntry.id)
    return list(db.session.scalars(found))


def test_only_what_was_paid_stays_committed_and_open_requests_end(stage):
    stage.paid(1_000_00)
    asked, checked = stage.ask(200_00), stage.checked(300_00)
    revoke(stage)
    assert [again(each).state for each in (asked, checked)] == ["refused", "refused"]
    assert again(asked).refusal == "Träger aufgelöst"
    assert committed() == [5_000_00, 1_000_00, -5_000_00]
    assert (stage.balance.committed, stage.balance.requested, stage.balance.left) == (1_000_00, 0, 0)
    with pytest.raises(RuleBroken, match="revoked"):
        stage.ask(1)


def test_a_project_that_never_asked_keeps_nothing(stage):
    revoke(stage)
    assert (committed(), stage.balance.committed) == ([5_000_00, -5_000_00], 0)


def test_it_happens_once(stage):
    stage.paid(1_000_00)
    revoke(stage)
    with transaction():
        operations.let_go(stage.project)
    assert committed() == [5_000_00, 1_000_00, -5_000_00]


def test_what_is_on_its_way_to_the_bank_stays_until_it_is_paid(stage):
    request = stage.checked(400_00)
    stage.order(request)
    revoke(stage)
    assert (again(request).state, stage.balance.committed) == ("ordered", 400_00)
    stage.pay(request)
    assert (stage.balance.paid, stage.balance.left) == (400_00, 0)


def test_a_dropped_order_of_a_revoked_project_ends_too(stage):
    request = stage.checked(400_00)
    order = stage.order(request)
    revoke(stage)
    with transaction():
        operations.drop_order(order, stage.coordinator)
    assert (again(request).state, stage.balance.committed) == ("refused", 0)


def test_what_was_paid_is_free_for_others_only_once_it_came_back(any_database, make):
    stage = Stage(make)
    stage.paid(1_000_00)
    revoke(stage)
    assert awarded(stage) == 1_000_00
    with transaction():
        operations.receive_back(stage.project, stage.coordinator, cents=400_00, on=clock.today(), reference="K-2")
    for _each in range(2):
        deliver()
    assert awarded(stage) == 600_00


def test_what_the_bank_never_carried_out_becomes_free(stage):
    request = stage.checked(400_00)
    order = stage.order(request)
    revoke(stage)
    assert awarded(stage) == 400_00
    with transaction():
        operations.drop_order(order, stage.coordinator)
    deliver()
    assert awarded(stage) == 0


def awarded(stage):
    return db.session.scalar(sa.select(Round.awarded_cents).where(Round.id == stage.round.id))
