"""The worker that is woken through Redis, and what Redis gets to know: names of functions and numbers."""

import ast
import contextlib
import os
import pickle
import signal
import zlib

import pytest
import redis
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from incubator.foundation import queue
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import record
from tests.house.sources import PROGRAM


@pytest.fixture
def signals():
    """Give the process its own answers to signals back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, answer in kept.items():
        signal.signal(number, answer)


def test_a_worker_told_to_stop_ends_though_redis_dies_with_it(app, valkey, signals, monkeypatch):
    def work(self, **_options):
        with contextlib.suppress(StopRequested):
            self.request_stop(signal.SIGTERM, None)
        raise redis.ConnectionError("gone as well")

    monkeypatch.setattr(SimpleWorker, "work", work)
    queue.work()


def test_a_worker_that_only_lost_redis_says_so(app, valkey, monkeypatch):
    def work(self, **_options):
        raise redis.ConnectionError("gone")

    monkeypatch.setattr(SimpleWorker, "work", work)
    with pytest.raises(redis.RedisError):
        queue.work()


def test_a_worker_soon_notices_what_another_left_behind():
    """With what RQ does by itself a job of a killed worker is looked at after ten minutes."""
    assert (queue.WORKER["worker_ttl"], queue.WORKER["maintenance_interval"]) == (40, 15)
    assert queue.FAILURE_KEPT == 24 * 3600, "RQ keeps the traces of failed jobs for a year"


def test_what_lies_in_redis_is_json_and_goes_after_a_day(app, valkey):
    queue.wake("incubator.journal.jobs.deliver", 7)
    [job] = Queue(queue.NAME, connection=redis.Redis.from_url(valkey), serializer=JSONSerializer).jobs
    assert (job.args, job.failure_ttl, job.result_ttl) == ([7], 24 * 3600, 0)
    raw = redis.Redis.from_url(valkey).hget(job.key, "data")
    assert b"[7]" in zlib.decompress(raw)


def test_a_planted_pickle_is_never_opened(app, valkey, signals, tmp_path, monkeypatch):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "planted"),)

    queue.wake("incubator.journal.jobs.deliver", 7)
    line = redis.Redis.from_url(valkey)
    for key in line.scan_iter("rq:job:*"):
        if line.type(key) == b"hash":
            line.hset(key, "data", pickle.dumps(Bomb()))
    queue.work(burst=True)
    assert not (tmp_path / "planted").exists()


def test_redis_knows_no_names_and_no_words(app, valkey, make):
    person = make.person(name="Kanari Vogel", mail="kanari@example.org")
    project = make.project(title="Kanari-Projekt", lead=person)
    with transaction():
        record("project.moved", person, project, action="submit")
    line = redis.Redis.from_url(valkey)
    assert line.llen(f"rq:queue:{queue.NAME}"), "something waits there"
    for key in line.scan_iter():
        held = line.dump(key) + key
        assert b"anari" not in held and person.seal.encode() not in held


def test_whoever_wakes_gives_a_name_and_numbers():
    """Every call in the program: the first is a text that names a function, the others are called number or id."""
    for path in PROGRAM:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "queue.wake":
                assert isinstance(call.args[0], ast.Constant) and not call.keywords, path
                assert all(ast.unparse(each) in ("number", "entry.id", "letter.id") for each in call.args[1:]), path


def test_a_dead_redis_is_asked_once_and_then_left_alone(app, monkeypatch):
    asked = []
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    real = redis.connection.Connection.connect
    monkeypatch.setattr(redis.connection.Connection, "connect", lambda self: (asked.append(1), real(self))[1])
    with transaction():
        for number in range(20):
            after_commit(lambda number=number: queue.wake("incubator.journal.jobs.deliver", number))
    assert len(asked) == 1
    monkeypatch.setattr(queue, "REST", 0.0)
    app.extensions["queue"].rests_until = 0.0
    with pytest.raises(redis.RedisError):
        queue.wake("incubator.journal.jobs.deliver", 1)
    assert len(asked) == 2, "after its rest it is asked again"
