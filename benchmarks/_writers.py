"""Writers and readers at once over SQLite, and what they wrote sent again without anything around it.

The second time goes into a copy of the same file, made before the first: the same tables with their keys, indexes and
checks, the same rows, the same number of threads, one transaction each through the same door, the same settings of the
connection. What is missing there is reading, rules, the session and the journal's hashes.
"""

import logging
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from incubator import create_app
from incubator.foundation.database import db, sqlite
from incubator.foundation.transaction import transaction

READERS = 8
Rows = list[tuple[str, Any]]
Work = Callable[[], object]


@dataclass(frozen=True)
class Round:
    """How one round went: writes in a second, and the longest that anybody waited, in milliseconds."""

    rate: float
    worst: float


def house(folder: Path, name: str) -> flask.Flask:
    return create_app({
        "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": folder, "PAGE_CACHE_MB": 0,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/{name}.db", "TRUSTED_HOSTS": None})


class Sent:
    """What each transaction of a round has written, as it was sent to the database."""

    def __init__(self) -> None:
        self.all: list[Rows] = []
        self.here = threading.local()
        sa.event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, _line: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        rows = getattr(self.here, "rows", None)
        if rows is not None and statement.startswith(("INSERT INTO", "UPDATE", "DELETE")):
            rows.append((statement.split(" RETURNING ")[0], parameters))

    def noted(self, work: Work) -> None:
        self.here.rows = []
        try:
            work()
        finally:
            self.all.append(self.here.rows)
            self.here.rows = None


def send(rows: Rows) -> None:
    with transaction():
        line = db.session.connection()
        for statement, parameters in rows:
            line.exec_driver_sql(statement, parameters)


def at_once(app: flask.Flask, works: Sequence[Sequence[Work]]) -> Round:
    """Let as many threads as there are lists do what stands in them; whoever is turned away ends everything."""
    waits: list[float] = []
    faults: list[Exception] = []
    start = threading.Barrier(len(works) + 1)

    def run(mine: Sequence[Work]) -> None:
        start.wait()
        for work in mine:
            begun = time.perf_counter()
            with app.app_context():  # which ends the session, as a request does
                try:
                    work()
                except Exception as fault:
                    faults.append(fault)
            waits.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=run, args=(mine,)) for mine in works]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return Round(len(waits) / (time.perf_counter() - begun), 1000 * max(waits))


@contextmanager
def readers(app: flask.Flask, page: str | None) -> Iterator[None]:
    """Let eight people in another process of the web server open a page again and again, drawn anew each time."""
    if page is None:
        yield
        return
    path = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    with subprocess.Popen([sys.executable, "-m", "benchmarks._writers", str(path), page], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as other:
        assert other.stdin is not None and other.stdout is not None
        other.stdout.readline()
        try:
            yield
        finally:
            other.stdin.close()
        if not int(other.stdout.readline() or 0):
            raise SystemExit("nobody read anything")


def read(path: Path, page: str) -> None:
    app, stop = house(path.parent, path.stem), threading.Event()
    logging.getLogger("incubator.requests").setLevel(logging.ERROR)  # that a page took long is no news here
    answers = [app.test_client().get(page).status_code]

    def open_again() -> None:
        visitor = app.test_client()
        while not stop.is_set():
            answers.append(visitor.get(page).status_code)

    threads = [threading.Thread(target=open_again) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    print("begun", flush=True)
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(0 if set(answers) != {200} else len(answers), flush=True)


def copy(ours: flask.Flask, bare: flask.Flask) -> None:
    for app in (bare, ours):
        with app.app_context():
            db.engine.dispose()
    paths = [app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///") for app in (ours, bare)]
    here, there = sqlite.connect(paths[0]), sqlite.connect(paths[1])
    here.backup(there)
    here.close()
    there.close()


def counted(app: flask.Flask) -> dict[str, int]:
    with app.app_context():
        return {name: db.session.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0 for name in db.metadata.tables}


def compare(
    ours: flask.Flask, bare: flask.Flask, rounds: Sequence[Sequence[Sequence[Work]]], *, page: str | None = None,
    beside: Work = lambda: None,
) -> tuple[float, float, float]:
    """Return the usual ratio of both rates, and the longest wait of ours and of the bare ones, in milliseconds.

    `beside` is what the bare side must do too, because the operation does it besides its rows.
    """
    sent, ratios, longest = Sent(), [], (0.0, 0.0)
    for works in rounds:
        copy(ours, bare)
        noted = [[lambda work=work: sent.noted(work) for work in mine] for mine in works]
        with readers(ours, page):
            first = at_once(ours, noted)
        again = [[lambda: (beside(), send(sent.all.pop(0))) for _ in mine] for mine in works]
        with readers(bare, page):
            second = at_once(bare, again)
        if counted(ours) != counted(bare):
            raise SystemExit("the bare side has not written the same rows")
        ratios.append(first.rate / second.rate)
        longest = max(longest[0], first.worst), max(longest[1], second.worst)
        print(f"  {first.rate:.0f}/s against {second.rate:.0f}/s", flush=True)
    sa.event.remove(Engine, "before_cursor_execute", sent._note)
    return statistics.median(ratios), *longest


if __name__ == "__main__":
    read(Path(sys.argv[1]), sys.argv[2])
