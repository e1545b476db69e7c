"""Two workers that take turns until one is killed in the middle of its own.

    python -m tests.foundation.taking ADDRESS INSTANCE LOG

Everything is imported once and each worker is a fork of it. Each line of LOG says who came in or went out, and when;
the one that was killed is named last but for what the other did afterwards.
"""

import os
import signal
import sys
import time
from pathlib import Path

from incubator import create_app
from incubator.foundation import jobs, worker
from incubator.foundation.database import db


def main(address: str, instance: str, log: str) -> None:
    app = create_app({"SECRET_KEY": "taking", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TESTING": True})
    path = Path(log)

    def say(*words: object) -> None:
        with path.open("a") as file:
            file.write(" ".join(map(str, (*words, time.monotonic()))) + "\n")

    def work() -> None:
        say("in", os.getpid())
        time.sleep(0.05)
        say("out", os.getpid())

    def life() -> None:
        with app.app_context():
            while True:
                worker.tick()
                time.sleep(0.005)

    def newest() -> list[str]:
        return path.read_text().splitlines()[-1].split() if path.exists() else [""]

    jobs.periodic[:] = [work]
    with app.app_context():
        db.engine.dispose()
    children = [_begun(life) for _each in range(2)]
    time.sleep(1)
    while newest()[0] != "in":
        time.sleep(0.002)
    gone = int(newest()[1])
    os.kill(gone, signal.SIGKILL)
    say("killed", gone)
    time.sleep(1)
    for each in children:
        os.kill(each, signal.SIGKILL)
        os.waitpid(each, 0)


def _begun(life) -> int:
    child = os.fork()
    if child == 0:
        try:
            life()
        finally:
            os._exit(1)
    return child


if __name__ == "__main__":
    main(*sys.argv[1:])
