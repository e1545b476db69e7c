"""How the machine is: for the people who look after it, and for `/metrics`."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.desk.queries_house import KEEPS_FAILING
from incubator.dispatch import queries as dispatch
from incubator.dispatch.models import Post
from incubator.foundation import clock, pagecache
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.queue_state import Wakeups, wakeups
from incubator.foundation.sightings import Sighting, seen
from incubator.journal.models import Delivery, Entry
from incubator.letters import queries_undelivered as undelivered
from incubator.letters.models import Letter
from incubator.letters.rules import reason
from incubator.letters.topics import Topic

WORKER, BACKUP, JOURNAL, CERTIFICATE = "worker", "backup", "journal", "certificate"
SHOWN = 20


@dataclass(frozen=True)
class Machine:
    """Numbers and moments; `seen` knows worker, backup, journal and certificate where they were seen."""

    position: int
    outbox: int
    outbox_since: datetime | None
    failing: int
    letters_due: int
    letters_since: datetime | None
    tried_in_vain: int
    given_up: int
    messages_waiting: int
    messages_due: int
    messages_since: datetime | None
    messages_given_up: int
    database_bytes: int
    free_bytes: int
    wakeups: Wakeups | None
    seen: dict[str, Sighting]

    @property
    def undelivered(self) -> int:
        return self.tried_in_vain + self.given_up

    @property
    def certificate_until(self) -> datetime | None:
        """Return the last moment of one that browsers take."""
        until = self.seen[CERTIFICATE].facts.get("until") if CERTIFICATE in self.seen else None
        return datetime.fromisoformat(until) if until else None


@dataclass(frozen=True)
class LetterRow:
    """A letter that did not leave: to a person by their name, to others by their mail server alone."""

    id: int
    name: str | None
    server: str
    topic: Any
    written_at: datetime
    tries: int
    error: str
    reason: Any


def machine(instance: Path) -> Machine:
    row = db.session.execute(sa.select(
        *_outbox(), *_letters(), *_messages(),
        _of(sa.func.max(Entry.id)).label("position"), _size().label("database_bytes"),
    )).one()._mapping
    known = {name: row[name] or 0 for name in row if not name.endswith("_since")}
    return Machine(
        **known, outbox_since=row["outbox_since"], letters_since=row["letters_since"],
        messages_since=row["messages_since"],
        free_bytes=shutil.disk_usage(instance).free, wakeups=wakeups(),
        seen=seen(WORKER, BACKUP, JOURNAL, CERTIFICATE),
    )


def _of(what: Any, *conditions: Any) -> Any:
    return sa.select(what).where(*conditions).scalar_subquery()


def _outbox() -> list[Any]:
    waits = (Delivery.done_at.is_(None),)
    return [
        _of(sa.func.count(Delivery.id), *waits).label("outbox"),
        _of(sa.func.min(Delivery.due_at), *waits, Delivery.due_at <= clock.now()).label("outbox_since"),
        _of(sa.func.count(Delivery.id), *waits, Delivery.attempts >= KEEPS_FAILING).label("failing"),
    ]


def _letters() -> list[Any]:
    due = (Letter.state.in_(undelivered.OPEN), Letter.due_at <= clock.now())
    return [
        _of(sa.func.count(Letter.id), *due).label("letters_due"),
        _of(sa.func.min(Letter.due_at), *due).label("letters_since"),
        _of(sa.func.count(Letter.id), *undelivered.tried_in_vain()).label("tried_in_vain"),
        _of(sa.func.count(Letter.id), *undelivered.given_up_lately()).label("given_up"),
    ]


def _messages() -> list[Any]:
    """To machines of others."""
    return [
        _of(sa.func.count(Post.id), *dispatch.waiting()).label("messages_waiting"),
        _of(sa.func.count(Post.id), *dispatch.due()).label("messages_due"),
        _of(sa.func.min(Post.due_at), *dispatch.due()).label("messages_since"),
        _of(sa.func.count(Post.id), *dispatch.given_up_lately()).label("messages_given_up"),
    ]


def _size() -> Any:
    if is_sqlite():
        pages, size = "(SELECT page_count FROM pragma_page_count)", "(SELECT page_size FROM pragma_page_size)"
        return sa.literal_column(f"{pages} * {size}")
    return sa.func.pg_database_size(sa.func.current_database())


def page_cache() -> Any:
    """Return what this process's page cache has counted."""
    return pagecache.counts


def letters() -> list[LetterRow]:
    """Return the letters that somebody can send again or give up, at most twenty."""
    rows = undelivered.undelivered(SHOWN)
    people = {each.person_id for each in rows if each.person_id is not None}
    names = {person.id: person.name for person in db.session.scalars(sa.select(Person).where(Person.id.in_(people)))}
    return [
        LetterRow(each.id, names.get(each.person_id or 0), each.address.rpartition("@")[2], _topic(each.topic),
                  each.written_at, each.attempts, each.error, reason(each.error))
        for each in rows
    ]


def _topic(name: str) -> Any:
    return Topic(name).label if name else None


def failing() -> Sequence[Delivery]:
    """Return work in the background that keeps failing, at most twenty."""
    return db.session.scalars(
        sa.select(Delivery).where(Delivery.done_at.is_(None), Delivery.attempts >= KEEPS_FAILING)
        .order_by(Delivery.due_at, Delivery.id).limit(SHOWN)
    ).all()
