"""When a barrier has to be answered, who is reminded when, and how long we know whom to write to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.questions.models_barriers import BarrierReport

LONGEST_PATH, LONGEST_TEXT, LONGEST_ANSWER = 300, 2000, 4000
MONTHS_TO_ANSWER = 1
MONTHS_KEPT = 3  # after the answer; then the address goes, and what was sent there
YEARS_KEPT = 3  # after the answer; then the whole report goes
REMINDER_DAYS = (7, -1)  # before the last day, and when it is over


def due_on(given: date) -> date:
    """Return the last day for an answer: a month later (§ 9b NBGG; Directive (EU) 2016/2102, article 7)."""
    return months_on(given, MONTHS_TO_ANSWER)


def demand_open(report: BarrierReport) -> None:
    if report.answered_at is not None:
        raise RuleBroken(_l("This was answered already."))


def is_reachable(report: BarrierReport) -> bool:
    return bool(report.mail)


def is_forgotten(answered: date, today: date) -> bool:
    """Say whether an address has been kept long enough."""
    return months_on(answered, MONTHS_KEPT) <= today


def is_over(answered: date, today: date) -> bool:
    """Say whether the whole report has been kept long enough."""
    return months_on(answered, 12 * YEARS_KEPT) <= today


def came_from(endpoint: str | None, parts: Mapping[str, Any] | None, path: str) -> str:
    """Return the page somebody comes from; one behind a secret link is left out: its address opens it."""
    return "" if endpoint is None or "token" in (parts or {}) else path[:LONGEST_PATH]
