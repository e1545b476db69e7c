"""What the worker must do is done once, whatever becomes of Redis and however many workers there are."""

import random
import threading

import pytest
import redis
import sqlalchemy as sa

from incubator.foundation import queue
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import listeners, on, operations, queries, record
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import Draft
from incubator.programme.models import Round

TRIALS, WORKERS = 20, 3


@pytest.fixture
def written():
    """Write a letter for each entry of a made-up action, as rooms do."""
    @on("test.happened")
    def write(entry):
        letters.write_many([Draft(f"{entry.id}:told", f"p{entry.id}@example.org", "de", "Betreff", "Text")])

    yield
    del listeners.by_name[listeners.by_action.pop("test.happened")[0]]


def _happen(number, times):
    for _each in range(times):
        with transaction():
            record("test.happened", None, db.session.get_one(Round, number))


def _arrived(mailbox):
    return sorted(letter["To"] for letter in mailbox.letters)


def test_two_workers_and_the_sweep_on_the_same_jobs_do_each_once(any_database, make, mailbox, written):
    _happen(make.round().id, 10)
    db.session.remove()
    start, faults = threading.Barrier(WORKERS), []

    def work():
        with any_database.app_context():
            start.wait(20)
            try:
                for _round in range(3):
                    operations.deliver()
                    letters.post(limit=3)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work) for _each in range(WORKERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    operations.deliver()
    while letters.post():
        pass
    assert faults == []
    assert len(mailbox.letters) == 10 and len(set(_arrived(mailbox))) == 10


def test_whatever_becomes_of_redis_nothing_is_lost_and_nothing_comes_twice(app, make, valkey, mailbox, written):
    """Emptied, away, or well: between the writing and the work, in every order, twenty times."""
    chance, line, number, total = random.Random(11), redis.Redis.from_url(valkey), make.round().id, 0
    for _trial in range(TRIALS):
        for what in chance.sample(["write", "write", "empty", "away", "worker", "sweep"], 6):
            app.config["REDIS_URL"] = "redis://127.0.0.1:1/0" if what == "away" else valkey
            app.extensions.pop("queue", None)
            if what in ("write", "away"):
                _happen(number, 2)
                total += 2
            elif what == "empty":
                line.flushall()
            elif what == "worker":
                queue.work(burst=True)
            else:
                app.test_cli_runner().invoke(args=["tick"])
    app.test_cli_runner().invoke(args=["tick"])
    assert total == TRIALS * 6 and queries.waiting() == 0
    assert len(mailbox.letters) == len(set(_arrived(mailbox))) == total
    assert db.session.scalar(sa.select(sa.func.count()).where(Letter.state != LetterState.SENT)) == 0
