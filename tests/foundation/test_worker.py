"""A worker that is told to stop ends in order: what runs is finished, what was not begun waits for others."""

import os
import signal
import threading
import time

import pytest

from incubator.foundation import jobs, queue, worker
from incubator.foundation.transaction import transaction
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import Draft

PATIENCE = 20


@pytest.fixture
def told(monkeypatch):
    """Answers to signals and the word to stop are as before afterwards; periodic work is what the test says."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(jobs, "stopping", threading.Event())
    monkeypatch.setattr(worker, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "periodic", [])
    yield jobs.periodic
    assert not still_sweeping(), "it would go on with every later test's database"
    for number, answer in kept.items():
        signal.signal(number, answer)


def still_sweeping():
    """Return the sweeps that do not end, after waiting for those that do."""
    sweeps = [each for each in threading.enumerate() if each.name == "sweep"]
    for each in sweeps:
        each.join(PATIENCE)
    return [each for each in sweeps if each.is_alive()]


def _tell():
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("with_redis", [True, False])
def test_it_finishes_what_it_has_begun_and_begins_nothing_more(app, request, told, with_redis):
    if with_redis:
        request.getfixturevalue("valkey")
    done = []

    def first():
        threading.Timer(0.05, _tell).start()
        time.sleep(0.5)
        done.append("first")

    told.extend([first, lambda: done.append("second")])
    worker.run(app)
    assert done == ["first"]


def test_a_job_that_runs_is_finished(app, valkey, told, monkeypatch):
    done = []

    def deliver(number):
        _tell()
        time.sleep(0.3)
        done.append(number)

    monkeypatch.setattr("incubator.journal.jobs.deliver", deliver)
    for number in (1, 2):
        queue.wake("incubator.journal.jobs.deliver", number)
    worker.run(app)
    assert done == [1], "the second stays in the queue"
    monkeypatch.setattr("incubator.journal.jobs.deliver", done.append)
    queue.work(burst=True)
    assert done == [1, 2]


def test_it_stops_though_redis_is_away(app, told):
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    threading.Timer(0.3, _tell).start()
    begun = time.monotonic()
    worker.run(app)
    assert time.monotonic() - begun < PATIENCE


def test_whoever_is_told_before_redis_answers_does_not_begin(app, valkey, told):
    jobs.stopping.set()
    queue.wake("incubator.journal.jobs.deliver", 7)
    queue.work(stop=jobs.stopping)


def test_work_that_never_ends_is_left_after_a_while(app, told, monkeypatch, caplog):
    monkeypatch.setattr(worker, "LONGEST_END", 0.2)
    over = threading.Event()
    told.append(lambda: (_tell(), over.wait(PATIENCE)))
    told[0].__name__ = "endless"
    worker.run(app)
    monkeypatch.setattr(jobs, "stopping", threading.Event())
    told.clear()
    over.set()
    assert "left in the middle" in caplog.text
    assert not still_sweeping(), "what comes after, here another worker, does not wake it"


def test_letters_that_were_taken_and_not_sent_are_given_back(app, mailbox, told, monkeypatch):
    with transaction():
        letters.write_many([Draft(f"{n}", f"p{n}@example.org", "de", "Betreff", "Text") for n in range(5)])
    take = mailbox.handle_DATA

    async def taken(server, session, envelope):
        jobs.stopping.set()
        return await take(server, session, envelope)

    with monkeypatch.context() as patch:
        patch.setattr(type(mailbox), "handle_DATA", lambda self, *given: taken(*given))
        assert letters.post() == 1
    states = [each.state for each in Letter.query.order_by(Letter.id)]
    assert states == [LetterState.SENT] + [LetterState.WAITING] * 4
    jobs.stopping.clear()
    assert letters.post() == 4 and len(mailbox.letters) == 5
