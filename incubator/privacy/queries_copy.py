"""Copies that were asked for, read from the journal."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import NoResultFound

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.privacy.rules_copy import KEPT_FOR, Copy, key_of

ASKED, MADE, FAILED = "copy.asked", "copy.made", "copy.failed"


def copies(person_id: int) -> list[Copy]:
    """Return what somebody asked for within the time that copies are kept, the newest first."""
    return _copies(_recent(ASKED).where(*_of(person_id)).order_by(Entry.id.desc()))


def copy(copy_id: int) -> Copy:
    found = _copies(sa.select(Entry).where(Entry.id == copy_id, Entry.action == ASKED))
    if not found:
        raise NoResultFound
    return found[0]


def waiting(copy_id: int | None = None) -> list[Copy]:
    """Return what still has to be made, the oldest first."""
    asked = _recent(ASKED).order_by(Entry.id)
    found = _copies(asked if copy_id is None else asked.where(Entry.id == copy_id))
    return [each for each in found if each.is_waiting]


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return which of these files may still be fetched."""
    now = clock.now()
    known = {each.key for each in _copies(_recent(ASKED)) if each.is_waiting or each.is_there(now)}
    return known & set(keys)


def overdue(now: datetime) -> list[Copy]:
    """Return copies whose time ended within the last week; what is older was taken away long ago."""
    return [each for each in _copies(_recent(ASKED)) if not each.is_waiting and not each.is_there(now)]


def keys_of(person_id: int) -> list[str]:
    return [each.key for each in copies(person_id)]


def _recent(*actions: str) -> sa.Select[Entry]:
    return sa.select(Entry).where(Entry.action.in_(actions), Entry.at > clock.now() - 2 * KEPT_FOR)


def _of(person_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return Entry.subject_type == Person.__tablename__, Entry.subject_id == person_id


def _copies(asked: sa.Select[Entry]) -> list[Copy]:
    entries = db.session.scalars(asked).all()
    if not entries:
        return []
    ends = {each.data["asked"]: each for each in db.session.scalars(
        sa.select(Entry).where(Entry.action.in_((MADE, FAILED)), Entry.id > min(each.id for each in entries)))}
    return [_copy(each, ends.get(each.id)) for each in entries]


def _copy(entry: Entry, end: Entry | None) -> Copy:
    return Copy(
        id=entry.id, person_id=entry.subject_id, asked_at=entry.at, language=entry.data["language"],
        key=key_of(entry.hash), made_at=end.at if end is not None and end.action == MADE else None,
        size_bytes=end.data.get("size", 0) if end is not None else 0,
        failed_at=end.at if end is not None and end.action == FAILED else None,
    )
