"""Build the demo city quickly, into a database where nobody lives; one that was left half-built is begun anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incubator.foundation.database import db, is_sqlite

MARK = "demo-half-built"  # `incubator.prepare` looks for it


@contextmanager
def at_once(folder: Path) -> Iterator[None]:
    """Leave a mark while the city is being built, and let SQLite wait for the disk only at the end.

    If the power fails meanwhile nothing is lost that anybody was told is saved.
    """
    mark = folder / MARK
    mark.touch()
    if is_sqlite():
        _hurry()
    yield
    db.session.rollback()
    db.engine.dispose()  # whoever opens the file from here on waits for the disk again
    if is_sqlite():
        _settle(db.engine.url.database or "")
    mark.unlink()


def _hurry() -> None:
    db.session.rollback()  # its connection goes back to the pool, from where it is taken again and again
    line = db.engine.raw_connection()
    line.cursor().execute("PRAGMA synchronous = OFF")
    line.close()


def _settle(path: str) -> None:
    for name in (path, f"{path}-wal"):
        if Path(name).exists():
            handle = os.open(name, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
