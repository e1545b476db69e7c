"""How many wake-ups lie in Redis, and for how long; what they are about stands in tables."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import redis
from flask import current_app
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from incubator.foundation import queue


@dataclass(frozen=True)
class Wakeups:
    """How many wait, and how many seconds the oldest has waited."""

    number: int
    age: float


def wakeups() -> Wakeups | None:
    """Return what waits; None where there is no Redis, or it does not answer."""
    if not current_app.config["REDIS_URL"]:
        return None
    line: Any = queue.connection(retry=Retry(NoBackoff(), 0))
    waiting = Queue(queue.NAME, connection=line, serializer=JSONSerializer)
    try:
        number, oldest, (seconds, _micros) = line.llen(waiting.key), line.lindex(waiting.key, 0), line.time()
        since = line.hget(Job.key_for(oldest.decode()), "enqueued_at") if oldest else None
    except redis.RedisError:
        return None
    return Wakeups(int(number), _age(since, seconds))


def _age(since: bytes | None, seconds: int) -> float:
    """Count by the clock of Redis: the demo city's runs on another day."""
    if not since:
        return 0.0
    return max(0.0, (datetime.fromtimestamp(seconds, UTC) - datetime.fromisoformat(since.decode())).total_seconds())
