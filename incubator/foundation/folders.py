"""Folders of files that rows point to: whole files or none, under random names, swept of what belongs to nobody."""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from incubator.foundation import clock

KEY = re.compile(r"[0-9a-f]{32}")
A_DAY = 24 * 3600
Known = Callable[[Iterable[str]], set[str]]


def new_key() -> str:
    return secrets.token_hex(16)


def place(folder: Path, key: str, ending: str) -> Path:
    """Return where a file lies; refuses whatever is not a key, so that no address leads elsewhere."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key")
    return folder / key[:2] / f"{key}{ending}"


def write(path: Path, data: bytes) -> None:
    """Store one file so that it is there whole, also after the power fails, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)  # where there is no room for a file there is none for a half
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the disk keep the new name as well, not only what stands in the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, names: re.Pattern[str], known: Known) -> int:
    """Remove files older than a day that `known` does not name among the keys it is given; at most once a day.

    `names` finds the key in a file's name. The files' ages are measured against a mark in the same folder, because the
    demo city lives on another day.
    """
    mark, day = folder / ".swept", clock.real_today().isoformat()
    if not folder.is_dir() or (mark.exists() and mark.read_text() == day):
        return 0
    mark.write_text(day)
    now = mark.stat().st_mtime
    return sum(_sweep_one(each, now, names, known) for each in folder.iterdir() if each.is_dir())


def _sweep_one(here: Path, now: float, names: re.Pattern[str], known: Known) -> int:
    old = [file for file in here.iterdir() if now - file.stat().st_mtime > A_DAY]
    keys = {file: match.group(1) for file in old if (match := names.fullmatch(file.name))}
    kept = known(set(keys.values())) if keys else set()
    gone = [file for file in old if keys.get(file) not in kept]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
