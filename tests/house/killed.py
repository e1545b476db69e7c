"""Web workers and workers that are killed with -9 while they write, again and again.

    python -m tests.house.killed ADDRESS INSTANCE TRIALS SEED TOLD

Everything is imported once and each trial is a fork of it, so that a kill meets the writing and not the start. What a
page said to be saved is appended to the file TOLD by the child before it goes on.
"""

import io
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator import create_app
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.payments import queries
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.projects.models import Project
from tests.payments.receipts import scan
from tests.visitors import Visitor

PATIENCE = 30  # seconds until a child that tells nothing is killed all the same
COORDINATOR = "killed-coordinator@example.org"


class Told:
    """What people were told is saved, in a file that outlives whoever told it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def more_than(self, size: int) -> Callable[[], bool]:
        return lambda: self.size() > size

    def say(self, *words: object) -> None:
        with self.path.open("a") as file:
            file.write(" ".join(map(str, words)) + "\n")


def enter_receipts(lead: Visitor, project_id: int, line: int, told: Told) -> None:
    """Enter one receipt after the other, until killed."""
    while True:
        name = f"R-{os.getpid()}-{time.monotonic_ns()}"
        answer = lead.post(f"/en/desk/projects/{project_id}/receipts/new", {
            "line_id": line, "number": name, "paid_on": "2026-02-25", "payee": "Laden", "reason": "Papier",
            "amount_cents": "1.00", "papers": (io.BytesIO(scan(random.randrange(60_000))), "Bon.png"),
        })
        assert answer.status == 303, answer.problems
        told.say("receipt", name)


def pay_requests(office: Visitor, requests: list[int], told: Told) -> None:
    """Pay one request after the other, until killed or until all are paid; a paid one is refused and left."""
    for number in requests:
        answer = office.post(f"/en/desk/requests/{number}/pay", {"on": "2026-03-01", "reference": f"K-{number}"})
        if answer.status == 303:
            told.say("payment", number)
    time.sleep(5)


def deliver() -> None:
    """Do what the worker does, until killed."""
    while True:
        journal.deliver()
        time.sleep(0.005)


def killed(work: Any, *given: Any, after: float, heard: Callable[[], bool] = lambda: True) -> None:
    """Let a child work and kill it so many seconds after it was heard of; one that ends by itself is an error."""
    child = os.fork()
    if child == 0:
        try:
            work(*given)
        finally:
            os._exit(1)
    until = time.monotonic() + PATIENCE
    while not heard() and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"{work.__name__} ended by itself")


def main(address: str, instance: str, trials: str, seed: str, told: str) -> None:
    app = create_app({"SECRET_KEY": "killed", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None})
    chance, kept = random.Random(seed), Told(Path(told))
    clock.set(date(2026, 3, 1))
    with app.app_context():
        project = db.session.scalars(sa.select(Project)).one()
        line = queries.lines(project.id)[0].root_id
        people = {person.mail: Visitor(app, person) for person in _people(project)}
        office, lead = people[COORDINATOR], people[project.leads[0].mail]
        number = project.id
        lead.get(f"/en/desk/projects/{number}/receipts/new")  # what is loaded once is loaded before the first trial
        for _ in range(int(trials)):
            payable = list(db.session.scalars(
                sa.select(FundsRequest.id).where(FundsRequest.state == RequestState.CONFIRMED)))
            db.session.remove()
            db.engine.dispose()
            kind, after = chance.choice(("receipts", "payments", "worker")), chance.uniform(0, 0.2)
            heard = kept.more_than(kept.size())
            if kind == "receipts":
                killed(enter_receipts, lead, number, line, kept, after=after, heard=heard)
            elif kind == "payments" and payable:
                killed(pay_requests, office, payable, kept, after=after, heard=heard)
            else:
                killed(deliver, after=after)


def _people(project: Project) -> list[Any]:
    coordinator = db.session.scalars(sa.select(type(project.leads[0])).filter_by(mail=COORDINATOR)).one()
    return [coordinator, project.leads[0]]


if __name__ == "__main__":
    main(*sys.argv[1:])
