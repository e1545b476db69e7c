"""A row for every entry of the register, with a word of its own in every column: whose it is, can be read in it."""

import itertools
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import UtcDateTime, db
from incubator.foundation.folders import new_key
from incubator.privacy.register import REGISTER, Holds, Kept
from incubator.privacy.traces import ACCOUNT

FILES = ("photo", "paper", "document")


class Filler:
    """Fills rows that lead to one person; everything else in them leads to nobody."""

    numbers = itertools.count(100_000)

    def __init__(self, line: sa.Connection, person: Any, mark: str) -> None:
        self.line, self.mark, self.made = line, mark, dict[Any, Any]()
        self.keys = {Holds.ID: person.id, Holds.PUBLIC_ID: person.public_id, Holds.SEAL: person.seal,
                     Holds.MAIL: person.mail}

    def fill(self) -> None:
        self.keys[Holds.TEAM] = self._row("project", {}, "id")
        self._row("participation", {"project_id": self.keys[Holds.TEAM], "person_id": self.keys[Holds.ID]}, "team")
        for entry in REGISTER:
            if entry.steps and (entry.table, entry.whose) not in ((ACCOUNT, "id"), ("project", "id")):
                self._lead(entry)

    def _lead(self, entry: Kept) -> None:
        """Make the row, and before it those between it and the person."""
        *ways, last = entry.steps
        tables = [db.metadata.tables[entry.table]]
        for way in ways:
            tables.append(next(iter(tables[-1].c[way].foreign_keys)).column.table)
        known = {last: self.keys[entry.holds]}
        for table, way in reversed(list(zip(tables[1:], ways, strict=True))):
            known = {way: self._row(table.name, known, "between")}
        self._row(entry.table, known, f"{entry.whose}~{entry.columns[0]}")

    def _row(self, name: str, known: dict[str, Any], about: str) -> Any:
        """Make a row, unless one that leads the same way is there."""
        key = (name, *known.items())
        if key not in self.made:
            table = db.metadata.tables[name]
            values = {column.name: self._value(name, column, about) for column in table.columns} | known
            self.line.execute(sa.insert(table).values(values))
            self.made[key] = values.get("id")
        return self.made[key]

    def _value(self, table: str, column: sa.Column[Any], about: str) -> Any:
        kind, word = column.type, f"{self.mark}~{table}~{column.name}~{about}"
        if column.name == "key" and table in FILES:
            return new_key()
        if isinstance(kind, sa.Enum):
            return next(iter(kind.enum_class)) if kind.enum_class else kind.enums[0]
        if isinstance(kind, sa.LargeBinary):
            return word.encode()
        if isinstance(kind, sa.JSON):
            return [word]
        if isinstance(kind, sa.String):
            return word
        if isinstance(kind, sa.Boolean):
            return True
        if isinstance(kind, UtcDateTime):
            return clock.now()
        return clock.today() if isinstance(kind, sa.Date) else next(self.numbers)


def fill(*people: tuple[Any, str]) -> None:
    """Fill the database with rows of people, each under a mark, past every constraint that would want sense."""
    with db.engine.connect() as line:
        driver = line.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA ignore_check_constraints = ON")
        with line.begin():
            for (name,) in line.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                line.exec_driver_sql(f'DROP TRIGGER "{name}"')
            for person, mark in people:
                Filler(line, person, mark).fill()
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA ignore_check_constraints = OFF")
    db.session.rollback()  # a snapshot from before knows none of this
