"""Pages shared between processes through Redis: what one has drawn the others need not draw from the same state.

Whatever goes wrong here, a page is drawn as if there were no Redis.
"""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from incubator.foundation.pagecache import Key
from incubator.foundation.pagecache_page import Page
from incubator.foundation.pagecache_state import Stamp

KEPT = 300  # seconds; a state that lasts longer is still held by those who draw from it
ANSWERS_WITHIN = 0.25  # seconds; slower than that, a page is drawn sooner than fetched
RESTS = 5.0  # seconds in which a Redis that did not answer is not asked again
CLAIMED, LOOKS = 5000, 0.01  # milliseconds for which one may draw while others wait; seconds between their looks
LONGEST_WAIT = 3.0


class Shared:
    """Pages by address and state; `build` sets programs apart that draw differently while one replaces the other."""

    def __init__(self, url: str, build: str) -> None:
        self.redis = redis.Redis.from_url(
            url, socket_connect_timeout=ANSWERS_WITHIN, socket_timeout=ANSWERS_WITHIN, retry=Retry(NoBackoff(), 0))
        self.build, self.rests_until = build, 0.0

    def get(self, key: Key, stamp: Stamp) -> Page | None:
        """Return what another process drew, waiting for it; None where we have to draw, which others then know."""
        name = self.name(key, stamp)
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            if found := self.asked(lambda: self.redis.get(name), None):
                return _opened(found, stamp)
            if self.asked(lambda: self.redis.set(f"{name}:drawn", 1, nx=True, px=CLAIMED), True):
                return None
            time.sleep(LOOKS)
        return None

    def put(self, key: Key, stamp: Stamp, page: Page | None) -> None:
        """Hand on a page; without one, only say that nobody needs to wait."""
        name = self.name(key, stamp)
        if page is not None:
            self.asked(lambda: self.redis.set(name, _packed(page), ex=KEPT), None)
        self.asked(lambda: self.redis.delete(f"{name}:drawn"), None)

    def name(self, key: Key, stamp: Stamp) -> str:
        whole = json.dumps([self.build, key, stamp.rows, stamp.minute]).encode()
        return f"page:{hashlib.blake2b(whole, digest_size=20).hexdigest()}"

    def asked(self, question: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < self.rests_until:
            return otherwise
        try:
            return question()
        except redis.RedisError:
            self.rests_until = time.monotonic() + RESTS
            return otherwise


def _packed(page: Page) -> bytes:
    (way, body), *_ = page.bodies.items()
    about = {"headers": page.headers, "mark": page.mark, "minute": page.by_the_minute, "way": way}
    return json.dumps(about).encode() + b"\n" + body


def _opened(packed: bytes, stamp: Stamp) -> Page | None:
    about, _, body = packed.partition(b"\n")
    try:
        said = json.loads(about)
        headers = [(str(name), str(value)) for name, value in said["headers"]]
        return Page(headers, said["mark"], stamp, said["minute"], time.monotonic(), {said["way"]: body})
    except (ValueError, KeyError, TypeError):
        return None
