"""The next round: made from the last one, looked at for sense, and rehearsed as a calendar before anybody sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter
from flask_babel import lazy_gettext as _l

from incubator.foundation.deadlines import months_on
from incubator.programme.models import Round
from incubator.programme.rules import DATES, SETTINGS

WEEKS = timedelta(weeks=52)  # the same day of the week: bodies of a city meet on their day
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
NOT_COPIED = frozenset({"name", "is_fictional"})
SHORTEST_WRITING = timedelta(weeks=3)
SHORTEST_CHECK = timedelta(days=5)
SHORTEST_PERIOD = timedelta(weeks=8)


@dataclass(frozen=True)
class Day:
    """A day of the rehearsal; `is_reckoned` follows from the settings and is not a date of the round itself."""

    on: date
    label: Any
    is_reckoned: bool = False


def copied(last: Round, today: date) -> dict[str, Any]:
    """Return the settings of a round that follows: the same rules and money, its dates as many years later as needed.

    Each date keeps its day of the week and its distance from the others.
    """
    found = {name: getattr(last, name) for name in SETTINGS if name not in NOT_COPIED}
    dates = {name: getattr(last, name) for name in DATES if getattr(last, name) is not None}
    latest = dates.get("proposals_until") or max(dates.values(), default=None)
    shift = WEEKS
    while latest is not None and latest + shift <= today:
        shift += WEEKS
    years = round(shift.days / 365.25)
    return found | {name: on + shift for name, on in dates.items()} | {
        "name": YEAR.sub(lambda year: str(int(year.group()) + years), last.name)}


def differing(last: Round, settings: dict[str, Any]) -> list[str]:
    """Return the settings in which a round differs from the one it was copied from, dates apart."""
    return [name for name in SETTINGS
            if name not in DATES and name not in NOT_COPIED and settings[name] != getattr(last, name)]


def doubts(round: Round) -> Iterator[tuple[str, Any]]:
    """Yield (setting, sentence) for what is allowed but may not be meant."""
    yield from _free_days(round)
    writing = _between(round, "ideas_until", "proposals_until")
    if writing is not None and writing < SHORTEST_WRITING:
        yield "proposals_until", _l("Between the last idea and the last proposal lie only %(days)s days. "
                                    "People who write in their free time need about four weeks.", days=writing.days)
    checking = _between(round, "proposals_until", "check_until")
    if checking is not None and checking < SHORTEST_CHECK:
        yield "check_until", _l("Only %(days)s days to check all proposals. Many come on the last evening.",
                                days=checking.days)
    period = _between(round, "period_from", "period_until")
    if period is not None and period < SHORTEST_PERIOD:
        yield "period_until", _l("The projects have only %(days)s days.", days=period.days)
    final = _final_on(round)
    if final is not None and round.period_from is not None and round.pays_out and final > round.period_from:
        yield "period_from", _l("The projects may begin before the award is final: money can be paid "
                                "%(days)s days after the beginning at the earliest.",
                                days=(final - round.period_from).days)
    if round.reports_due_on and round.period_until and (
            round.reports_due_on > months_on(round.period_until, round.final_report_due_months)):
        yield "reports_due_on", _l("The day for reports lies later than the months that the rules give.")


def _free_days(round: Round) -> Iterator[tuple[str, Any]]:
    for name in ("proposals_until", "panel_on", "committee_on", "council_on", "notices_on"):
        on = getattr(round, name)
        if on is None:
            continue
        if on.weekday() >= 5:
            yield name, _l("“%(what)s” lies on a weekend. Nobody in the office can help on that day.", what=DATES[name])
        elif (on.month, on.day) in FIXED_HOLIDAYS or on in _moving_holidays(on.year):
            yield name, _l("“%(what)s” lies on a public holiday.", what=DATES[name])


FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 3), (10, 31), (12, 24), (12, 25), (12, 26), (12, 31)})  # Lower Saxony


def _moving_holidays(year: int) -> set[date]:
    """Return the public holidays that go with Easter: Good Friday, Easter Monday, Ascension, Whit Monday."""
    return {easter(year) + timedelta(days=days) for days in (-2, 1, 39, 50)}


def _between(round: Round, earlier: str, later: str) -> timedelta | None:
    first, last = getattr(round, earlier), getattr(round, later)
    return None if first is None or last is None else last - first


def _final_on(round: Round) -> date | None:
    return round.notices_on and months_on(round.notices_on, round.award_final_after_months)


def rehearsal(round: Round) -> list[Day]:
    """Return every day that will come of a round as it is set now, in order."""
    days = [Day(getattr(round, name), label) for name, label in DATES.items() if getattr(round, name) is not None]
    final = _final_on(round)
    if final is not None:
        days.append(Day(final, _l("Awards are final, money can be asked for"), True))
    due = round.reports_due_on
    if due is None and round.period_until is not None:
        due = months_on(round.period_until, round.final_report_due_months)
        days.append(Day(due, _l("Final reports due at the latest"), True))
    if due is not None:
        days += [Day(due - timedelta(days=before), _reminder(before), True) for before in round.reminder_days]
        days.append(Day(months_on(due, 12 * round.retention_finance_years),
                        _l("Files about money may be deleted"), True))
    if round.check_until is not None:
        days.append(Day(round.check_until + timedelta(days=round.return_due_days),
                        _l("Returned proposals lapse at the latest"), True))
    return sorted(days, key=lambda day: day.on)


def _reminder(before: int) -> Any:
    if before < 0:
        return _l("Reminder: the report is late")
    return _l("Reminder: the report is due soon") if before else _l("Reminder: the report is due today")
