"""What the worker does about written letters."""

from incubator.foundation.jobs import every_tick, job
from incubator.letters import operations

BATCHES = 4


@job
def post(number: int) -> None:
    operations.post(number)


@every_tick
def post_due() -> None:
    """Send a few hundred letters at most, so that many of them do not keep the other periodic work waiting."""
    for _ in range(BATCHES):
        if not operations.post():
            return
