"""Web and worker of `make run`: the house is read once, then this process parts into both, and they share it.

What is left of it forgets the house by beginning anew with this file alone, and watches: told to end, it tells both
and waits for them; when one falls, it says which and ends the other.
"""

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
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIE_WITH_PARENT, CALL_ME = 1, 15
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PATIENCE = 9.0  # seconds; whoever started us waits a little longer
FIRST_PAGES = ("layout/page.html", "layout/public.html", "progress/home.html")
WATCH = "--watch"
Work = Callable[[], object]


class Household:
    """The processes that this one became, by their numbers."""

    def __init__(self, parts: dict[int, str]) -> None:
        self.parts, self.groups = parts, list(parts)
        self.told_to_stop = False

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


def part(name: str, work: Work) -> int:
    """Let a copy of this process do some work, in a group of its own, until it ends or we do; return its number."""
    number = os.fork()
    if number:
        return number
    _settle(name)
    work()
    sys.exit()


def _settle(name: str) -> None:
    """Make a copy a program of its own, which systems list by its name and end with us."""
    os.setpgid(0, 0)
    for number in ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    if sys.platform == "linux":
        own = importlib.import_module("ctypes").CDLL(None)
        own.prctl(DIE_WITH_PARENT, signal.SIGTERM)
        own.prctl(CALL_ME, name.encode())


def _read_ahead(app: Any) -> None:
    """Read what both need at once before they part; nothing that opens the database, which must not cross a fork."""
    importlib.import_module("sqlalchemy.orm").configure_mappers()
    babel = importlib.import_module("flask_babel")
    with app.test_request_context("/de/"):
        babel.gettext("Projects")
        babel.format_date()
        babel.format_currency(0, "EUR")
        for page in FIRST_PAGES:
            app.jinja_env.get_template(page)


def _tidy() -> None:
    """Give back what reading took and left; what remains is not written to by looking whether it can go."""
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # other libraries than GNU's do it by themselves, or not at all
            importlib.import_module("ctypes").CDLL(None).malloc_trim(0)
    gc.freeze()


def main() -> None:
    sys.path.insert(0, str(ROOT))
    app = importlib.import_module("wsgi").app
    web, worker = importlib.import_module("incubator.web"), importlib.import_module("incubator.foundation.worker")
    _read_ahead(app)
    _tidy()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)  # until somebody watches
    with app.app_context():
        parts = {part("worker", lambda: worker.run(app)): "worker"}
    parts[part("web", lambda: web.main(alone=True))] = "web"
    said = [f"{number}={name}" for number, name in parts.items()]
    os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, WATCH, *said])  # noqa: S606  # nosec B606


def watch(said: Sequence[str]) -> int:
    house = Household({int(number): name for number, _, name in (each.partition("=") for each in said)})
    for number in ENDINGS:
        signal.signal(number, house.stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    fallen = house.wait()
    if not house.told_to_stop:
        sys.stderr.write(f"The {fallen} ended by itself.\n")
        house.tell()
    house.end()
    return 0 if house.told_to_stop else 1


if __name__ == "__main__":
    if sys.argv[1:2] == [WATCH]:
        sys.exit(watch(sys.argv[2:]))
    main()
