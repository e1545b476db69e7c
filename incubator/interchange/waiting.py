"""Archives that wait for a yes, and those that were taken in: kept so that their journal can be checked later."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from incubator.interchange.site_seal import sum_of

A_DAY = 24 * 3600


def _folder(instance: Path) -> Path:
    folder = Path(instance) / "arrivals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def place(instance: Path, hash_: str) -> Path:
    return _folder(instance) / f"{hash_}.zip"


def keep(instance: Path, stream: Any) -> Path:
    """Put what was sent aside; it has its own hash as its name."""
    with tempfile.NamedTemporaryFile(dir=_folder(instance), suffix=".part", delete=False) as part:
        shutil.copyfileobj(stream, part)
    fresh = Path(part.name)
    target = place(instance, sum_of(fresh))
    fresh.replace(target)
    return target


def keep_copy(instance: Path, file: Path) -> None:
    with file.open("rb") as source:
        keep(instance, source)


def forget_old(instance: Path, arrived: set[str]) -> None:
    """Delete what waited for more than a day and was not taken in; ages are measured against a file of now."""
    folder = _folder(instance)
    with tempfile.NamedTemporaryFile(dir=folder) as mark:
        now = Path(mark.name).stat().st_mtime
    for file in folder.iterdir():
        if file.stem not in arrived and now - file.stat().st_mtime > A_DAY:
            file.unlink(missing_ok=True)
