"""What stands in every table, read past the program; to see what a request changed."""

import re
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db

# made anew each time, from chance or from what was
CHANCE = re.compile(
    r"hash|salt|token|(?<!thing_)key$|seal|public_id|message_id|previous|^content$|^text$|^code$|^slug$|^actor$")


def rows(*, with_chance: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table; without chance, only the columns that two runs must fill in the same way."""
    db.session.rollback()
    found = {}
    with db.engine.connect() as line:
        for table in db.metadata.sorted_tables:
            columns = [each for each in table.c if with_chance or not CHANCE.search(each.name)]
            read = line.execute(sa.select(*columns).order_by(*table.primary_key))
            found[table.name] = [tuple(row) if with_chance else tuple(map(_without_marks, row)) for row in read]
    return found


def _without_marks(value: Any) -> Any:
    """Leave out of what an entry says the salted marks of words that stand elsewhere, and what is encrypted."""
    if isinstance(value, bytes | str) and value[:5] in (b"gAAAA", "gAAAA"):
        return ""
    return {key: each for key, each in value.items() if not key.endswith("_mark")} if isinstance(value, dict) else value


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Name the tables that are not the same, with the rows that only one of both has."""
    return [f"{name}: {[row for row in other[name] if row not in one[name]][:2]} for "
            f"{[row for row in one[name] if row not in other[name]][:2]}"
            for name in one if one[name] != other[name]]
