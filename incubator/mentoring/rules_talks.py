"""When a talk can be planned, changed and written down."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from flask_babel import lazy_gettext as _l

from incubator.foundation.clock import CITY
from incubator.foundation.errors import RuleBroken
from incubator.mentoring.models import SessionMode
from incubator.mentoring.models_agreement import TalkState
from incubator.mentoring.rules import LONGEST_MINUTES, TALKING
from incubator.projects.lifecycle import Status

FARTHEST = timedelta(days=366)
MOST_PLANNED = 12


def demand_planning(status: Status, planned: int = 0) -> None:
    if status not in TALKING:
        raise RuleBroken(_l("Talks are planned from the admission until the account is closed. "
                            "This project stands at “%(status)s”.", status=status.label))
    if planned >= MOST_PLANNED:
        raise RuleBroken(_l("There are %(number)s planned talks already. Please hold or cancel one first.",
                            number=planned))


def demand_moment(starts_at: datetime, minutes: int, now: datetime) -> None:
    """A talk lies ahead, within a year, at an hour that the clocks of the city show on that day."""
    local = starts_at.astimezone(CITY)
    if not exists(starts_at):
        raise RuleBroken(_l("This hour does not exist: the clocks are put forward that night."), "at")
    if starts_at <= now:
        is_past = local.date() < now.astimezone(CITY).date()
        raise RuleBroken(_l("Please choose a time that is still to come. What took place is written down, not "
                            "planned."), "on" if is_past else "at")
    if starts_at > now + FARTHEST:
        raise RuleBroken(_l("Please choose a day within the next year."), "on")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise RuleBroken(_l("A talk lasts between one minute and twelve hours."), "minutes")


def exists(moment: datetime) -> bool:
    """Say whether a local time is shown by a clock on that day; an hour is left out each spring."""
    back = moment.astimezone(UTC).astimezone(CITY)
    return moment.tzinfo is not CITY or back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def demand_place(mode: SessionMode, place: str) -> None:
    if not place.strip() and mode is SessionMode.ON_SITE:
        raise RuleBroken(_l("Please say where you meet."), "place")
    if not place.strip() and mode is SessionMode.VIDEO:
        raise RuleBroken(_l("Please give the link to the video talk."), "place")


def demand_planned(state: TalkState) -> None:
    if state is TalkState.HELD:
        raise RuleBroken(_l("This talk was written down already."))
    if state is TalkState.CANCELLED:
        raise RuleBroken(_l("This talk was cancelled."))


def demand_begun(starts_at: datetime, now: datetime) -> None:
    if starts_at > now:
        raise RuleBroken(_l("A talk is written down when it has taken place."), "held_on")


def is_over(starts_at: datetime, minutes: int, now: datetime) -> bool:
    return starts_at + timedelta(minutes=minutes) <= now


def is_reminded(starts_at: datetime, planned_at: datetime, today: date) -> bool:
    """Say whether today is the day before; who planned it today knows it already."""
    day, known = (moment.astimezone(CITY).date() for moment in (starts_at, planned_at))
    return day == today + timedelta(days=1) and known < today


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
