"""The folder with copies that people asked for; a backup leaves it out."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from incubator.foundation import folders
from incubator.foundation.folders import Known
from incubator.privacy.rules_copy import LEASE

FILE = re.compile(r"([0-9a-f]{32})\.(?:zip|try)")


def folder() -> Path:
    return folders.home("copies")


def place(key: str) -> Path:
    return folders.place(folder(), key, ".zip")


def take(key: str, now: datetime) -> int:
    """Count a try and return its number, 0 while another process is at it: a killed one is given some minutes."""
    path = folders.place(folder(), key, ".try")
    number, _sign, moment = path.read_text().partition(" ") if path.exists() else ("0", "", "")
    if moment and now < datetime.fromisoformat(moment) + LEASE:
        return 0
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(f"{int(number) + 1} {now.isoformat()}")
    return int(number) + 1


def write(key: str, fill: Callable[[Path], None]) -> int:
    """Let a file be filled beside its place, put it there whole, and return its size."""
    return folders.fill(place(key), fill)


def remove(key: str) -> None:
    for ending in (".zip", ".try", ".part"):
        folders.place(folder(), key, ending).unlink(missing_ok=True)


def sweep(known: Known) -> int:
    return folders.sweep(folder(), FILE, known)
