"""The demo city lives its days one after the other, each with the clock on that day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal

Happening = Callable[[], object]
MORNING = 9


class Calendar:
    """What happens when; things of one hour happen in the order in which they were written down."""

    def __init__(self) -> None:
        self._days: dict[date, list[tuple[int, Happening]]] = {}

    def on(self, day: date | str, happening: Happening, hour: int = MORNING) -> None:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self._days.setdefault(day, []).append((hour, happening))

    def live(self) -> None:
        """Let everything happen, each in a transaction of its own, and tell those who must hear of it that day."""
        with _clock_kept():
            for day in sorted(self._days):
                for number, (hour, happening) in enumerate(sorted(self._days[day], key=lambda each: each[0])):
                    _set_clock(day, hour, number)
                    with transaction():
                        happening()
                while journal.deliver(limit=1000):
                    pass


def _set_clock(day: date, hour: int, number: int) -> None:
    clock.set(datetime.combine(day, time(hour), clock.CITY) + timedelta(minutes=5 * number))


@contextmanager
def _clock_kept() -> Iterator[None]:
    try:
        yield
    finally:
        clock.set_free()
