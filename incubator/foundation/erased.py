"""Who was forgotten, in a file that only grows: ids and moments, nothing else.

It lies beside the database, for its owner alone. A backup carries a copy, and bringing one back joins both lists, so
that nobody who was forgotten since the backup was made comes back with it. Where files lie in a bucket, so does the
list, an object for each: many machines add to it.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import flask

from incubator.foundation import folders

NAME = "erased.txt"
LINE = re.compile(r"(\S+) ([a-z_]{1,40}) ([0-9a-f-]{1,36})")


class Unreadable(Exception):
    """A sentence that says which line of the list is damaged."""


@dataclass(frozen=True)
class Erased:
    """One that was forgotten: `kind` is a table, `id` a row's number, or the public id of a person."""

    at: datetime
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.kind} {self.id}"


def read(text: str) -> list[Erased]:
    """Read a list; a damaged line is refused, because it could be somebody who must not come back."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = LINE.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError
            found.append(Erased(datetime.fromisoformat(match[1]), match[2], match[3]))
        except ValueError:
            raise Unreadable(f"Line {number} of {NAME} cannot be read.") from None
    return found


def text(instance: Path) -> str:
    """Return the whole list as it is written down."""
    path = instance / NAME
    here = path.read_text() if path.exists() else ""
    return here + "".join(sorted(each.place.read_text() for each in there.files()) if (there := _bucket()) else ())


def known(instance: Path) -> list[Erased]:
    return read(text(instance))


def _bucket() -> "folders.Remote | None":
    return folders.remote(folders.home("erased")) if flask.has_app_context() else None


def note(instance: Path, more: Iterable[Erased]) -> None:
    """Add those that are not in the list yet; what was added is on the disk when this returns."""
    if there := _bucket():
        for each in more:
            (there / hashlib.sha256(str(each).encode()).hexdigest()).write_text(f"{each}\n")
        return
    instance.mkdir(parents=True, exist_ok=True)
    handle = os.open(instance / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        have = {(each.kind, each.id, each.at) for each in read(file.read())}
        lines = [f"{each}\n" for each in more if (each.kind, each.id, each.at) not in have]
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
