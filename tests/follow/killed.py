"""A worker that is killed with -9 while it writes to followers, and while it sends.

    python -m tests.follow.killed ADDRESS INSTANCE SMTP_URL

Each trial is a fork that kills itself at a certain place: after so many batches of letters, after so many sent ones.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from incubator import create_app
from incubator.follow import operations_news
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.letters import operations as letters
from incubator.letters.lines import Line

BATCHES, SENT = (1, 2, 3), (1, 30, 120)


def _dies_after(calls: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that works so many times and is then the end of its process."""
    left = [calls]

    def call(*given: Any) -> Any:
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return real(*given)

    return call


def _in_a_child(work: Callable[[], Any]) -> None:
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("the worker ended by itself")


def write(batches: int) -> None:
    operations_news.letters.write_many = _dies_after(batches, letters.write_many)  # type: ignore[attr-defined]
    journal.deliver()


def send(number: int) -> None:
    Line.send = _dies_after(number, Line.send)  # type: ignore[method-assign]
    while letters.post():
        pass


def main(address: str, instance: str, smtp: str) -> None:
    app = create_app({"SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": smtp, "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None,
                      "BASE_URL": "http://localhost"})
    clock.set(date(2026, 3, 1))
    with app.app_context():
        for batches in BATCHES:
            _in_a_child(lambda batches=batches: write(batches))  # type: ignore[misc]
        journal.deliver()
        for number in SENT:
            _in_a_child(lambda number=number: send(number))  # type: ignore[misc]


if __name__ == "__main__":
    main(*sys.argv[1:])
