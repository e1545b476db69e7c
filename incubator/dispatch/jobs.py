"""What the worker does about messages to machines of others."""

from datetime import timedelta

from incubator.dispatch import operations
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick, job, now_and_then

TURN = timedelta(seconds=10)


@job
def post_some() -> None:
    operations.post()


@every_tick
def post_due() -> None:
    """Send for some seconds at most, so that many messages do not hold up other periodic work."""
    until = clock.now() + TURN
    while operations.post() and clock.now() < until:
        pass


@now_and_then
def forget_old() -> None:
    operations.forget_old()
