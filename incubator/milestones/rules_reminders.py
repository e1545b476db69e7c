"""Which milestones the calendar reminds of; nothing here reads the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incubator.letters.rules import reached


@dataclass(frozen=True)
class Coming:
    """A milestone whose reminder's day has come; `since` is that day."""

    milestone_id: int
    expected_on: date
    since: date


def coming(
    expected: Mapping[int, date], changed: Mapping[int, date], reminder_days: Sequence[int], since: date, today: date
) -> list[Coming]:
    """Return what is expected soon, the soonest first.

    `expected` and `changed` tell of each milestone when it is expected and when that was said last. Whoever has just
    said it, whoever has just come and a project that has just gone on are not reminded of days before that.
    """
    found = []
    for number, expected_on in expected.items():
        days = reached(reminder_days, expected_on, max(since, changed.get(number, since)), today)
        if days is not None and expected_on >= today:
            found.append(Coming(number, expected_on, date.fromordinal(expected_on.toordinal() - days)))
    return sorted(found, key=lambda each: (each.expected_on, each.milestone_id))


def newest_day(found: Iterable[Coming]) -> date | None:
    """Return the day of the newest reminder: one letter of that day names all that comes, and older ones are past."""
    return max((each.since for each in found), default=None)
