"""The record as everybody may have it: the seals of all entries, the words of a few, the checkpoints."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal import queries as journal
from incubator.journal.models import Entry
from incubator.journal.rules import facts_of
from incubator.progress import rules_record
from incubator.progress.pages_record import RecordPage, SignedPoint
from incubator.progress.queries_cards import is_public
from incubator.projects.models import Project

AT_ONCE = 1000
COLUMNS = (
    Entry.id, Entry.at, Entry.action, Entry.actor, Entry.subject_type, Entry.subject_id, Entry.project_id, Entry.data,
    Entry.salt, Entry.content, Entry.previous, Entry.hash,
)


def record_page(has_key: bool) -> RecordPage:
    newest = journal.newest_checkpoint()
    point = SignedPoint(newest.number, newest.made_at, newest.public_key) if newest else None
    return RecordPage(journal.position(), point, has_key)


def record_lines() -> Iterator[str]:
    """Write every entry there is now as a line of JSON; between two parts nobody is kept from writing."""
    last, until = 0, journal.position()
    while last < until:
        rows = db.session.execute(
            sa.select(*COLUMNS, Project.id.label("public_project"))
            .outerjoin(Project, sa.and_(Project.id == Entry.project_id, is_public()))
            .where(Entry.id > last, Entry.id <= until).order_by(Entry.id).limit(AT_ONCE)
        ).all()
        db.session.rollback()
        if not rows:
            return
        last = rows[-1].id
        yield "".join(f"{json.dumps(_line(row), ensure_ascii=False, separators=(',', ':'))}\n" for row in rows)


def _line(row: Any) -> dict[str, Any]:
    line = {"number": row.id, "previous": row.previous, "content": row.content, "hash": row.hash}
    if row.public_project is not None and rules_record.is_open(row.action, row.data):
        line["open"] = {"salt": row.salt, "entry": facts_of(row, row.id)}
    return line


def checkpoints() -> dict[str, Any]:
    return {"format": "incubator-checkpoint/1", "checkpoints": [
        point._asdict() for point in journal.signed_checkpoints()
    ]}
