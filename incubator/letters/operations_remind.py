"""Reminders: rooms say what the calendar asks for today; each letter is written once, and only to who wants it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import queries, rules
from incubator.letters.operations import write
from incubator.letters.topics import topic_of


@dataclass(frozen=True)
class Reminder:
    """One letter to one person; `key` says of what it reminds, so that the next tick does not do it again."""

    key: str
    to: Any
    template: str
    facts: dict[str, Any] = field(default_factory=dict)


def remind(wanted: Callable[[], Iterable[Reminder]]) -> None:
    """Write the reminders that are due and were not written; looked up first without keeping anybody waiting."""
    db.session.rollback()
    if not _open(wanted()):
        return
    with transaction():
        for each in _open(wanted()):
            write(each.to, each.template, key=each.key, **each.facts)


def _open(wanted: Iterable[Reminder]) -> list[Reminder]:
    by_key: dict[str, Reminder] = {}
    for each in wanted:
        by_key.setdefault(each.key, each)
    if not by_key:
        return []
    written = queries.written(by_key)
    unwanted = queries.unwanted({each.to.id for each in by_key.values()})
    return [each for key, each in by_key.items() if key not in written and _is_wanted(each, unwanted)]


def _is_wanted(each: Reminder, unwanted: set[tuple[int, str]]) -> bool:
    topic = topic_of(each.template)
    return bool(each.to.mail) and rules.is_there(each.to.is_active, topic) and (each.to.id, topic) not in unwanted
