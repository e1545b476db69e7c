"""The folder with the finished documents."""

import re
from pathlib import Path

from incubator.foundation import folders
from incubator.foundation.folders import Known, new_key

__all__ = ["folder", "new_key", "place", "remove", "sweep", "write"]
FILE = re.compile(r"([0-9a-f]{32})\.pdf")


def folder() -> Path:
    return folders.home("documents")


def place(key: str) -> Path:
    return folders.place(folder(), key, ".pdf")


def write(key: str, data: bytes) -> None:
    """Store a whole file. A row that never comes leaves it to `sweep`."""
    folders.write(place(key), data)


def remove(key: str) -> None:
    place(key).unlink(missing_ok=True)


def sweep(known: Known) -> int:
    return folders.sweep(folder(), FILE, known)
