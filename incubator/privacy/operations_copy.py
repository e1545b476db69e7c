"""Have a copy of everything about oneself made: the file is there before the journal says so."""

from typing import Any

from incubator.accounts.models import Person
from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import record
from incubator.journal.models import Entry
from incubator.privacy import packing, queries_copy, rules_copy, store
from incubator.privacy.rules_copy import Copy


def ask(person: Person, by: Any, *, language: str) -> Entry:
    """Have a copy made in a language; one at a time."""
    hold(person)
    rules_copy.demand_free(next(iter(queries_copy.copies(person.id)), None), clock.now())
    entry = record(queries_copy.ASKED, by, person, language=language)
    number = entry.id
    after_commit(lambda: queue.wake("incubator.privacy.jobs_copy.make", number))
    return entry


def make(copy_id: int | None = None) -> int:
    """Make what waits and return how many are there; outside of any transaction, because packing takes its time.

    What fails is tried again after some minutes, and given up at last.
    """
    return sum(_make(each) for each in queries_copy.waiting(copy_id))


def _make(copy: Copy) -> int:
    person = db.session.get(Person, copy.person_id)
    if person is None or person.erased_at is not None:
        return 0
    tries = store.take(copy.key, clock.now())
    if tries > rules_copy.TRIES or clock.now() >= copy.ends_at:
        return _give_up(copy)
    if not tries:
        return 0
    return _finish(copy, store.write(copy.key, lambda path: packing.fill(path, person, copy.language)))


def _finish(copy: Copy, size: int) -> int:
    with transaction():
        person = hold(db.session.get_one(Person, copy.person_id))
        if person.erased_at is not None:  # forgotten meanwhile: nothing of them may stay
            store.remove(copy.key)
            return 0
        if not queries_copy.copy(copy.id).is_waiting:  # another worker was faster
            return 0
        record(queries_copy.MADE, None, person, asked=copy.id, size=size)
        for older in queries_copy.copies(person.id):
            if older.id < copy.id:
                after_commit(lambda key=older.key: store.remove(key))  # type: ignore[misc]
    return 1


def _give_up(copy: Copy) -> int:
    with transaction():
        person = hold(db.session.get_one(Person, copy.person_id))
        if queries_copy.copy(copy.id).is_waiting:
            record(queries_copy.FAILED, None, person, asked=copy.id)
    store.remove(copy.key)
    return 0


def forget(person_id: int) -> None:
    """Take away every copy somebody asked for."""
    for key in queries_copy.keys_of(person_id):
        store.remove(key)


def forget_old() -> None:
    """Take copies away whose week is over."""
    now = clock.now()
    for each in queries_copy.overdue(now):
        store.remove(each.key)
