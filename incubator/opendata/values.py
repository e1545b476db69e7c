"""How a value is written down, in each format the same value."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from incubator.opendata.fields import Field, Kind, Table, Values

FORMULA, BLANK = ("=", "+", "-", "@"), ("\t", "\r", "\n")
GUARD = "'"


def dumped(value: Any) -> str:
    """Write JSON in which amounts keep both their digits of cents: they never pass through a binary fraction."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(str(key))}:{dumped(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(dumped, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def plain(field: Field, value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    return value.split(" ") if field.kind is Kind.CODES and isinstance(value, str) else value


def line(table: Table, row: Values) -> str:
    """Write a row as a line of JSON; a table that describes itself wrongly is a fault of the program."""
    if set(row) != set(table.names):
        raise ValueError(f"{table.name}: {sorted(set(row) ^ set(table.names))}")
    return dumped({field.name: plain(field, row[field.name]) for field in table.fields})


def lines(path: Path) -> Iterator[Values]:
    """Read back what `line` wrote, amounts exact."""
    with path.open(encoding="utf-8") as file:
        for each in file:
            yield json.loads(each, parse_float=Decimal)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return GUARD + text if text.lstrip().startswith(FORMULA) or text.startswith(BLANK) else text


def cell(field: Field, value: Any, *, comma: bool = False) -> str:
    """Return what stands in a cell of a CSV file; `comma` writes amounts as German Excel reads them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.kind is Kind.AMOUNT:
        amount = f"{Decimal(value):.2f}"
        return amount.replace(".", ",") if comma else amount
    if isinstance(value, list):
        return guarded(" ".join(value))
    return guarded(value) if isinstance(value, str) and field.kind not in (Kind.DAY, Kind.MOMENT) else str(value)
