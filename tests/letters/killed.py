"""A worker that is killed with -9 while it writes letters of the day.

    python -m tests.letters.killed ADDRESS INSTANCE

Each trial is a fork that kills itself: before it writes a letter, or after it and before that is kept.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from incubator import create_app
from incubator.accounts import jobs_letters
from incubator.foundation import clock
from incubator.letters import operations_digest
from tests.follow.killed import _dies_after, _in_a_child
from tests.letters.test_digest import MORNING


def _dies_behind(calls: int, real: Any) -> Any:
    """Return the function that is the end of its process once it has worked so many times."""
    left = [calls]

    def call(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return call


def main(address: str, instance: str) -> None:
    app = create_app({"SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None,
                      "BASE_URL": "http://localhost"})
    clock.set(MORNING)
    tell, write = jobs_letters.tell_day, operations_digest.write

    def before(calls: int) -> None:
        jobs_letters.tell_day = _dies_after(calls, tell)  # type: ignore[attr-defined]
        jobs_letters.tell_days()

    def behind(calls: int) -> None:
        operations_digest.write = _dies_behind(calls, write)  # type: ignore[attr-defined]
        jobs_letters.tell_days()

    with app.app_context():
        for calls in (1, 2, 3):
            _in_a_child(lambda calls=calls: before(calls))  # type: ignore[misc]
            _in_a_child(lambda calls=calls: behind(calls))  # type: ignore[misc]


if __name__ == "__main__":
    main(*sys.argv[1:])
