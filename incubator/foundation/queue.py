"""Waking the worker. What must happen stands in tables; a lost wake-up only delays it."""

import threading
import time
from datetime import timedelta
from typing import Any

import redis
from flask import current_app
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from incubator.foundation import request_ids

NAME = "incubator"
WORKER: dict[str, Any] = {"worker_ttl": 40, "maintenance_interval": 15, "default_result_ttl": 60}
FAILURE_KEPT = 24 * 3600
JOB_TIMEOUT = 120
PATIENCE = timedelta(hours=6)
REST = 15.0  # seconds in which a Redis that did not answer is not asked again: the sweep is as quick


def wait(attempts: int, first: int) -> timedelta:
    """Return how long to wait after so many failed attempts: from `first` seconds on twice as long each time."""
    return min(timedelta(seconds=first * 2 ** min(attempts, 20)), PATIENCE)


def connection(**options: Any) -> redis.Redis:
    """Open Redis with short waits, so that a dead one delays nobody."""
    return redis.Redis.from_url(
        current_app.config["REDIS_URL"], socket_connect_timeout=0.5, socket_timeout=options.pop("wait", 1.0), **options
    )


def _brief() -> redis.Redis:
    """Open Redis for a page that somebody waits for: asked once, never again at once."""
    return connection(retry=Retry(NoBackoff(), 0))


class Bell:
    """Rings for the worker; after it was not heard it rests, so that a page waits for a dead Redis once at most."""

    def __init__(self) -> None:
        self.queue = Queue(NAME, connection=_brief(), serializer=JSONSerializer)
        self.rests_until = 0.0

    def ring(self, job: str, ids: tuple[int, ...]) -> None:
        if time.monotonic() < self.rests_until:
            return
        try:
            self.queue.enqueue(job, *ids, job_timeout=JOB_TIMEOUT, result_ttl=0, failure_ttl=FAILURE_KEPT,
                               meta=request_ids.handed_on())
        except redis.RedisError:
            self.rests_until = time.monotonic() + REST
            raise


def wake(job: str, *ids: int) -> None:
    """Ask the worker to run the function named `module.function` with plain numbers.

    Raises `redis.RedisError` when Redis is away; `after_commit` logs it and the sweep does the work later.
    """
    if not current_app.config["REDIS_URL"]:
        return
    if "queue" not in current_app.extensions:
        current_app.extensions["queue"] = Bell()
    current_app.extensions["queue"].ring(job, ids)


class Waker(SimpleWorker):
    """A worker that remembers that it was told to stop, and works under the number of the request that woke it."""

    stop: threading.Event

    def perform_job(self, job: Any, *given: Any, **named: Any) -> bool:
        with request_ids.woken_by(job.meta, job.func_name):
            return bool(super().perform_job(job, *given, **named))

    def _install_signal_handlers(self) -> None:
        super()._install_signal_handlers()
        if self.stop.is_set():  # told before we could hear it
            self._stop_requested = True

    def request_stop(self, signum: int, frame: Any) -> None:
        self.stop.set()
        super().request_stop(signum, frame)


def work(*, burst: bool = False, stop: threading.Event | None = None) -> None:
    """Run wake-ups until told to stop, which sets `stop`; one process, no fork, because each job is short.

    Raises `redis.RedisError` when Redis is away, except where it went away together with us: whoever was told to stop
    must not begin again because saying goodbye failed.
    """
    to_redis = connection(wait=None)
    queue = Queue(NAME, connection=to_redis, serializer=JSONSerializer)
    worker = Waker([queue], connection=to_redis, serializer=JSONSerializer, **WORKER)
    worker.stop = stop or threading.Event()
    try:
        worker.work(burst=burst, with_scheduler=False, logging_level="WARNING")
    except redis.RedisError:
        if not worker.stop.is_set():
            raise


def is_reachable() -> bool:
    try:
        return bool(_brief().ping())
    except redis.RedisError:
        return False
