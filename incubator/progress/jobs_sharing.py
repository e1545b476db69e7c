"""Periodic work of the public pages."""

from incubator.foundation.jobs import every_tick
from incubator.progress import store_sharing


@every_tick
def sweep_shared() -> None:
    store_sharing.sweep()
