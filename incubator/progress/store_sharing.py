"""Cards and posters that were made, kept under the fingerprint of all they show: each is made once, few at a time.

A file is found only by what is public now, so what is no longer public is not served, however long its file lies here.
"""

import fcntl
import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import current_app

from incubator.documents import press
from incubator.foundation import folders

FILE = re.compile(r"([0-9a-f]{32})\.(?:png|pdf)")
MOST_KEPT = 3000  # anybody can ask for every poster in every order of languages: the disk must not pay for it
MOST_AT_ONCE = 3  # so many different ones may be waited for in one process; the other threads serve pages
_wanted: list[str] = []
_mutex = threading.Lock()


class TooBusy(Exception):
    """More is asked for than should be made at the same time; somebody who comes back in a moment gets it."""


def folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "shared"


def fingerprint(content: dict[str, Any]) -> str:
    """Return what is the same for the same content, set with the same templates."""
    canonical = json.dumps([press.edition(public=True), content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def kept(content: dict[str, Any], ending: str, make: Callable[[dict[str, Any]], bytes]) -> bytes:
    """Return the file that shows this content; whoever asks while it is being made waits for the same one."""
    key = fingerprint(content)
    path = folders.place(folder(), key, ending)
    found = _read(path)
    if found is not None:
        return found
    with _turn(key):
        found = _read(path)
        if found is None:
            found = make(content)
            path.with_suffix(".part").unlink(missing_ok=True)  # of one who was killed here
            _make_room()
            folders.write(path, found)
    return found


def _make_room() -> None:
    """Remove what nobody has asked for longest, where the folder is full; called by one maker at a time."""
    files = list(folder().glob("??/*.p[nd][gf]"))
    if len(files) < MOST_KEPT:
        return
    for old in sorted(files, key=_asked_at)[:len(files) - MOST_KEPT + 1]:
        old.unlink(missing_ok=True)


def _asked_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # swept in this moment
        return 0.0


def _read(path: Path) -> bytes | None:
    """Read a file and say that it is still wanted."""
    with suppress(FileNotFoundError):
        found = path.read_bytes()
        os.utime(path)
        return found
    return None


@contextmanager
def _turn(key: str) -> Iterator[None]:
    """Wait for one's turn: one maker at a time on this machine, in all its processes."""
    with _mutex:
        if key not in _wanted and len(set(_wanted)) >= MOST_AT_ONCE:
            raise TooBusy()
        _wanted.append(key)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with (folder() / ".lock").open("a") as line:
            fcntl.flock(line, fcntl.LOCK_EX)
            yield
    finally:
        with _mutex:
            _wanted.remove(key)


def sweep() -> int:
    """Remove what nobody has asked for since yesterday."""
    return folders.sweep(folder(), FILE, lambda keys: set())
