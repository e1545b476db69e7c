"""Write into the book, carry out what follows, and prove that nothing was changed."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold, is_sqlite
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import listeners
from incubator.journal.models import START, Delivery, Entry
from incubator.journal.rules import digest

log = logging.getLogger(__name__)
CHAIN_LOCK = 7_403_001
LEASE = timedelta(minutes=5)
PATIENCE = timedelta(hours=6)


def record(action: str, by: Any, subject: Any, /, **data: Any) -> Entry:
    """Write an entry and, in the same transaction, what its listeners must do.

    `by` is a person or None for the clock; `subject` is the row it happened to, which must be in the session.
    """
    db.session.flush()
    if not is_sqlite():  # SQLite's writer's place already keeps others out
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK)))
    previous = db.session.scalar(sa.select(Entry.hash).order_by(Entry.id.desc()).limit(1)) or START
    facts = {
        "at": clock.now(),
        "action": action,
        "actor": getattr(by, "public_id", None),
        "subject_type": subject.__tablename__,
        "subject_id": subject.id,
        "project_id": subject.id if subject.__tablename__ == "project" else getattr(subject, "project_id", None),
        "data": {key: _plain(value) for key, value in data.items()},
    }
    entry = Entry(previous=previous, hash=digest(previous, **facts), **facts)
    db.session.add(entry)
    db.session.flush()
    names = listeners.by_action.get(action, [])
    for name in names:
        db.session.add(Delivery(entry_id=entry.id, listener=name, due_at=entry.at))
    if names:
        number = entry.id
        after_commit(lambda: queue.wake("incubator.journal.jobs.deliver", number))
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def deliver(entry_id: int | None = None, *, limit: int = 100) -> int:
    """Do what is due, one transaction each, and return how many were done; failures wait longer each time."""
    db.session.rollback()
    due = sa.select(Delivery.id).where(Delivery.done_at.is_(None), Delivery.due_at <= clock.now())
    if entry_id is not None:
        due = due.where(Delivery.entry_id == entry_id)
    done = 0
    for number in db.session.scalars(due.order_by(Delivery.id).limit(limit)).all():
        try:
            with transaction():
                done += _deliver_one(number)
        except Exception as fault:  # whatever a listener did wrong must not stop the others
            log.exception("delivery %s", number)
            with transaction():
                _postpone(number, fault)
    return done


def _deliver_one(number: int) -> int:
    delivery = db.session.get(Delivery, number)
    if delivery is None:
        return 0
    hold(delivery)
    if delivery.done_at is not None:
        return 0
    delivery.attempts += 1
    delivery.done_at = clock.now()
    listener: Callable[[Entry], None] | None = listeners.by_name.get(delivery.listener)
    if listener is None:
        delivery.error = "no such listener any more"
    else:
        listener(delivery.entry)
    return 1


def _postpone(number: int, fault: Exception) -> None:
    delivery = db.session.get(Delivery, number)
    if delivery is not None and delivery.done_at is None:
        delivery.attempts += 1
        delivery.error = type(fault).__name__
        delivery.due_at = clock.now() + min(timedelta(seconds=15 * 2**delivery.attempts), PATIENCE)


def verify() -> tuple[int, int | None]:
    """Walk the whole chain; return how many entries hold and the id of the first that does not."""
    previous, held = START, 0
    rows = db.session.scalars(sa.select(Entry).order_by(Entry.id).execution_options(yield_per=1000))
    for entry in rows:
        expected = digest(
            previous, at=entry.at, action=entry.action, actor=entry.actor, subject_type=entry.subject_type,
            subject_id=entry.subject_id, project_id=entry.project_id, data=entry.data,
        )
        if entry.previous != previous or entry.hash != expected:
            return held, entry.id
        previous, held = entry.hash, held + 1
    return held, None
