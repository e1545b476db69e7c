"""The web server with an end in order: it says that it is not ready any more, waits until that was heard, then ends.

What runs is finished. It is run as a file (`python -P incubator/web.py`), so that it loads nothing of the house but
the settings: granian's processes load the rest.
"""

import argparse
import importlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer, Server

ROOT = Path(__file__).resolve().parent.parent
LONGEST_ANSWER = 30  # seconds in which an answer that was begun is finished


def parse(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the web server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--threads", type=int, default=4, help="answers at once in each process")
    parser.add_argument("--longest-answer", type=int, default=LONGEST_ANSWER, help="seconds given at the end")
    parser.add_argument("program", nargs="?", default="wsgi:app")
    return parser.parse_args(words)


def command(host: str, port: int, program: str = "wsgi:app") -> list[str]:
    """Name the command that runs a web server alone, from the folder above."""
    return [sys.executable, "-P", "incubator/web.py", "--host", host, "--port", str(port), program]


class Alone(MPServer):
    """Serves in this process what else one of its own does: each that holds the house keeps what others wrote over.

    Whoever tells it to end sees to it that it does not take too long.
    """

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        self._spawn_worker(0, spawn_target, target_loader).inner.run()
        self.interrupt_signal = True
        self.main_loop_interrupt.set()


class Ending:
    """What SIGTERM does: the mark is set by which `/readyz` says no; after the pause the server is told to end."""

    def __init__(self, mark: Path | None, pause: float) -> None:
        self.mark, self.pause = mark, pause

    @property
    def waits(self) -> bool:
        return bool(self.mark and self.pause)

    def begin(self) -> None:
        self.forget()
        if self.waits:
            signal.signal(signal.SIGTERM, self.hear)

    def hear(self, *_given: Any) -> None:
        signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))  # told twice: at once
        if self.mark:
            self.mark.touch()
        end = threading.Timer(self.pause, os.kill, (os.getpid(), signal.SIGINT))
        end.daemon = True
        end.start()

    def forget(self) -> None:
        if self.mark:
            self.mark.unlink(missing_ok=True)


def main(*, alone: bool = False) -> None:
    sys.path.insert(0, str(ROOT))
    given, known = parse(), importlib.import_module("config").settings()
    mark = str(known["STOPPING_FILE"])
    ending = Ending(Path(mark) if mark else None, float(str(known["DRAIN_SECONDS"])))
    server = (Alone if alone and not ending.waits else Server)(
        given.program, address=given.host, port=given.port, interface=Interfaces.WSGI, workers=given.workers,
        blocking_threads=given.threads, websockets=False, log_level=LogLevels.warning,
        workers_kill_timeout=given.longest_answer,
        http=HTTPModes.http1,  # nobody speaks HTTP/2 without TLS, and looking for it costs a third of a kept page
    )
    server.on_startup(ending.begin)
    server.on_shutdown(ending.forget)
    server.serve()


if __name__ == "__main__":
    main()
