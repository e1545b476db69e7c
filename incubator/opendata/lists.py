"""A list as a file, made with the same writers as the open data."""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from incubator.opendata import writer_ods, writer_xlsx
from incubator.opendata.fields import Values
from incubator.opendata.queries_lists import rows
from incubator.opendata.rules_lists import COLUMNS, Form, List
from incubator.opendata.sheets import Sheet
from incubator.opendata.values import cell, guarded
from incubator.opendata.writer_csv import MARK

TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Form.ODS: writer_ods.TYPE,
    Form.CSV: "text/csv; charset=utf-8",
}


class Counted:
    """Rows that were written, counted while they pass."""

    def __init__(self) -> None:
        self.number = 0

    def through(self, found: Iterator[Values]) -> Iterator[Values]:
        for row in found:
            self.number += 1
            yield row


def write(path: Path, kind: List, form: Form, person: object, round_id: int | None, language: str) -> int:
    """Write a list and return how many rows it has."""
    counted, columns = Counted(), COLUMNS[kind]
    read = partial(rows, kind, person, round_id, language)
    sheet = Sheet(kind.value, tuple(each.field for each in columns), lambda: counted.through(read()),
                  tuple(str(each.label) for each in columns))
    if form is Form.XLSX:
        writer_xlsx.write(path, [sheet], str(kind.label))
    elif form is Form.ODS:
        writer_ods.write(path, [sheet])
    else:
        _write_csv(path, sheet)
    return counted.number


def _write_csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MARK)
        paper = csv.writer(file, delimiter=";", lineterminator="\r\n")
        paper.writerow([guarded(title) for title in sheet.head])
        for row in sheet.rows():
            paper.writerow([cell(field, row[field.name], comma=True) for field in sheet.fields])
