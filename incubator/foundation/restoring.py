"""The way back from a backup: it is opened and checked whole before anything is touched."""

import gzip
import hashlib
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.foundation import age, erased, folders
from incubator.foundation.backup_parts import DATABASE, FOLDERS, FORMAT, MANIFEST, TABLES, home_of, listed
from incubator.foundation.database import db, is_sqlite, sqlite
from incubator.foundation.later import later

alembic, psycopg = later("alembic.migration"), later("psycopg")
CUT = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)


class CannotRestore(Exception):
    """A sentence that says why the backup does not fit."""


@dataclass(frozen=True)
class Saved:
    """An opened backup: where its files lie for now, and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]


def restore(source: Path, instance: Path, keys: age.Keys | None = None) -> Mapping[str, Any]:
    """Bring a backup back into an empty, migrated database and return what its manifest says."""
    with unpacked(source, instance, keys) as saved:
        return bring_back(saved, instance)


@contextmanager
def unpacked(source: Path, instance: Path, keys: age.Keys | None = None) -> Iterator[Saved]:
    """Open a backup and see that it is whole and for a house like this one; it goes again at the end."""
    instance.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=instance) as scratch:
        folder = Path(scratch) / "saved"
        folder.mkdir()
        if age.is_sealed(source):
            source, sealed = Path(scratch) / "plain.tar.gz", source
            try:
                age.unseal(sealed, source, keys or age.Keys())
            except age.CannotOpen as refusal:
                raise CannotRestore(str(refusal)) from None
        _unpack(source, folder)
        manifest = _read_manifest(folder)
        _check_kind(manifest)
        _check_members(folder, manifest["members"])
        yield Saved(folder, manifest)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with gzip.open(source) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as archive:
                archive.extractall(folder, filter="data")
            while plain.read(65536):  # to the very end, where the sum of everything stands
                pass
    except CUT as fault:
        raise CannotRestore(f"This is no backup, or its end is missing ({fault}). Nothing was changed.") from None


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotRestore("This is no backup, or its end is missing: it says nothing of itself.") from None
    if found != FORMAT:
        raise CannotRestore(f"This backup has the form {found}, this program reads {FORMAT}. Take an older one.")
    return manifest


def _check_kind(manifest: Mapping[str, Any]) -> None:
    theirs, ours = manifest["database"], db.engine.dialect.name
    if theirs != ours and (theirs, ours) != ("sqlite", "postgresql"):
        raise CannotRestore(
            f"This backup is of {theirs}, the database here is {ours}. Only from SQLite to PostgreSQL is there a way."
        )


def _check_members(folder: Path, members: Mapping[str, Mapping[str, Any]]) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted(there ^ members.keys()):
        what = "is missing" if name in members else "does not belong to it"
        raise CannotRestore(f"This backup is not whole: {name} {what}. Nothing was changed.")
    for name, said in members.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != said["sha256"]:
                raise CannotRestore(f"This backup is damaged or was altered: see {name}. Nothing was changed.")


def bring_back(saved: Saved, instance: Path) -> Mapping[str, Any]:
    """Fill the empty database and the folders from an opened backup: everything, or nothing."""
    _check_here(saved.manifest, instance)
    if (saved.folder / erased.NAME).exists():
        erased.note(instance, erased.read((saved.folder / erased.NAME).read_text()))
    placed: list[Path] = []
    try:
        _place(saved.folder, instance, placed)
        _fill(saved)
    except BaseException:
        for each in placed:
            folders.take_away(each)
        raise
    return saved.manifest


def _place(folder: Path, instance: Path, placed: list[Path]) -> None:
    for name in FOLDERS:
        if (folder / name).exists():
            folders.move_in(folder / name, home_of(name, instance))
            placed.append(home_of(name, instance))


def _fill(saved: Saved) -> None:
    try:
        if is_sqlite():
            _restore_sqlite(saved.folder / DATABASE)
        elif saved.manifest["database"] == "sqlite":
            _move_from_sqlite(saved.folder / DATABASE)
        else:
            _restore_tables(saved.folder / TABLES, saved.manifest["columns"])
    except (sa.exc.DBAPIError, psycopg.Error) as fault:
        raise CannotRestore(f"The database did not take it, so nothing was changed: {fault}") from None


def _check_here(manifest: Mapping[str, Any], instance: Path) -> None:
    with db.engine.connect() as line:
        revision = alembic.MigrationContext.configure(line).get_current_revision()
        every = db.metadata.sorted_tables
        filled = [table.name for table in every if line.execute(sa.select(1).select_from(table)).first()]
    if revision != manifest["revision"]:
        raise CannotRestore(
            f"The backup was made at step {manifest['revision']}, the database here is at {revision}. "
            f"Bring it there first: flask db upgrade {manifest['revision']}"
        )
    if filled:
        raise CannotRestore(f"A backup overwrites nothing, and these tables hold something: {', '.join(filled)}.")
    for name in FOLDERS:
        if not folders.is_empty(home_of(name, instance)):
            raise CannotRestore(f"A backup overwrites nothing, and the folder {name} is not empty.")


def _restore_sqlite(path: Path) -> None:
    target, copy = db.engine.raw_connection(), sqlite.connect(str(path))
    try:
        (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise CannotRestore(f"The database in this backup is damaged: {said}. Take an older one.")
        copy.backup(target.driver_connection)
    finally:
        copy.close()
        target.close()
        db.engine.dispose()


def _restore_tables(folder: Path, columns: Mapping[str, list[str]]) -> None:
    """Fill the tables in an order in which every foreign key finds its row, and let numbers go on where they were."""
    with db.engine.begin() as line:
        cursor = line.connection.cursor()
        for table in db.metadata.sorted_tables:
            if table.name not in columns:
                continue
            into = f"COPY {listed(table.name, columns[table.name])} FROM STDIN"
            with (folder / table.name).open("rb") as file, cursor.copy(into) as rows:
                while part := file.read(65536):
                    rows.write(part)
            _go_on_counting(line, table)


def _move_from_sqlite(path: Path) -> None:
    """Fill PostgreSQL with what stood in SQLite, value by value; JSON stays the text it was."""
    source = sa.create_engine(f"sqlite:///{path}", module=sqlite)
    try:
        with source.connect() as old, db.engine.begin() as line:
            cursor = line.connection.cursor()
            for table in db.metadata.sorted_tables:
                into = f"COPY {listed(table.name, [column.name for column in table.columns])} FROM STDIN"
                asked = sa.select(*(_bare(column) for column in table.columns)).execution_options(yield_per=1000)
                with cursor.copy(into) as rows:
                    for row in old.execute(asked):
                        rows.write_row(tuple(row))
                _go_on_counting(line, table)
    finally:
        source.dispose()


def _bare(column: sa.Column[Any]) -> Any:
    is_text = isinstance(column.type, sa.JSON | sa.Enum)
    return sa.type_coerce(column, sa.String()).label(column.name) if is_text else column


def _go_on_counting(line: sa.Connection, table: sa.Table) -> None:
    if "id" in table.columns:
        line.execute(sa.text(
            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608 - our own names
            f"coalesce((SELECT max(id) FROM \"{table.name}\"), 0) + 1, false)"
        ))
