"""Web and worker of `make run`: the house is read once, then this process parts into both, and they share it.

Told to end, it tells both and waits for them; when one falls, it says which and ends the other.
"""

import ctypes
import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
DIE_WITH_PARENT, CALL_ME = 1, 15
PATIENCE = 9.0  # seconds; whoever started us waits a little longer
Work = Callable[[], object]


class Household:
    """The processes that this one became, by their names."""

    def __init__(self) -> None:
        self.parts: dict[int, str] = {}
        self.groups: list[int] = []
        self.told_to_stop = False

    def part(self, name: str, work: Work) -> None:
        """Let a copy of this process do some work, in a group of its own, until it ends or we do."""
        number = os.fork()
        if number:
            self.parts[number] = name
            self.groups.append(number)
            return
        _settle(name)
        work()
        sys.exit()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        self.told_to_stop = True
        self.tell()

    def tell(self) -> None:
        for part in list(self.parts):
            with suppress(ProcessLookupError):
                os.kill(part, signal.SIGTERM)

    def wait(self) -> str:
        """Return the name of the part that ended first."""
        ended, _status = os.wait()
        return self.parts.pop(ended)

    def end(self) -> None:
        """Give what still runs a while to end, then end it, and what a part that fell has left behind."""
        until = time.monotonic() + PATIENCE
        while self.parts and time.monotonic() < until:
            ended, _status = os.waitpid(-1, os.WNOHANG)
            self.parts.pop(ended, None)
            time.sleep(0 if ended else 0.05)
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


def _settle(name: str) -> None:
    """Make a copy a program of its own, which systems list by its name and end with us."""
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        own = ctypes.CDLL(None)
        own.prctl(DIE_WITH_PARENT, signal.SIGTERM)
        own.prctl(CALL_ME, name.encode())


def main(words: Sequence[str] | None = None) -> int:
    sys.path.insert(0, str(ROOT))
    app = importlib.import_module("wsgi").app
    web, worker = importlib.import_module("incubator.web"), importlib.import_module("incubator.foundation.worker")
    gc.collect()
    gc.freeze()  # what all share is not written to by looking whether it can go
    house = Household()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, house.stop)
    with app.app_context():
        house.part("worker", lambda: worker.run(app))
    house.part("web", web.main)
    fallen = house.wait()
    if not house.told_to_stop:
        sys.stderr.write(f"The {fallen} ended by itself.\n")
        house.tell()
    house.end()
    return 0 if house.told_to_stop else 1


if __name__ == "__main__":
    sys.exit(main())
