"""What follows an entry happens once, whatever Redis or a listener does."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock, queue
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import listeners, on, operations, queries, record
from incubator.journal.models import Delivery


@pytest.fixture
def heard():
    """Listen to a made-up action for the length of one test."""
    told: list[int] = []

    @on("test.happened")
    def hear(entry):
        told.append(entry.id)

    yield told
    name = listeners.by_action.pop("test.happened")[0]
    del listeners.by_name[name]


def _happen(make):
    round = make.round()
    with transaction():
        return record("test.happened", None, round).id


def test_a_listener_is_told_once(any_database, make, heard):
    number = _happen(make)
    assert operations.deliver() == 1
    assert operations.deliver() == 0
    assert heard == [number]


def test_what_redis_lost_is_swept_later(app, make, heard):
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    number = _happen(make)
    assert heard == [] and queries.waiting() == 1
    app.test_cli_runner().invoke(args=["tick"])
    assert heard == [number]


def test_redis_wakes_the_worker(app, valkey, make, heard):
    number = _happen(make)
    queue.work(burst=True)
    assert heard == [number]


def test_a_failing_listener_waits_and_is_tried_again(any_database, make):
    tries = []

    @on("test.failed")
    def fail_once(entry):
        tries.append(entry.id)
        if len(tries) == 1:
            raise ValueError("not yet")

    try:
        with transaction():
            record("test.failed", None, make_round := _round(make))
        assert make_round.id
        assert operations.deliver() == 0
        delivery = db.session.scalar(sa.select(Delivery))
        assert (delivery.error, delivery.attempts, delivery.done_at) == ("ValueError", 1, None)
        assert operations.deliver() == 0
        clock.set(clock.now() + timedelta(minutes=2))
        assert operations.deliver() == 1
    finally:
        del listeners.by_name[listeners.by_action.pop("test.failed")[0]]


def _round(make):
    return make.round()


def test_what_a_failing_listener_wrote_is_undone(app, make):
    @on("test.broke")
    def write_and_break(entry):
        db.session.execute(sa.text("UPDATE round SET name = 'half done'"))
        raise ValueError

    try:
        round = make.round(name="whole")
        with transaction():
            record("test.broke", None, round)
        operations.deliver()
        db.session.refresh(round)
        assert round.name == "whole"
    finally:
        del listeners.by_name[listeners.by_action.pop("test.broke")[0]]


def test_a_listener_that_is_gone_stops_nobody(app, make, heard):
    _happen(make)
    with transaction():
        db.session.execute(sa.update(Delivery).values(listener="gone.away"))
    assert operations.deliver() == 1
    assert heard == []
