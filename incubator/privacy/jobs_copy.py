"""Copies are made in the worker, told of by letter, and taken away after a week."""

from incubator import letters
from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, job, now_and_then
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.privacy import operations_copy, queries_copy, store


@job
def make(copy_id: int) -> None:
    operations_copy.make(copy_id)


@every_tick
def make_waiting() -> None:
    """Make what a dead Redis or a killed worker left behind."""
    operations_copy.make()


@now_and_then
def forget_old() -> None:
    operations_copy.forget_old()


@every_tick
def sweep_files() -> None:
    store.sweep(queries_copy.known_keys)


@on("copy.made")
def tell_ready(entry: Entry) -> None:
    letters.tell([_person(entry)], "copy_ready", entry, copy=queries_copy.copy(entry.data["asked"]))


@on("copy.failed")
def tell_failed(entry: Entry) -> None:
    letters.tell([_person(entry)], "copy_failed", entry)


@on("person.erased")
def forget_copies(entry: Entry) -> None:
    operations_copy.forget(entry.subject_id)


def _person(entry: Entry) -> Person:
    return db.session.get_one(Person, entry.subject_id)
