"""What the worker does about new entries."""

from incubator.foundation.jobs import every_tick, job
from incubator.journal import operations


@job
def deliver(entry_id: int) -> None:
    operations.deliver(entry_id)


@every_tick
def sweep() -> None:
    """Deliver what a dead Redis or a killed worker left behind."""
    operations.deliver()
