"""One file that holds the database and the files, taken while the program runs.

The keys that sign cookies and the like are left out on purpose: a stolen backup lets nobody in, a restored house asks
people to sign in again. The way back is in `restoring`.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.foundation import age, clock, erased, folders
from incubator.foundation.backup_parts import DATABASE, FILES, FOLDERS, FORMAT, MANIFEST, TABLES, home_of, listed
from incubator.foundation.database import db, is_sqlite, sqlite
from incubator.foundation.later import later
from incubator.foundation.restoring import CannotRestore as CannotRestore
from incubator.foundation.restoring import bring_back as bring_back
from incubator.foundation.restoring import restore as restore
from incubator.foundation.restoring import unpacked as unpacked

__all__ = ["FILES", "CannotRestore", "bring_back", "restore", "save", "unpacked"]
alembic = later("alembic.migration")
Note = Callable[[sa.Connection], dict[str, Any] | None]


def save(target: Path, instance: Path, note: Note | None = None, keys: age.Keys | None = None) -> int:
    """Write database and files into a new file, readable by its owner alone; return its size in bytes.

    What `note` says of the copied database, as of the very moment of the copy, stands in the manifest as `journal`.
    With `keys` the file is encrypted; then nothing in the clear is ever written beside it.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=instance) as scratch:
            plain = Path(scratch) / "plain.tar.gz" if keys else fresh
            _new_file(fresh)
            with tarfile.open(plain, "w:gz", compresslevel=6, dereference=True) as archive:
                _save_all(archive, instance, note)
            if keys:
                age.seal(plain, fresh, keys)
        _settle(fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return target.stat().st_size


def _new_file(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


class _Members:
    """Puts files into the archive and remembers the size and the SHA-256 of each."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.sums: dict[str, dict[str, Any]] = {}

    def add(self, path: Path, name: str) -> None:
        """Add a file or the entry of a folder; the sum is that of the bytes that went in, not of a second reading.

        All that the archive asks of a file is `read`.
        """
        entry = self.archive.gettarinfo(path, name)
        if not entry.isreg():
            self.archive.addfile(entry)
            return
        with path.open("rb") as file:
            read = _Summed(file)
            self.archive.addfile(entry, read)  # type: ignore[arg-type]
        self.sums[name] = {"size": entry.size, "sha256": read.sum.hexdigest()}

    def add_bytes(self, data: bytes, name: str) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o600
        self.archive.addfile(entry, io.BytesIO(data))
        self.sums[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    def add_folder(self, folder: Path, name: str) -> None:
        """Add all that lies there; what is swept away meanwhile nobody misses."""
        if there := folders.remote(folder):
            for each in there.files():
                with suppress(FileNotFoundError):
                    self.add_bytes(each.place.read_bytes(), each.place.path)
            return
        for path in [folder, *sorted(folder.rglob("*"))]:
            with suppress(FileNotFoundError):
                self.add(path, f"{name}/{path.relative_to(folder).as_posix()}" if path != folder else name)


class _Summed:
    def __init__(self, file: Any) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part: bytes = self.file.read(size)
        self.sum.update(part)
        return part


def _save_all(archive: tarfile.TarFile, instance: Path, note: Note | None) -> None:
    """Save the database first: a file without a row harms nobody, a row without its file would."""
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": clock.now().isoformat()}
    manifest["database"] = db.engine.dialect.name
    members = _Members(archive)
    with tempfile.TemporaryDirectory(dir=instance) as folder:
        scratch = Path(folder)
        if is_sqlite():
            manifest["revision"], noted = _copy_sqlite(scratch / DATABASE, note)
            members.add(scratch / DATABASE, DATABASE)
        else:
            manifest["revision"], manifest["columns"], noted = _copy_tables(scratch, note)
            for name in manifest["columns"]:
                members.add(scratch / name, f"{TABLES}/{name}")
    for name in FOLDERS:
        members.add_folder(home_of(name, instance), name)
    if gone := erased.text(instance):
        members.add_bytes(gone.encode(), erased.NAME)
    if note:
        manifest["journal"] = noted
    manifest["members"] = members.sums
    content = json.dumps(manifest, indent=1).encode()
    last = tarfile.TarInfo(MANIFEST)
    last.size = len(content)
    archive.addfile(last, io.BytesIO(content))


def _copy_sqlite(path: Path, note: Note | None) -> tuple[str | None, dict[str, Any] | None]:
    """Copy page by page with the library's own means, which waits for writers."""
    source, copy = db.engine.raw_connection(), sqlite.connect(str(path))
    try:
        source.driver_connection.backup(copy)  # type: ignore[union-attr]
    finally:
        copy.close()
        source.close()
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlite)
    with engine.connect() as line:
        revision, noted = alembic.MigrationContext.configure(line).get_current_revision(), note(line) if note else None
    engine.dispose()
    copy = sqlite.connect(str(path))
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.close()
    return revision, noted


def _copy_tables(folder: Path, note: Note | None) -> tuple[str | None, dict[str, list[str]], dict[str, Any] | None]:
    """Copy every table as of one moment."""
    columns = {table.name: [column.name for column in table.columns] for table in db.metadata.sorted_tables}
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as line:
        revision = alembic.MigrationContext.configure(line).get_current_revision()
        noted = note(line) if note else None
        cursor = line.connection.cursor()
        for name, names in columns.items():
            with (folder / name).open("wb") as file, cursor.copy(f"COPY {listed(name, names)} TO STDOUT") as rows:
                for part in rows:
                    file.write(part)
    return revision, columns, noted
