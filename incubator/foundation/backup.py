"""One file that holds the database and the files, taken while the program runs, and the way back.

The key that signs cookies is left out on purpose: a stolen backup lets nobody in, a restored house asks people to
sign in again.
"""

import io
import json
import os
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext

from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite, sqlite

FORMAT = 1
FILES = "media"
FOLDERS = (FILES, "documents", "city")
MANIFEST, DATABASE, TABLES = "manifest.json", "database.sqlite", "tables"


class CannotRestore(Exception):
    """A sentence that says why the backup does not fit."""


def save(target: Path, instance: Path) -> int:
    """Write database and files into a new tar file, readable by its owner alone; return its size in bytes."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                _save_all(archive, instance)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return target.stat().st_size


def _save_all(archive: tarfile.TarFile, instance: Path) -> None:
    """Save the database first: a file without a row harms nobody, a row without its file would."""
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": clock.now().isoformat()}
    manifest["database"] = db.engine.dialect.name
    with tempfile.TemporaryDirectory(dir=instance) as scratch:
        if is_sqlite():
            manifest["revision"] = _copy_sqlite(Path(scratch) / DATABASE)
            archive.add(Path(scratch) / DATABASE, DATABASE)
        else:
            manifest["revision"], manifest["columns"] = _copy_tables(Path(scratch))
            for name in manifest["columns"]:
                archive.add(Path(scratch) / name, f"{TABLES}/{name}")
    for name in FOLDERS:
        _add_folder(archive, instance, name)
    content = json.dumps(manifest, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _add_folder(archive: tarfile.TarFile, instance: Path, name: str) -> None:
    """Add what is there; a file that is swept away meanwhile is not missed."""
    for path in [instance / name, *sorted((instance / name).rglob("*"))]:
        with suppress(FileNotFoundError):
            archive.add(path, path.relative_to(instance), recursive=False)


def _copy_sqlite(path: Path) -> str | None:
    """Copy page by page with the library's own means, which waits for writers."""
    source, copy = db.engine.raw_connection(), sqlite.connect(str(path))
    try:
        source.driver_connection.backup(copy)  # type: ignore[union-attr]
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = copy.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
        return str(row[0]) if row else None
    finally:
        copy.close()
        source.close()


def _copy_tables(folder: Path) -> tuple[str | None, dict[str, list[str]]]:
    """Copy every table as of one moment."""
    columns = {table.name: [column.name for column in table.columns] for table in db.metadata.sorted_tables}
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as line:
        revision = MigrationContext.configure(line).get_current_revision()
        cursor = line.connection.cursor()
        for name, names in columns.items():
            with (folder / name).open("wb") as file, cursor.copy(f"COPY {_listed(name, names)} TO STDOUT") as rows:
                for part in rows:
                    file.write(part)
    return revision, columns


def _listed(table: str, columns: list[str]) -> str:
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'"{table}" ({quoted})'


def restore(source: Path, instance: Path) -> dict[str, Any]:
    """Bring a backup back into an empty, migrated database and return what its manifest says."""
    with tarfile.open(source, "r:gz") as archive, tempfile.TemporaryDirectory(dir=instance) as scratch:
        archive.extractall(scratch, filter="data")
        folder = Path(scratch)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        _check(manifest, instance)
        if is_sqlite():
            _restore_sqlite(folder / DATABASE)
        else:
            _restore_tables(folder / TABLES, manifest["columns"])
        for name in FOLDERS:
            if (folder / name).exists():
                instance.mkdir(parents=True, exist_ok=True)
                if (instance / name).exists():
                    (instance / name).rmdir()
                (folder / name).rename(instance / name)
    return manifest


def _check(manifest: dict[str, Any], instance: Path) -> None:
    ours = db.engine.dialect.name
    if manifest["format"] != FORMAT or manifest["database"] != ours:
        raise CannotRestore(f"This backup is of {manifest['database']}, the database here is {ours}.")
    with db.engine.connect() as line:
        revision = MigrationContext.configure(line).get_current_revision()
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
        if (instance / name).exists() and any((instance / name).iterdir()):
            raise CannotRestore(f"A backup overwrites nothing, and the folder {instance / name} is not empty.")


def _restore_sqlite(path: Path) -> None:
    target, copy = db.engine.raw_connection(), sqlite.connect(str(path))
    try:
        copy.backup(target.driver_connection)
    finally:
        copy.close()
        target.close()
        db.engine.dispose()


def _restore_tables(folder: Path, columns: dict[str, list[str]]) -> None:
    """Fill the tables in an order in which every foreign key finds its row, and let numbers go on where they were."""
    with db.engine.begin() as line:
        cursor = line.connection.cursor()
        for table in db.metadata.sorted_tables:
            if table.name not in columns:
                continue
            into = f"COPY {_listed(table.name, columns[table.name])} FROM STDIN"
            with (folder / table.name).open("rb") as file, cursor.copy(into) as rows:
                while part := file.read(65536):
                    rows.write(part)
            if "id" in table.columns:
                line.execute(sa.text(
                    f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608 - our own names
                    f"coalesce((SELECT max(id) FROM \"{table.name}\"), 0) + 1, false)"
                ))
