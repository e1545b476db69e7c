"""The folder with the finished documents: whole files or none, under random names, swept of what belongs to nobody."""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import current_app

from incubator.foundation import clock

KEY = re.compile(r"[0-9a-f]{32}")
FILE = re.compile(r"([0-9a-f]{32})\.pdf")
A_DAY = 24 * 3600


def folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "documents"


def new_key() -> str:
    return secrets.token_hex(16)


def place(key: str) -> Path:
    """Return where a document lies; refuses whatever is not a key, so that no address leads elsewhere."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key")
    return folder() / key[:2] / f"{key}.pdf"


def write(key: str, data: bytes) -> None:
    """Store a whole file. A row that never comes leaves it to `sweep`."""
    path = place(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the new name itself on the disk: a row must never point at a file that a power cut took away."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(key: str) -> None:
    place(key).unlink(missing_ok=True)


def sweep(known: Callable[[Iterable[str]], set[str]]) -> int:
    """Remove files older than a day that `known` does not name; at most once a day, ages by the folder's own mark."""
    home = folder()
    mark, day = home / ".swept", clock.real_today().isoformat()
    if not home.is_dir() or (mark.exists() and mark.read_text() == day):
        return 0
    mark.write_text(day)
    now, gone = mark.stat().st_mtime, 0
    for here in (each for each in home.iterdir() if each.is_dir()):
        old = [file for file in here.iterdir() if now - file.stat().st_mtime > A_DAY]
        names = {file: match.group(1) for file in old if (match := FILE.fullmatch(file.name))}
        kept = known(set(names.values())) if names else set()
        for file in old:
            if names.get(file) not in kept:
                file.unlink(missing_ok=True)
                gone += 1
    return gone
