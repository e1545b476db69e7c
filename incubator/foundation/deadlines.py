"""Deadlines counted in months, as § 188 BGB counts them."""

import calendar
from datetime import date


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last where it has no such day (§ 188 (2), (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
