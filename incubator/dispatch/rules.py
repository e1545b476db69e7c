"""When a message is tried again, and when a machine is left in peace."""

from datetime import timedelta

WAITS = tuple(timedelta(seconds=each) for each in (60, 300, 1800, 7200, 43200, 86400, 259200))
KEPT = timedelta(days=7)
OLDEST = timedelta(days=5)  # a message that waited so long behind others to a dead machine is given up with them
PATIENT = 3  # failures in a row, each of another attempt, that a machine may have before it rests
LONGEST_REST = timedelta(hours=12)
LONGEST_WISH = timedelta(hours=1)
GONE = 410
BUSY = (429, 503)


def next_try(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed attempts; None once there were enough."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest(failures: int) -> timedelta | None:
    """Return how long a machine is left in peace after so many failures in a row."""
    if failures < PATIENT:
        return None
    return min(WAITS[min(failures - PATIENT, len(WAITS) - 1)], LONGEST_REST)


def wished(retry_after: str) -> timedelta | None:
    """Return the rest a machine asks for, in seconds and of an hour at most; dates are not worth reading."""
    if not (retry_after.isascii() and retry_after.isdigit()) or len(retry_after) > 9:
        return None
    return min(timedelta(seconds=int(retry_after)), LONGEST_WISH)
