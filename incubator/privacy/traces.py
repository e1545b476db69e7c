"""How rows of any table lead to somebody, read from the register: what to count, delete, empty or keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.privacy.register import REGISTER
from incubator.privacy.register_terms import Holds, How, Kept
from incubator.projects.models import Participation

ACCOUNT = "person"  # its own row is no trace: it stays, without anything that says who it was

AT_ONCE = 50

# what CLEAR empties where that is more than the column that leads to the person, or another one, by table and way
EMPTIED = {
    ("agreed_step", "owner_id"): ("owner_id", "who"),
    ("agreement_signature", "person_id"): ("name",),
    ("idea", "mail"): ("mail", "consent_note", "for_somebody"),
    ("message", "mail"): ("name", "mail", "text", "quantity"),
}


@dataclass(frozen=True)
class Whose:
    """By what somebody is found: their account, their mail address, or both."""

    person_id: int | None = None
    public_id: str | None = None
    seal: str | None = None
    mail: str | None = None

    @classmethod
    def of(cls, person: Person) -> "Whose":
        return cls(person.id, person.public_id, person.seal, person.mail)


@dataclass(frozen=True)
class Trace:
    """Rows of one entry of the register that lead to somebody."""

    kept: Kept
    table: sa.Table
    condition: sa.ColumnElement[bool]

    @property
    def how(self) -> How:
        return self.kept.erased.how

    @property
    def emptied(self) -> tuple[str, ...]:
        return EMPTIED.get((self.kept.table, self.kept.whose), (self.kept.steps[-1],))


def traces(whose: Whose) -> Iterator[Trace]:
    """Return where somebody may have left something, in the order of the register."""
    for kept in REGISTER:
        if kept.table == ACCOUNT:
            continue
        table = db.metadata.tables[kept.table]
        condition = _condition(kept, table, whose)
        if condition is not None:
            yield Trace(kept, table, condition)


def counts(found: Sequence[Trace]) -> list[int]:
    """Return how many rows each of these has, many tables with one question."""
    numbers: list[int] = []
    for start in range(0, len(found), AT_ONCE):
        asked = (sa.select(sa.func.count()).select_from(each.table).where(each.condition).scalar_subquery()
                 for each in found[start:start + AT_ONCE])
        numbers += db.session.execute(sa.select(*asked)).one()
    return numbers


def _condition(kept: Kept, table: sa.Table, whose: Whose) -> sa.ColumnElement[bool] | None:
    *ways, last = kept.steps or [""]
    tables = [table]
    for way in ways:
        tables.append(next(iter(tables[-1].c[way].foreign_keys)).column.table)
    found = _is(kept.holds, tables[-1].c[last], whose) if last else None
    for way, here in reversed(list(zip(ways, tables, strict=False))):
        if found is None:
            return None
        key = next(iter(here.c[way].foreign_keys)).column
        found = here.c[way].in_(sa.select(key).where(found))
    return found


def _is(holds: Holds, column: sa.Column[Any], whose: Whose) -> sa.ColumnElement[bool] | None:
    if holds is Holds.TEAM:
        return None if whose.person_id is None else column.in_(
            sa.select(Participation.project_id).where(Participation.person_id == whose.person_id))
    if holds is Holds.MAIL:
        return sa.func.lower(column) == whose.mail if whose.mail else None
    value = {Holds.ID: whose.person_id, Holds.PUBLIC_ID: whose.public_id, Holds.SEAL: whose.seal}.get(holds)
    return None if value is None else column == value


def empty_of(column: sa.Column[Any]) -> Any:
    """Return what stands in a column that says nothing."""
    if column.nullable:
        return None
    if isinstance(column.type, sa.Boolean):
        return False
    return [] if isinstance(column.type, sa.JSON) else ""
