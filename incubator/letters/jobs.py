"""What the worker does about written letters."""

from incubator.foundation.jobs import every_tick, job
from incubator.letters import operations


@job
def post(number: int) -> None:
    operations.post(number)


@every_tick
def post_due() -> None:
    operations.post()
