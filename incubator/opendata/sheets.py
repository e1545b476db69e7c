"""A workbook as its writers need it: sheets with typed columns, whose rows are read one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from incubator.foundation import clock
from incubator.opendata.fields import Field, Kind, Table, Values

LONGEST_SHEET = 1_000_000  # rows; programs end at 1,048,576
LONGEST_CELL = 32_000  # letters; Excel ends at 32,767
CUT = " […]"


@dataclass(frozen=True)
class Sheet:
    """One sheet; `rows` is asked once for an iterator over all rows."""

    name: str
    fields: tuple[Field, ...]
    rows: Callable[[], Iterable[Values]]
    titles: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        return self.titles or tuple(field.name for field in self.fields)


def sheet(table: Table, rows: Callable[[], Iterable[Values]]) -> Sheet:
    return Sheet(table.name, table.fields, rows)


def parts(each: Sheet) -> Iterator[tuple[str, Iterator[Values]]]:
    """Give a sheet's name and rows, and further ones where there are more rows than a sheet can hold."""
    rows, number = iter(each.rows()), 1
    name = each.name
    while True:
        yield name, islice(rows, LONGEST_SHEET)
        following = next(rows, None)
        if following is None:
            return
        number += 1
        name, rows = f"{each.name} {number}", chain([following], rows)


def typed(field: Field, value: Any) -> Any:
    """Return a day or a moment (in the city's time) as such, several codes as words, and no text that is too long."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        value = " ".join(value)
    if field.kind is Kind.DAY:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if field.kind is Kind.MOMENT:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(clock.CITY).replace(tzinfo=None)
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return value[:LONGEST_CELL] + CUT
    return value
