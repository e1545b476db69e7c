"""Write into the book, carry out what follows, and find out whether anything was changed."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold, is_sqlite
from incubator.foundation.rows import fact_of, put
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import listeners, queries, rules
from incubator.journal.models import START, Checkpoint, Delivery, Entry

log = logging.getLogger(__name__)
CHAIN_LOCK = 7_403_001
LEASE = timedelta(minutes=5)
NEWEST = sa.select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)
NEW_DELIVERY = sa.insert(Delivery.__table__)
CHAIN_HELD = sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK))


def record(action: str, by: Any, subject: Any, /, **data: Any) -> Entry:
    """Write an entry and, in the same transaction, what its listeners must do.

    `by` is a person or None for the clock; `subject` is the row it happened to, which must be in the session.
    """
    db.session.flush()
    actor = fact_of(by, "seal")
    _hold_chain()
    line = db.session.connection()
    newest = line.execute(NEWEST).one_or_none()
    number, previous = (newest.id + 1, newest.hash) if newest else (1, START)
    entry = Entry(
        id=number,
        at=clock.now(),
        action=action,
        actor=actor,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        project_id=subject.id if subject.__tablename__ == "project" else getattr(subject, "project_id", None),
        data={key: _plain(value) for key, value in data.items()},
        salt=rules.new_salt(),
        previous=previous,
    )
    entry.content = rules.content_of(entry.salt, rules.facts_of(entry, number))
    entry.hash = rules.hash_of(previous, number, entry.content)
    _write(line, entry, listeners.by_action.get(action, []))
    return entry


def _write(line: sa.Connection, entry: Entry, names: Sequence[str]) -> None:
    """Send the rows as they are, without the session's weighing of what comes before what: others wait meanwhile."""
    number, at = entry.id, entry.at
    put(entry)
    if names:
        line.execute(NEW_DELIVERY, [{"entry_id": number, "listener": name, "due_at": at} for name in names])
        after_commit(lambda: queue.wake("incubator.journal.jobs.deliver", number))


def _hold_chain() -> None:
    """Keep others from adding entries until this transaction ends; SQLite's writer's place already does."""
    if not is_sqlite():
        db.session.connection().execute(CHAIN_HELD)


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
        delivery.due_at = clock.now() + queue.wait(delivery.attempts, 15)


def make_checkpoint(secret: str | None, site: str) -> Checkpoint | None:
    """Sign the newest entry's hash, once on a day and only where there is something new; None where not.

    `secret` is the operator's key; without one nothing is signed.
    """
    if not secret or not checkpoint_is_due():
        return None
    _hold_chain()
    newest = db.session.execute(sa.select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).one_or_none()
    if newest is None or not checkpoint_is_due():
        return None
    made_at = clock.now().replace(microsecond=0)
    signed = rules.sign(secret, site=site, number=newest.id, hash=newest.hash, made_at=rules.moment_text(made_at))
    point = Checkpoint(**(signed._asdict() | {"made_at": made_at}))
    db.session.add(point)
    db.session.flush()
    return point


def checkpoint_is_due() -> bool:
    """Say whether there is something new and no checkpoint of today; two quick questions, asked every few seconds."""
    newest = queries.newest_checkpoint()
    if newest is not None and newest.made_at.astimezone(clock.CITY).date() >= clock.today():
        return False
    return queries.position() > (newest.number if newest else 0)


def newest_signed(line: sa.Connection, secret: str | None, site: str) -> dict[str, Any] | None:
    """Return the newest entry's number and hash as this connection sees them, signed where there is a key.

    A backup carries it, so that whoever brings it back sees that the journal is the one that was saved.
    """
    newest = line.execute(sa.select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).one_or_none()
    if newest is None:
        return None
    if not secret:
        return {"number": newest.id, "hash": newest.hash}
    made_at = rules.moment_text(clock.now())
    return dict(rules.sign(secret, site=site, number=newest.id, hash=newest.hash, made_at=made_at)._asdict())


def verify(secret: str | None = None) -> rules.Findings:
    """Walk the whole chain and its checkpoints; `secret` is our own key, so that strange ones are noticed."""
    columns = (
        Entry.id, Entry.at, Entry.action, Entry.actor, Entry.subject_type, Entry.subject_id, Entry.project_id,
        Entry.data, Entry.salt, Entry.content, Entry.previous, Entry.hash,
    )
    points = queries.signed_checkpoints()  # first: one made meanwhile would speak of entries not among the rows
    rows = db.session.execute(sa.select(*columns).order_by(Entry.id).execution_options(yield_per=1000))
    return rules.check(rows, queries.position(), points, rules.public_key(secret) if secret else None)
