"""The folder with photos and papers: whole files or none, under random names, swept of what belongs to nobody."""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import current_app

from incubator.foundation import clock
from incubator.media.images import Picture

KEY = re.compile(r"[0-9a-f]{32}")
FILE = re.compile(r"([0-9a-f]{32})(?:(?:-small)?\.jpg|\.pdf)")
PICTURE, PDF = "jpg", "pdf"
A_DAY = 24 * 3600


def folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "media"


def new_key() -> str:
    return secrets.token_hex(16)


def place(key: str, *, small: bool = False, kind: str = PICTURE) -> Path:
    """Return where a file lies; refuses whatever is not a key, so that no address leads elsewhere."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key")
    return folder() / key[:2] / f"{key}{'-small' if small else ''}.{kind}"


def write(key: str, picture: Picture) -> None:
    """Store both sizes. A later rollback leaves files without a row; `sweep` takes them away."""
    write_file(place(key), picture.large)
    write_file(place(key, small=True), picture.small)


def write_file(path: Path, data: bytes) -> None:
    """Store one file so that it is there whole, also after the power fails, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the disk keep the new name as well, not only what stands in the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(key: str) -> None:
    """Take away every file of a key; one that is gone already is no fault."""
    for path in (place(key), place(key, small=True), place(key, kind=PDF)):
        path.unlink(missing_ok=True)


def sweep(known: Callable[[Iterable[str]], set[str]]) -> int:
    """Remove files older than a day that `known` does not name among the keys it is given; at most once a day.

    The files' ages are measured against a mark in the same folder, because the demo city lives on another day.
    """
    home = folder()
    mark = home / ".swept"
    day = clock.real_today().isoformat()
    if not home.is_dir() or (mark.exists() and mark.read_text() == day):
        return 0
    mark.write_text(day)
    now = mark.stat().st_mtime
    return sum(_sweep_one(each, now, known) for each in home.iterdir() if each.is_dir())


def _sweep_one(here: Path, now: float, known: Callable[[Iterable[str]], set[str]]) -> int:
    old = [file for file in here.iterdir() if now - file.stat().st_mtime > A_DAY]
    names = {file: match.group(1) for file in old if (match := FILE.fullmatch(file.name))}
    kept = known(set(names.values())) if names else set()
    gone = [file for file in old if names.get(file) not in kept]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
