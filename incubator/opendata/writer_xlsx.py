"""Workbooks for Excel, written row by row; nothing in them is a formula or a link."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from incubator.foundation.later import later
from incubator.opendata.fields import Field, Kind
from incubator.opendata.sheets import Sheet, parts, typed

xlsxwriter = later("xlsxwriter")
FORMATS = {Kind.AMOUNT: "#,##0.00", Kind.DAY: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
WIDE, NARROW = 40, 16
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(2026, 1, 1)  # the same rows give the same file


def write(path: Path, sheets: Iterable[Sheet], title: str) -> None:
    with xlsxwriter.Workbook(str(path), SAFE) as book:
        book.set_properties({"title": title, "created": MADE})
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": each}) for kind, each in FORMATS.items()}
        for each in sheets:
            for name, rows in parts(each):
                _fill(book.add_worksheet(name), each, rows, head, formats)


def _fill(paper: Any, each: Sheet, rows: Iterable[Any], head: Any, formats: dict[Kind, Any]) -> None:
    for place, field in enumerate(each.fields):
        paper.set_column(place, place, WIDE if field.kind is Kind.TEXT else NARROW)
    paper.freeze_panes(1, 0)
    paper.write_row(0, 0, each.head, head)
    for number, row in enumerate(rows, 1):
        for place, field in enumerate(each.fields):
            _put(paper, number, place, field, typed(field, row[field.name]), formats)


def _put(paper: Any, number: int, place: int, field: Field, value: Any, formats: dict[Kind, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        paper.write_boolean(number, place, value)
    elif field.kind in (Kind.DAY, Kind.MOMENT):
        paper.write_datetime(number, place, value, formats[field.kind])
    elif field.kind in (Kind.NUMBER, Kind.AMOUNT):
        paper.write_number(number, place, value, formats.get(field.kind))
    else:
        paper.write_string(number, place, value)
