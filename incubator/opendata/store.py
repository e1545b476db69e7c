"""Where the files of editions lie: in the folder, or the bucket, of all files."""

import re
import shutil
from pathlib import Path

from incubator.foundation import folders
from incubator.foundation.folders import Known, new_key

ENDING = ".data"
FILE = re.compile(r"([0-9a-f]{32})\.data")


def folder() -> Path:
    return folders.home("opendata")


def place(key: str) -> Path:
    return folders.place(folder(), key, ENDING)


def keep(made: Path) -> str:
    """Store a file and return its key; a later rollback leaves it without a row, and `sweep` takes it away."""
    key = new_key()
    folders.fill(place(key), lambda part: _copy(made, part))
    return key


def _copy(made: Path, part: Path) -> None:
    shutil.copyfile(made, part)


def remove(key: str) -> None:
    place(key).unlink(missing_ok=True)


def sweep(known: Known) -> int:
    return folders.sweep(folder(), FILE, known)
