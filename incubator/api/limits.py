"""How much a network or a key may ask in a minute: counted in Redis where there is one, else in this process."""

import threading
from dataclasses import dataclass

import flask
import redis

from incubator.api.problems import Problem
from incubator.foundation import clock

WINDOW = 60
MOST_KEPT = 10_000
PATIENCE = 0.25


@dataclass(frozen=True)
class Spent:
    """What is left of a minute, for whom the limit is."""

    name: str
    limit: int
    left: int
    seconds: int


class Counter:
    """Counts in windows of a minute; what Redis does not answer is counted here."""

    def __init__(self, url: str) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        self.redis = redis.Redis.from_url(url, **patience) if url else None
        self.window, self.numbers, self.lock = 0, dict[str, int](), threading.Lock()

    def add(self, name: str, window: int) -> int:
        if self.redis is not None:
            try:
                with self.redis.pipeline() as line:
                    line.incr(f"api:{window}:{name}")
                    line.expire(f"api:{window}:{name}", 2 * WINDOW)
                    return int(line.execute()[0])
            except redis.RedisError:
                pass
        return self._here(name, window)

    def _here(self, name: str, window: int) -> int:
        with self.lock:
            if window != self.window or len(self.numbers) > MOST_KEPT:
                self.window, self.numbers = window, {}
            self.numbers[name] = self.numbers.get(name, 0) + 1
            return self.numbers[name]


def spend(kind: str, who: str, limit: int) -> Spent | None:
    """Count one request, and refuse what is too much; with a limit of 0 nothing is counted."""
    if not limit:
        return None
    app = flask.current_app
    counter: Counter = app.extensions.setdefault("api_counter", None) or Counter(app.config["REDIS_URL"])
    app.extensions["api_counter"] = counter
    second = int(clock.real_now().timestamp())
    window, seconds = second // WINDOW, WINDOW - second % WINDOW
    number = counter.add(f"{kind}:{who}", window)
    spent = flask.g.spent = Spent(kind, limit, max(0, limit - number), seconds)
    if number > limit:
        raise Problem(429, headers={"Retry-After": str(seconds)})
    return spent


def told(response: flask.Response, kind: str, limit: int) -> None:
    """Say how much may be asked, and what is left; of what is kept for others the page cache takes that away."""
    if not limit:
        return
    response.headers["RateLimit-Policy"] = f'"{kind}";q={limit};w={WINDOW}'
    spent: Spent | None = flask.g.get("spent")
    if spent is not None:
        response.headers["RateLimit"] = f'"{spent.name}";r={spent.left};t={spent.seconds}'
