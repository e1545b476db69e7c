"""The worker that is woken through Redis: told to stop, it stops, also when Redis dies with it."""

import contextlib
import signal

import pytest
import redis
from rq import SimpleWorker
from rq.exceptions import StopRequested

from incubator.foundation import queue


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
