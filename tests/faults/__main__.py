"""Hurt a house of its own for some minutes while people write, and say whether anything was lost.

    python -m tests.faults --minutes 5
    python -m tests.faults --minutes 5 --postgresql
    python -m tests.faults --minutes 5 --address postgresql://user@host/an-empty-database

Web and worker are killed with -9, Valkey is killed, stopped and emptied, the mail server is away, slow or refuses, the
disk is full, the database is locked or its connections are cut, the clock jumps by a day, two workers run at once.
After each of these everything is checked; at the end all letters must have left, each once.
"""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import flask
import flask_migrate

from incubator import create_app
from incubator.foundation.database import db
from incubator.payments import queries
from tests import servers
from tests.builders import Builders
from tests.faults import checks, people
from tests.faults.house import House
from tests.faults.hurts import HURTS
from tests.house.sources import ROOT
from tests.payments.stage import Stage
from tests.scale import scaled

PAYMENTS, LATER = scaled(120, 20), 3
KILLS = {"worker killed": 1, "clock jumps": 2, "mail slow": 1, "database cut": 1, "two workers": 1}  # amid a letter
STILL = 120  # seconds in which nothing moved: what waits then is stuck, however busy the machine


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--address", help="an empty PostgreSQL database; SQLite in a folder of its own without it")
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL for this run")
    parser.add_argument("--seed", type=int, default=None, help="the same order of faults again")
    parser.add_argument("--only", choices=sorted(HURTS), action="append", help="these faults only")
    return parser.parse_args()


@contextlib.contextmanager
def database(given: argparse.Namespace, folder: Path) -> Iterator[str]:
    if given.postgresql:
        with servers.postgresql() as address:
            yield servers.create_database(address, "faults")
    else:
        yield given.address or f"sqlite:///{folder / 'incubator.db'}"


class Run:
    """One run: the house, who writes in it, and what was found."""

    def __init__(self, house: House, stage: Stage, requests: list[int], chance: random.Random) -> None:
        self.house, self.chance, self.project_id = house, chance, stage.project.id
        self.hurt: Counter[str] = Counter()
        self.found: list[str] = []
        self.settled = 0.0
        self.writers = people.Writers()
        app = flask.current_app._get_current_object()  # type: ignore[attr-defined]
        lead = people.Browser(app, house.port, stage.lead)
        office = people.Browser(app, house.port, stage.coordinator)
        line = queries.lines(self.project_id)[0].root_id
        self.writers.begin(people.receipts(lead, self.project_id, line), people.receipts(lead, self.project_id, line),
                           people.payments(office, requests))

    def one(self, name: str, hurt: Callable[[House, random.Random], None]) -> None:
        self.hurt[name] += 1
        hurt(self.house, self.chance)
        self.check(name)

    def check(self, name: str) -> None:
        for sentence in checks.wrong(self.writers.told, self.project_id):
            self.found.append(sentence)
            print(f"  after “{name}”: {sentence}", flush=True)

    def settle(self) -> None:
        """Let everything be well again and the clock go on, until nothing is on its way any more."""
        self.writers.end()
        self.house.mail.come()
        self.house.room(True)
        self.house.jump(LATER)
        begun = moved = time.monotonic()
        before = left = checks.waiting()
        while left and time.monotonic() < moved + STILL:
            time.sleep(0.5)
            if (left := checks.waiting()) != before:
                before, moved = left, time.monotonic()
        self.settled = time.monotonic() - begun
        if left:
            self.found.append(f"{left} things are still on their way")
        self.check("the end")
        if self.writers.sign_ins and not self.hurt["clock jumps"]:
            self.found.append(f"{self.writers.sign_ins} times somebody had to sign in again")
        kills = sum(self.hurt[name] * times for name, times in KILLS.items()) + 1
        sentences, self.twice = checks.wrong_letters(self.house.mail.letters, kills)
        self.found += sentences


def fill(make: Builders) -> tuple[Stage, list[int]]:
    stage = Stage(make, grant=5_000_00)
    requests = [stage.checked(10_00).id for _each in range(PAYMENTS)]
    return stage, requests


def say(run: Run, minutes: float, seed: int) -> None:
    told = run.writers.told
    print(f"\n{minutes:g} minutes over {db.engine.dialect.name}, --seed {seed}")
    for name, times in sorted(run.hurt.items()):
        print(f"  {times:4} × {name}")
    print(f"  told as saved: {len(told['receipt'])} receipts, {len(told['payment'])} payments")
    print(f"  answers: {', '.join(f'{status}: {times}' for status, times in sorted(run.writers.answers.items()))}")
    print(f"  letters that arrived: {len(run.house.mail.letters)}, twice: {run.twice}")
    print(f"  nothing waited any more after {run.settled:.0f} s; sent to sign in while the clock was ahead: "
          f"{run.writers.sign_ins}")
    for sentence in [*run.writers.odd, *run.found]:
        print(f"  WRONG: {sentence}")
    print("nothing lost, nothing doubled" if not (run.found or run.writers.odd) else "SOMETHING IS WRONG", flush=True)


def main() -> int:
    given = parse()
    seed = given.seed if given.seed is not None else random.randrange(10**6)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="incubator-faults-") as scratch, \
            database(given, Path(scratch)) as address:
        house = House(Path(scratch), address)
        app = create_app(house.config | {"REDIS_URL": "", "SMTP_URL": ""})
        try:
            with app.app_context():
                flask_migrate.upgrade(directory=str(ROOT / "migrations"))
                stage, requests = fill(Builders())
                house.mail.come()
                for name in ("valkey", "web", "worker"):
                    house.start(name)
                run = Run(house, stage, requests, chance)
                names = list(given.only or HURTS)
                until = time.monotonic() + given.minutes * 60
                while time.monotonic() < until:
                    time.sleep(chance.uniform(0.5, 2))
                    name = chance.choice(names)
                    print(name, flush=True)
                    run.one(name, HURTS[name])
                run.settle()
                say(run, given.minutes, seed)
                return 1 if run.found or run.writers.odd else 0
        finally:
            house.close()


if __name__ == "__main__":
    sys.exit(main())
