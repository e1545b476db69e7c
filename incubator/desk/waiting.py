"""What waits for a person, of every kind as rows of one shape: so the database is asked for all of it at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import UtcDateTime

Rows = Mapping[str, Sequence[Any]]
SHAPE: Mapping[str, sa.types.TypeEngine[Any]] = {
    "id": sa.Integer(), "project_id": sa.Integer(), "project_title": sa.String(), "title": sa.String(),
    "language": sa.String(), "name": sa.String(), "state": sa.String(), "person_id": sa.Integer(),
    "number": sa.Integer(), "day": sa.Date(), "at": UtcDateTime(),
}


def waits(kind: str, **columns: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select rows of one kind: `title` is in `language`, `name` what else is to be read; what is not said is NULL."""
    assert columns.keys() <= SHAPE.keys(), columns.keys() - SHAPE.keys()
    return sa.select(sa.literal(kind).label("kind"), *(
        (sa.type_coerce(columns[name], of) if name in columns else sa.cast(sa.null(), of)).label(name)
        for name, of in SHAPE.items()))


def together(asked: Iterable[sa.Select[*tuple[Any, ...]]]) -> sa.Select[*tuple[Any, ...]]:
    """Make one question of several; each keeps its own order and its own end."""
    return sa.select(sa.union_all(*(sa.select(each.subquery()) for each in asked)).subquery())


def by_kind(rows: Iterable[Any]) -> Rows:
    """Return the rows of each kind by their number; of what nobody asked for there are none."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.id or 0):
        found[row.kind].append(row)
    return found
