"""Tables for the spreadsheets of an office."""

import csv
import io
from collections.abc import Iterable
from typing import Any

FORMULA = ("=", "+", "-", "@")
MARK = b"\xef\xbb\xbf"  # by it Excel knows UTF-8


def cell(value: Any) -> str:
    """Return what stands in a cell: on one line, and nothing that a spreadsheet takes for a formula."""
    plain = " ".join(str(value).split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def written(rows: Iterable[Iterable[Any]]) -> bytes:
    """Write rows with semicolons between their cells."""
    paper = io.StringIO()
    csv.writer(paper, delimiter=";", lineterminator="\r\n").writerows([cell(each) for each in row] for row in rows)
    return MARK + paper.getvalue().encode()
