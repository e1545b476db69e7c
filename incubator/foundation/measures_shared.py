"""The figures of all web processes of a machine: each writes into a piece of memory of its own that the others read.

The piece lies in a file, reserved on the disk beforehand: writing to it later cannot fail for want of room. Where there
is no file (no folder, no room), the figures are those of one process. What a process has counted stays when it ends,
until all have ended: a sum that became smaller would look like a new beginning.
"""

import mmap
import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
SECONDS = len(BOUNDS) + 1  # one place for each bound, one for what took longer, one for all seconds together
WIDTH = SECONDS + 1
PLACES = 24_576
OTHERS = ("other", "-")  # a series of its own for what finds no place any more
NAMES, VALUES = ".names", ".values"
FORGOTTEN = 7 * 24 * 3600.0  # seconds after which files of another machine's name are nobody's
Series = tuple[str, str]


class Figures:
    """What one process has counted; `folder` is None for memory of its own."""

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.lock = folder, threading.Lock()
        self.places: dict[Series, int] = {}
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        self.values = memoryview(self._memory()).cast("d")  # the first place: how many are being answered
        self._place(OTHERS)

    def _memory(self) -> mmap.mmap:
        if self.folder is None:
            return mmap.mmap(-1, PLACES * 8)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            (self.folder / f"{self.name}{NAMES}").write_text("")
            _forget(self.folder, self.name)
            with (self.folder / f"{self.name}{VALUES}").open("wb+") as file:
                os.posix_fallocate(file.fileno(), 0, PLACES * 8)
                return mmap.mmap(file.fileno(), PLACES * 8)
        except (OSError, AttributeError):  # no room, or a system that cannot reserve any
            self.folder = None
            return mmap.mmap(-1, PLACES * 8)

    def begin(self) -> None:
        with self.lock:
            self.values[0] += 1

    def end(self, route: str, kind: str, bound: int, seconds: float) -> None:
        place = self.places.get((route, kind)) or self._place((route, kind))
        with self.lock:
            self.values[place + bound] += 1
            self.values[place + SECONDS] += seconds
            self.values[0] -= 1

    def _place(self, series: Series) -> int:
        with self.lock:
            place = 1 + len(self.places) * WIDTH
            if series in self.places or place + WIDTH > PLACES:
                return self.places.get(series, self.places.get(OTHERS, 1))
            if self.folder:
                try:
                    with (self.folder / f"{self.name}{NAMES}").open("a") as file:
                        file.write("\t".join(series) + "\n")
                except OSError:  # no room for its name: it is counted, without one
                    return self.places.get(OTHERS, 1)
            self.places[series] = place
            return place

    def all(self) -> tuple[int, dict[Series, list[float]]]:
        """Return how many requests are being answered, and the sums of each series over all processes."""
        running, sums = int(self.values[0]), _read(self.places, self.values)
        for name in _others(self.folder, self.name):
            with suppress(OSError, ValueError):
                now, theirs = _read_of(self.folder / name) if self.folder else (0, {})
                running += now if _lives(name) else 0
                for series, row in theirs.items():
                    before = sums.get(series, [0.0] * WIDTH)
                    sums[series] = [one + other for one, other in zip(before, row, strict=True)]
        return running, {series: row for series, row in sums.items() if any(row)}


def _series(line: str) -> Series:
    route, _, kind = line.partition("\t")
    return route, kind


def _read(places: dict[Series, int], values: "memoryview[float]") -> dict[Series, list[float]]:
    return {series: [float(each) for each in values[place:place + WIDTH]] for series, place in list(places.items())}


def _read_of(path: Path) -> tuple[int, dict[Series, list[float]]]:
    """Read what another process counted; its names are read first, so that each has its figures already."""
    names = Path(f"{path}{NAMES}").read_text().splitlines()
    values = memoryview(Path(f"{path}{VALUES}").read_bytes()).cast("d")
    return int(values[0]), _read({_series(name): 1 + number * WIDTH for number, name in enumerate(names)}, values)


def _others(folder: Path | None, own: str) -> list[str]:
    """Name the other processes of this machine, those that have ended too."""
    found = folder.glob(f"{socket.gethostname()}-*{VALUES}") if folder else ()
    return sorted(path.name.removesuffix(VALUES) for path in found if path.name.removesuffix(VALUES) != own)


def _lives(name: str) -> bool:
    try:
        os.kill(int(name.rpartition("-")[2]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _forget(folder: Path, own: str) -> None:
    """Clear away what ended processes left, unless one of them still lives; and what other names left long ago."""
    now = (folder / f"{own}{NAMES}").stat().st_mtime
    for path in [*folder.glob(f"*{VALUES}"), *folder.glob(f"*{NAMES}")]:
        is_here = path.stem.rpartition("-")[0] == socket.gethostname()
        is_old = now - path.stat().st_mtime > FORGOTTEN
        if path.stem != own and (not any(map(_lives, _others(folder, own))) if is_here else is_old):
            path.unlink(missing_ok=True)
