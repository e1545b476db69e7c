"""What goes by itself, once every night."""

from datetime import time

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.privacy import operations_retention
from incubator.privacy.places import instance

MARK = "forgotten-on"
HOUR = time(3)


@every_tick
def forget_what_is_over() -> None:
    """Take away what is over: once a day, at night; the mark is set last, so that a night cut short is made up for."""
    mark, today = instance() / MARK, clock.today().isoformat()
    if clock.now().astimezone(clock.CITY).time() < HOUR or (mark.exists() and mark.read_text() == today):
        return
    operations_retention.forget_due()
    mark.write_text(today)
