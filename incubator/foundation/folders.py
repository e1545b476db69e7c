"""Folders of files that rows point to: whole files or none, under random names, swept of what belongs to nobody.

They lie in the instance folder, or in the bucket that FILES_URL names; the rooms do not see which.
"""

import importlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import flask

from incubator.foundation import clock

if TYPE_CHECKING:
    from incubator.foundation.bucket import Remote as Remote

KEY = re.compile(r"[0-9a-f]{32}")
A_DAY = 24 * 3600
MARK = ".swept"
Known = Callable[[Iterable[str]], set[str]]


class Away(OSError):
    """The storage of files does not answer, or refuses us."""


def new_key() -> str:
    return secrets.token_hex(16)


def home(name: str, instance: Path | None = None) -> Path:
    """Return the folder of that name where files lie; one in a bucket has the words of `Path` that files need."""
    config = flask.current_app.config
    if not (url := config["FILES_URL"]):
        return Path(instance or config["INSTANCE"]) / name
    store = _bucket().opened(url, config["AWS_ACCESS_KEY_ID"], config["AWS_SECRET_ACCESS_KEY"])
    return cast(Path, _bucket().Remote(store, name))


def _bucket() -> Any:
    """Load the client of the storage, which is needed only where there is one."""
    return importlib.import_module("incubator.foundation.bucket")


def remote(place: Path) -> "Remote | None":
    """Return the place when it lies in a bucket."""
    return None if isinstance(place, Path) else place


def place(folder: Path, key: str, ending: str) -> Path:
    """Return where a file lies; refuses whatever is not a key, so that no address leads elsewhere."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key")
    return folder / key[:2] / f"{key}{ending}"


def write(path: Path, data: bytes) -> None:
    """Store one file so that it is there whole, also after the power fails, or not at all."""
    if there := remote(path):
        there.write_bytes(data)
        return
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


def renew(path: Path, data: bytes) -> None:
    """Replace what can be made again, as a whole: whoever reads it meanwhile finds the old one; several may at once."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(data)
    fresh.replace(path)


def fill(path: Path, work: Callable[[Path], None]) -> int:
    """Let a file for its owner alone be filled aside, put it into its place whole, and return its size."""
    if there := remote(path):
        with tempfile.TemporaryDirectory() as scratch:
            work(part := Path(scratch) / "part")
            there.write_bytes(part)
            return part.stat().st_size
    part = path.with_suffix(".part")
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        part.touch(mode=0o600)
        work(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return size


def send(path: Path, *, conditional: bool = True, etag: bool = True, **how: Any) -> flask.Response:
    """Answer with a file and nothing a browser could run; 404 where it is not there."""
    if there := remote(path):
        answer: flask.Response | None = _bucket().send(there, conditional=conditional, etag=etag, **how)
    else:
        answer = flask.send_file(path, conditional=conditional, etag=etag, **how) if path.is_file() else None
    if answer is None:
        flask.abort(404)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _settle(folder: Path) -> None:
    """Let the disk keep the new name as well, not only what stands in the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_empty(folder: Path) -> bool:
    if there := remote(folder):
        return all(each.place.name == MARK for each in there.files())
    return not folder.exists() or not any(folder.iterdir())


def move_in(found: Path, folder: Path) -> None:
    """Put a whole folder of this machine into the empty place of another, or leave nothing there."""
    if there := remote(folder):
        try:
            for file in sorted(each for each in found.rglob("*") if each.is_file() and each.name != MARK):
                (there / file.relative_to(found).as_posix()).write_bytes(file)
        except BaseException:
            take_away(folder)
            raise
        return
    if folder.exists():
        folder.rmdir()
    found.rename(folder)


def take_away(folder: Path) -> None:
    if there := remote(folder):
        for each in there.files():
            each.place.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path, names: re.Pattern[str], known: Known) -> int:
    """Remove files older than a day that `known` does not name among the keys it is given; at most once a day.

    `names` finds the key in a file's name. The files' ages are measured against a mark in the same folder, because the
    demo city lives on another day.
    """
    day = clock.real_today().isoformat()
    if there := remote(folder):
        return int(_bucket().sweep(there / MARK, names, known, day, A_DAY))
    mark = folder / MARK
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
