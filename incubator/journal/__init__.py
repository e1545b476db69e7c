"""What happened, in order and for good: audit log, public timeline and outbox at once."""

from incubator.journal.listeners import on
from incubator.journal.operations import record

__all__ = ["on", "record"]
