"""The folder with photos and papers."""

import re
from pathlib import Path

from incubator.foundation import folders
from incubator.foundation.folders import Known, new_key
from incubator.foundation.folders import write as write_file
from incubator.media.images import Picture

__all__ = ["PDF", "PICTURE", "folder", "new_key", "place", "remove", "sweep", "write", "write_file"]
FILE = re.compile(r"([0-9a-f]{32})(?:(?:-small)?\.jpg|\.pdf)")
PICTURE, PDF = "jpg", "pdf"


def folder() -> Path:
    return folders.home("media")


def place(key: str, *, small: bool = False, kind: str = PICTURE) -> Path:
    return folders.place(folder(), key, f"{'-small' if small else ''}.{kind}")


def write(key: str, picture: Picture) -> None:
    """Store both sizes. A later rollback leaves files without a row; `sweep` takes them away."""
    write_file(place(key), picture.large)
    write_file(place(key, small=True), picture.small)


def remove(key: str) -> None:
    """Take away every file of a key; one that is gone already is no fault."""
    for path in (place(key), place(key, small=True), place(key, kind=PDF)):
        path.unlink(missing_ok=True)


def sweep(known: Known) -> int:
    return folders.sweep(folder(), FILE, known)
