"""The clock that forgets which cards and dots came from one device."""

from incubator.boards import operations
from incubator.foundation.jobs import now_and_then


@now_and_then
def forget_devices() -> None:
    operations.forget_devices()
