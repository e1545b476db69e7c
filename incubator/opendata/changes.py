"""What has changed between two editions: their rows' marks, both in the same order, read beside each other."""

import gzip
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from incubator.opendata.tables import TABLES

Mark = tuple[int, int, str, str]  # table, number, which of several, hash
ORDER = {table.name: place for place, table in enumerate(TABLES)}


def line(table: str, number: int, which: str, mark: str) -> str:
    return f"{table}\t{number}\t{which}\t{mark}\n"


def read(packed: IO[bytes]) -> Iterator[Mark]:
    with gzip.open(packed, "rt", encoding="utf-8") as file:
        for each in file:
            table, number, which, mark = each.rstrip("\n").split("\t")
            if table in ORDER:  # one that there is no longer says nothing
                yield ORDER[table], int(number), which, mark


def opened(place: Any) -> IO[bytes]:
    """Open what was stored: a file of this machine, or the bytes of one elsewhere."""
    return place.open("rb") if isinstance(place, Path) else BytesIO(place.read_bytes())


def between(old: Iterator[Mark], new: Iterator[Mark]) -> dict[str, list[int]]:
    """Count for each table the rows added, changed and removed; tables without any are left out."""
    counts = {table.name: [0, 0, 0] for table in TABLES}
    names = [table.name for table in TABLES]
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if before is None or (after is not None and after[:3] < before[:3]):
            assert after is not None
            counts[names[after[0]]][0] += 1
            after = next(new, None)
        elif after is None or before[:3] < after[:3]:
            counts[names[before[0]]][2] += 1
            before = next(old, None)
        else:
            counts[names[before[0]]][1] += before[3] != after[3]
            before, after = next(old, None), next(new, None)
    return {name: each for name, each in counts.items() if any(each)}
