"""Reads the rows of a round, one table after the other, as lines of JSON without what never goes along."""

import enum
import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.interchange import round_plan as plan
from incubator.interchange.round_plan import People
from incubator.programme.models import Round

AT_ONCE = 500


class Rows:
    """`numbers` are the rows that go along so far, `wanted` those that they speak of."""

    def __init__(self, round_: Round, people: People) -> None:
        self.round, self.people = round_, people
        self.numbers: dict[str, set[int]] = {"round": {round_.id}}
        self.wanted: dict[str, set[int]] = defaultdict(set)
        self._salt = secrets.token_hex(16)

    def all(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Give each table's name and its lines; the lines must be taken before the next table is asked for."""
        yield "round", self._lines("round", [sa.true()], "id", [self.round.id])
        for name, column in plan.OF_ROUND:
            if self.people is People.NAMES or name not in plan.ONLY_WITH_NAMES:
                parent = plan.leads_to(name)[column]
                yield name, self._lines(name, _only(name), column, self.numbers.get(parent, ()))
        for name in plan.SPOKEN_OF:
            yield name, self._lines(name, [sa.true()], "id", self.wanted[name])
        yield "translation", self._translations()

    def _lines(self, name: str, only: list[Any], column: str, numbers: Iterable[int]) -> Iterator[str]:
        table = plan.table(name)
        known = self.numbers.setdefault(name, set())
        if name == "photo":
            numbers = self._also_of_projects(numbers)
        for some in _some(sorted(numbers)):
            query = sa.select(table).where(table.c[column].in_(some), *only).order_by(*table.primary_key.columns)
            for row in db.session.execute(query).mappings():
                if "id" in table.columns:
                    known.add(row["id"])
                self._note(name, row)
                yield self._line(name, dict(row))

    def _also_of_projects(self, numbers: Iterable[int]) -> set[int]:
        photo, found = plan.table("photo"), set(numbers)
        for some in _some(sorted(self.numbers.get("project", ()))):
            found |= set(db.session.scalars(sa.select(photo.c.id).where(photo.c.project_id.in_(some))))
        return found

    def _note(self, name: str, row: Any) -> None:
        for column, target in plan.leads_to(name).items():
            if target in plan.SPOKEN_OF and row[column] is not None:
                self.wanted[target].add(row[column])

    def _translations(self) -> Iterator[str]:
        table = plan.table("translation")
        for owner in sorted(set(plan.CARRIED) - {"translation", "theme", "district", "organisation"}):
            for some in _some(sorted(self.numbers.get(owner, ()))):
                query = sa.select(table).where(table.c.owner_type == owner, table.c.owner_id.in_(some))
                for row in db.session.execute(query.order_by(table.c.id)).mappings():
                    yield self._line("translation", dict(row))

    def _line(self, name: str, row: dict[str, Any]) -> str:
        if name == "message":
            row["text"] = row["public_text"]  # what was asked privately stays
        for column in row:
            here = (name, column)
            if here in plan.NEVER:
                row[column] = plan.NEVER[here]
            elif here in plan.HASHED and row[column]:
                row[column] = self._mark(row[column], 32)
            elif self.people is People.MARKS and here in plan.WITH_NAMES:
                row[column] = plan.WITH_NAMES[here]
            elif self.people is People.MARKS and here in plan.MARKED and row[column]:
                row[column] = self._mark(f"{row['public_id']}" if name == "person" else row[column], 8)
        return json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":"))

    def _mark(self, text: str, length: int) -> str:
        """Stand for a word so that the same words can still be told to be the same within this archive."""
        return hashlib.sha256(f"{self._salt}{text}".encode()).hexdigest()[:length]


def _only(name: str) -> list[Any]:
    """Of what people outside wrote only what was answered in public goes along."""
    return [plan.table(name).c.is_public] if name == "message" else [sa.true()]


def _some(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start:start + AT_ONCE]


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    raise TypeError(type(value).__name__)
