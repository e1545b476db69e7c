"""Everything the register knows about somebody, row by row."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.media import store as media
from incubator.media.models import Paper, PaperKind, Photo
from incubator.privacy.register import REGISTER, Kept
from incubator.privacy.rules_copy import shown
from incubator.privacy.traces import ACCOUNT, Whose, traces

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What one entry of the register says of somebody: their rows, each under its number."""

    kept: Kept
    rows: dict[str, Row]


def parts(person: Person) -> list[Part]:
    """Return what there is about somebody, their account first; entries without a row are left out."""
    own = Person.__table__.c.id == person.id
    account = [Part(kept, _rows(kept, own)) for kept in REGISTER if kept.table == ACCOUNT]
    left = (Part(trace.kept, _rows(trace.kept, trace.condition)) for trace in traces(Whose.of(person)))
    return account + [part for part in left if part.rows]


def by_table(found: list[Part]) -> dict[str, list[Row]]:
    """Return rows by table, each once with everything that any entry says of it: what programs read."""
    tables: dict[str, dict[str, Row]] = {}
    for part in found:
        rows = tables.setdefault(part.kept.table, {})
        for number, row in part.rows.items():
            rows.setdefault(number, {}).update({name: _plain(value) for name, value in row.items()})
    return {table: list(rows.values()) for table, rows in tables.items()}


def _rows(kept: Kept, condition: sa.ColumnElement[bool]) -> dict[str, Row]:
    table = db.metadata.tables[kept.table]
    keys = [column.name for column in table.primary_key]
    names = list(dict.fromkeys((*keys, *kept.columns)))
    found = db.session.execute(sa.select(*(table.c[name] for name in names)).where(condition).order_by(
        *(table.c[name] for name in keys))).mappings()
    rows = {}
    for row in found:
        marked = str(row.get("key", ""))
        number = " ".join(str(_plain(row[name])) for name in keys)
        rows[number] = {name: shown(kept.table, name, row[name], marked) for name in names}
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def files(person: Person) -> Iterator[tuple[str, Path]]:
    """Return the photos and papers somebody sent that are still there, each with its name in the copy."""
    photos = sa.select(Photo.key).where(Photo.uploaded_by == person.public_id).order_by(Photo.id)
    for key in db.session.scalars(photos):
        yield f"photos/{key}.jpg", media.place(key)
    papers = sa.select(Paper.key, Paper.kind).where(Paper.uploaded_by == person.public_id).order_by(Paper.id)
    for key, kind in db.session.execute(papers):
        ending = media.PDF if kind is PaperKind.PDF else media.PICTURE
        yield f"papers/{key}.{ending}", media.place(key, kind=ending)
