"""The folder with the pictures: whole files or none, under random names, swept of what belongs to nobody."""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import current_app

from incubator.foundation import clock
from incubator.media.images import Picture

KEY = re.compile(r"[0-9a-f]{32}")
FILE = re.compile(r"([0-9a-f]{32})(-small)?\.jpg")
A_DAY = 24 * 3600


def folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "media"


def new_key() -> str:
    return secrets.token_hex(16)


def place(key: str, *, small: bool = False) -> Path:
    """Return where a picture lies; refuses whatever is not a key, so that no address leads elsewhere."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key")
    return folder() / key[:2] / f"{key}{'-small' if small else ''}.jpg"


def write(key: str, picture: Picture) -> None:
    """Store both sizes. A later rollback leaves files without a row; `sweep` takes them away."""
    for small, data in ((False, picture.large), (True, picture.small)):
        path = place(key, small=small)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


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
