"""The one clock. Moments are aware and in UTC; days are those of the city."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Europe/Berlin")

_shift = timedelta()
_still: datetime | None = None


@dataclass
class Looked:
    """How closely somebody looked at the clock, beyond the day."""

    minute: bool = False
    moment: bool = False


_eyes = threading.local()


@contextmanager
def watched() -> Iterator[Looked]:
    """Notice how closely this thread looks at the clock: what was drawn holds as long as that stays the same."""
    before, _eyes.looked = getattr(_eyes, "looked", None), Looked()
    try:
        yield _eyes.looked
    finally:
        _eyes.looked = before


def unwatched_now() -> datetime:
    return _still or datetime.now(UTC) + _shift


def now() -> datetime:
    if looked := getattr(_eyes, "looked", None):
        looked.moment = True
    return unwatched_now()


def minute() -> datetime:
    """Return the minute that has begun: by it pages for everyone are drawn, which are then the same for a minute."""
    if looked := getattr(_eyes, "looked", None):
        looked.minute = True
    return unwatched_now().replace(second=0, microsecond=0)


def today() -> date:
    return unwatched_now().astimezone(CITY).date()


def real_now() -> datetime:
    """Return the moment by which phones count, whatever day the demo city lives on."""
    return _still or datetime.now(UTC)


def real_today() -> date:
    """Return the day on the wall, whatever day the demo city lives on."""
    return datetime.now(CITY).date()


def set(moment: datetime | date) -> None:
    """Stop the clock; a bare day means its noon in the city."""
    global _still
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12), CITY)
    _still = moment.astimezone(UTC)


def shift(by: timedelta) -> None:
    """Let the clock run on, moved by whole days: the demo city lives on its own day."""
    global _shift
    _shift = by


def set_free() -> None:
    """Let a stopped clock run again."""
    global _still
    _still = None


def reset() -> None:
    global _still, _shift
    _still, _shift = None, timedelta()
