"""When people can sign up for a workshop, who gets a place, and how long they are known."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import WorkshopState
from incubator.foundation import links
from incubator.foundation.clock import CITY
from incubator.foundation.errors import RuleBroken

MOST_TOGETHER, MOST_CHILDREN, MOST_PLACES = 5, 9, 2000
UNCONFIRMED_KEPT = CANCELLED_KEPT = timedelta(days=7)
KEPT = timedelta(days=30)  # after the workshop
LETTERS_KEPT = timedelta(days=30)
REMIND_BEFORE = timedelta(days=2)
LAST_MINUTE = time(23, 59)
PURPOSE = "sign-up"
GONE = _l("This link does not work any more.")


def token(secret: str, number: int, salt: str) -> str:
    """Return the last part of the link by which somebody confirms, changes and cancels; only their letters hold it."""
    return links.token(secret, PURPOSE, number, salt)


def end_of(day: Any) -> datetime | None:
    """Return the last minute of a day in the city."""
    return datetime.combine(day, LAST_MINUTE, CITY) if day else None


def closed_because(workshop: Any, now: datetime) -> Any:
    """Return the sentence that says why nobody can sign up now; None while people can."""
    if workshop.state is WorkshopState.CANCELLED:
        return _l("This workshop does not take place.")
    if workshop.state is WorkshopState.HELD or workshop.starts_at <= now:
        return _l("This workshop has begun already. One can no longer sign up.")
    if not workshop.takes_signups:
        return _l("You need not sign up for this workshop: just come.")
    if workshop.signups_until is not None and workshop.signups_until < now:
        return _l("The time to sign up is over. Ask the office whether you can still come.")
    return None


def demand_open(workshop: Any, now: datetime) -> None:
    if because := closed_because(workshop, now):
        raise RuleBroken(because)


def is_ahead(workshop: Any, now: datetime) -> bool:
    """Say whether places can still change hands: until the workshop begins, also after the last day to sign up."""
    return workshop.state is WorkshopState.PLANNED and now < workshop.starts_at


def demand_ahead(workshop: Any, now: datetime) -> None:
    if not is_ahead(workshop, now):
        raise RuleBroken(_l("The workshop has begun or was cancelled. Nothing can be changed any more."))


def free(places: int | None, taken: int) -> int | None:
    """Return how many places are free, None where everybody fits in; lowered places leave none, never fewer."""
    return None if places is None else max(0, places - taken)


def moves_up(places: int | None, taken: int, waiting: Sequence[tuple[int, int]]) -> list[int]:
    """Return who of the waiting gets a place now; `waiting` are (number, people), who confirmed first comes first.

    We go through the list strictly in its order, and whoever fits into what is free gets it. A group that does not
    fit is passed by, because an empty chair helps nobody; it keeps its position and is asked first again each time.
    So nobody waits while they would fit, and nobody is passed by for somebody behind them who needs as much or more.
    """
    left = free(places, taken)
    moved = []
    for number, people in waiting:
        if left is None or people <= left:
            moved.append(number)
            left = None if left is None else left - people
    return moved


def demand_room(more: int, left: int | None) -> None:
    """Somebody with a place can bring more people only while places are free; the place itself stays."""
    if more > 0 and left is not None and more > left:
        if left == 0:
            raise RuleBroken(_l("No more places are free. Your place stays as it was."), "people")
        raise RuleBroken(_l("Only %(number)s more places are free. Your place stays as it was.", number=left), "people")


def demand_settings(workshop: Any) -> None:
    """The last day to sign up lies before the workshop or on its day."""
    until = workshop.signups_until
    if until is not None and until.astimezone(CITY).date() > workshop.starts_at.astimezone(CITY).date():
        raise RuleBroken(_l("The last day to sign up cannot lie after the workshop."), "signups_until")
    if workshop.places is not None and workshop.places < 1:
        raise RuleBroken(_l("At least one place, please; leave it empty where everybody fits in."), "places")


def needed(workshop: Any, people: int, children: int, interpreter: str) -> dict[str, Any]:
    """Return what must be prepared; what the workshop does not have is not promised to anybody."""
    if not 1 <= people <= MOST_TOGETHER:
        raise RuleBroken(_l("From one to five people can come together."), "people")
    if not 0 <= children <= MOST_CHILDREN:
        raise RuleBroken(_l("At most nine children, please."), "children")
    return {
        "people": people,
        "children": children if workshop.has_childcare else 0,
        "interpreter": interpreter if workshop.has_interpreters else "",
    }
