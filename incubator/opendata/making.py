"""How an edition is made: rows are read once and written down as lines; every format is made from those."""

import gzip
import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from incubator.opendata import changes, descriptions, grants, writer_csv, writer_ods, writer_xlsx
from incubator.opendata.about import About
from incubator.opendata.fields import Field, Kind, Table, Values
from incubator.opendata.queries import ROWS
from incubator.opendata.queries_rows import READERS
from incubator.opendata.queries_walk import Scope, hold_still
from incubator.opendata.sheets import Sheet, sheet
from incubator.opendata.tables import TABLES
from incubator.opendata.values import dumped, line, lines

CSV, JSON, JSONL = "text/csv; charset=utf-8", "application/json", "application/jsonl"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHOLE = "all.zip"
A_PART = 1024 * 1024
README = tuple(Field(name, Kind.TEXT, name, name) for name in ("table", "field", "unit", "de", "en"))
WHEN = (2026, 1, 1, 0, 0, 0)  # the same rows give the same archive


@dataclass(frozen=True)
class Spool:
    """The rows as lines in a folder; `content_hash` is over all of them."""

    folder: Path
    numbers: dict[str, int]
    content_hash: str


def spool(folder: Path, scope: Scope) -> Spool:
    """Write down every row of every table as it is at one moment, and a mark of each."""
    hold_still()
    whole, numbers = hashlib.sha256(), {}
    with ExitStack() as open_files:
        packed = open_files.enter_context((folder / ROWS).open("wb"))
        marks = open_files.enter_context(gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0))
        for table in TABLES:
            numbers[table.name] = 0
            with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
                for number, which, row in READERS[table.name](scope):
                    written = line(table, row)
                    digest = hashlib.sha256(written.encode())
                    whole.update(digest.digest())
                    marks.write(changes.line(table.name, number, which, digest.hexdigest()[:16]).encode())
                    file.write(f"{written}\n")
                    numbers[table.name] += 1
    return Spool(folder, numbers, whole.hexdigest())


def write_all(kept: Spool, about: About, number: int) -> Iterator[tuple[str, str]]:
    """Make every format and give (name, media type) of each file; the archive of all comes last."""
    folder, made = kept.folder, list[tuple[str, str]]()
    for table in TABLES:
        rows = partial(lines, folder / f"{table.name}.jsonl")
        writer_csv.write(folder / descriptions.csv_name(table), table, rows())
        writer_csv.write(folder / f"{table.name}-excel.csv", table, rows(), for_excel=True)
        made += [(descriptions.csv_name(table), CSV), (f"{table.name}-excel.csv", CSV), (f"{table.name}.jsonl", JSONL)]
    sheets = [_readme(), *(sheet(each, partial(lines, folder / f"{each.name}.jsonl")) for each in TABLES)]
    writer_xlsx.write(folder / "tables.xlsx", sheets, about.title("de"))
    writer_ods.write(folder / "tables.ods", sheets)
    grants.write(folder / "360giving.json", folder, about)
    giving = Sheet("grants", grants.FIELDS, partial(grants.rows, folder, about), grants.TITLES)
    writer_xlsx.write(folder / "360giving.xlsx", [giving], about.title("en"))
    made += [("tables.xlsx", XLSX), ("tables.ods", writer_ods.TYPE), ("360giving.json", JSON), ("360giving.xlsx", XLSX)]
    known = {name: sized(folder / name) for name, kind in made if kind == CSV}
    _write(folder / "datapackage.json", descriptions.package(about, known, number))
    _write(folder / "csv-metadata.json", descriptions.on_the_web(about))
    made += [("datapackage.json", JSON), ("csv-metadata.json", "application/csvm+json")]
    _pack(folder, [name for name, _kind in made])
    yield from [*made, (WHOLE, "application/zip"), (ROWS, "application/gzip")]


def sized(path: Path) -> tuple[int, str]:
    """Return a file's size and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(A_PART):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(dumped(content) + "\n", encoding="utf-8")


def _readme() -> Sheet:
    """The first sheet: what stands in the others, field by field, in German and English."""

    def rows() -> Iterator[Values]:
        for table in TABLES:
            yield _meaning(table)
            for field in table.fields:
                yield {"table": table.name, "field": field.name, "unit": field.unit or None, "de": field.de,
                       "en": field.en}

    return Sheet("readme", README, rows)


def _meaning(table: Table) -> Values:
    return {"table": table.name, "field": None, "unit": None, "de": table.de, "en": table.en}


def _pack(folder: Path, names: list[str]) -> None:
    with zipfile.ZipFile(folder / WHOLE, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as file, archive.open(entry, "w", force_zip64=True) as inside:
                while part := file.read(A_PART):
                    inside.write(part)
