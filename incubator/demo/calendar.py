"""The demo city lives its days one after the other, each with the clock on that day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal

Happening = Callable[[], object]


class Calendar:
    """What happens when; things of one day happen in the order in which they were written down."""

    def __init__(self) -> None:
        self._days: dict[date, list[Happening]] = {}

    def on(self, day: date | str, happening: Happening) -> None:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self._days.setdefault(day, []).append(happening)

    def live(self) -> None:
        """Let everything happen, each in a transaction of its own, and tell those who must hear of it that day."""
        with _clock_kept():
            for day in sorted(self._days):
                for number, happening in enumerate(self._days[day]):
                    _set_clock(day, number)
                    with transaction():
                        happening()
                while journal.deliver(limit=1000):
                    pass


def _set_clock(day: date, number: int) -> None:
    clock.set(datetime.combine(day, time(9), clock.CITY) + timedelta(minutes=5 * number))


@contextmanager
def _clock_kept() -> Iterator[None]:
    try:
        yield
    finally:
        clock.set_free()
