"""Tables as CSV, row by row: the plain one, and one that German Excel opens with a double click."""

import csv
from collections.abc import Iterable
from pathlib import Path

from incubator.opendata.fields import Table, Values
from incubator.opendata.values import cell

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by it Excel knows UTF-8


def write(path: Path, table: Table, rows: Iterable[Values], *, for_excel: bool = False) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if for_excel:
            file.write(MARK)
        paper = csv.writer(file, delimiter=";" if for_excel else ",", lineterminator="\r\n")
        paper.writerow(table.names)
        for row in rows:
            paper.writerow([cell(field, row[field.name], comma=for_excel) for field in table.fields])
