"""How rows are walked through: by their numbers, some at a time, so that no more than those are in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite, journal_mode
from incubator.opendata.fields import Values

AT_ONCE = 500
Row = tuple[int, str, Values]  # its number, which of several with that number, and what it says


@dataclass(frozen=True)
class Scope:
    """What an edition is about: a round, or everything; `base` begins every address."""

    base: str
    round_id: int | None = None

    def of(self, column: Any) -> sa.ColumnElement[bool]:
        """The condition that something belongs to it, by the column that names a round."""
        return sa.true() if self.round_id is None else column == self.round_id

    def uri(self, *parts: Any) -> str:
        return "/".join((self.base, *map(str, parts)))


def walk(query: sa.Select[*tuple[Any, ...]], number: Any) -> Iterator[Sequence[Any]]:
    """Give the rows in batches, in the order of `number`, which is the first column and never the same twice."""
    last = 0
    while True:
        page = query.where(number > last).order_by(None).order_by(number).limit(AT_ONCE)
        rows = db.session.execute(page).all()
        if not _is_still():
            db.session.rollback()
        if rows:
            yield rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]


def hold_still() -> None:
    """Let everything that is read from now on be of one moment, where that keeps nobody from writing."""
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _is_still() -> bool:
    return not is_sqlite() or journal_mode() == "WAL"


def euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.CITY).date() if moment else None


def spaced(codes: Any) -> str | None:
    return " ".join(map(str, codes or ())) or None


def words(text: str | None) -> str | None:
    """Return words, None where there are none: an empty field is empty in every format."""
    return text or None
