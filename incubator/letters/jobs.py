"""What the worker does about written letters."""

from datetime import timedelta

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick, job
from incubator.letters import operations

TURN = timedelta(seconds=10)


@job
def post(number: int) -> None:
    operations.post(number)


@every_tick
def post_due() -> None:
    """Send for some seconds at most, so that many letters or a slow mail server do not hold up other periodic work."""
    until = clock.now() + TURN
    while operations.post() and clock.now() < until:
        pass
