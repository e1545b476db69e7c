"""When a mentor has been silent for too long; nothing here reads the database."""

from collections.abc import Iterable
from datetime import date, timedelta

from incubator.projects.lifecycle import Status

ACCOMPANIED = (Status.MENTORING, Status.BUDGET_REVIEW, Status.ACTIVE)
OFFICE_LATER = timedelta(days=7)


def silent_from(days: Iterable[date | None]) -> date:
    """Return the day from which silence counts: the last talk, one that is planned, or when somebody or all began."""
    return max(day for day in days if day is not None)


def told_about_silence(since: date, alert_days: int, today: date) -> tuple[str, ...]:
    """Return who hears of it: the mentor first, a week later the coordination as well."""
    first = since + timedelta(days=alert_days)
    return tuple(who for who, day in (("mentor", first), ("coordinator", first + OFFICE_LATER)) if day < today)
