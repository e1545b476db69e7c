"""After the final report only what was earned can still be paid."""

import pytest

from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations
from incubator.projects.lifecycle import Status
from tests.payments.stage import Stage, again, set_up_bank


@pytest.fixture
def stage(app, make):
    set_up_bank(app)
    return Stage(make)


def accept(stage, eligible):
    with transaction():
        hold(stage.project)
        operations.keep_earned(stage.project, eligible, stage.mentor)
        stage.project.status = Status.COMPLETED


def test_the_last_instalment_is_what_was_earned_and_not_paid_yet(stage):
    stage.paid(2_500_00)
    accept(stage, 4_800_00)
    assert stage.balance.left == 2_300_00
    with pytest.raises(RuleBroken, match="At most"):
        stage.ask(2_300_01)
    stage.paid(2_300_00)


def test_whoever_was_paid_more_than_was_earned_gets_nothing_more(stage):
    stage.paid(2_500_00)
    accept(stage, 2_400_00)
    with transaction():
        operations.receive_back(stage.project, stage.coordinator, cents=100_00, on=stage.project.status_since.date(),
                                reference="R-1")
    assert (stage.balance.committed, stage.balance.left) == (2_500_00, 0)
    with pytest.raises(RuleBroken, match="already paid"):
        stage.ask(1)


def test_requests_that_no_longer_fit_end_with_a_reason_the_newest_first(stage):
    first, second = stage.ask(500_00), stage.ask(600_00)
    accept(stage, 700_00)
    assert (again(first).state, again(second).state) == ("asked", "refused")
    assert again(second).refusal and stage.balance.left == 200_00


def test_a_report_is_not_decided_while_money_is_on_its_way(stage):
    stage.keep_account()
    stage.order(stage.checked())
    with pytest.raises(RuleBroken, match="on its way"):
        accept(stage, 5_000_00)


def test_saving_everything_leaves_nothing(stage):
    accept(stage, 0)
    assert (stage.balance.committed, stage.balance.approved) == (0, 5_000_00)
