"""The one clock. Moments are aware and in UTC; days are those of the city."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Europe/Berlin")

_shift = timedelta()
_still: datetime | None = None


def now() -> datetime:
    return _still or datetime.now(UTC) + _shift


def today() -> date:
    return now().astimezone(CITY).date()


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
