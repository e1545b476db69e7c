"""The stamp of a form that anybody can send: when it was drawn, signed, so that machines cannot make it up."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

HOLDS = timedelta(hours=24)
LONGEST = 60


def stamp(secret: str, now: datetime) -> str:
    """Return the moment a form was drawn, with our mark."""
    second = str(int(now.timestamp()))
    return f"{second}-{_mark(secret, second)}"


def _mark(secret: str, second: str) -> str:
    return hmac.new(secret.encode(), f"drawn {second}".encode(), hashlib.sha256).hexdigest()[:32]


def age(given: str, secret: str, now: datetime) -> timedelta | None:
    """Return how long ago a form was drawn; None for a stamp that is not ours or holds no more."""
    second, _, mark = given[:LONGEST].partition("-")
    if not (second.isascii() and second.isdigit() and len(second) <= 12):
        return None
    if not hmac.compare_digest(mark.encode("utf-8", "replace"), _mark(secret, second).encode()):
        return None
    passed = now - datetime.fromtimestamp(int(second), UTC)
    return passed if timedelta(seconds=-1) <= passed <= HOLDS else None
