"""The list of projects with words to look for, at many projects as a multiple of at few, in one run.

    python benchmarks/search.py [MANY] [FEW]        5,000 and 500 where nothing is said; the bar is set at 50,000
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import flask
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.programme.models import Round, RoundState
from incubator.progress import jobs
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

TIMES = 40
ASKED = {"a rare word": "lastenkahn", "an ordinary word": "wort17", "two words": "wort17 wort18", "a part": "kahn",
         "a word in nearly all": "projekt", "nothing": "nirgends"}


def house(folder: Path, number: int) -> flask.Flask:
    """Build a house with so many public projects; each word is in a tenth of them, the rare one in twenty."""
    app = create_app({
        "SECRET_KEY": "benchmark" * 4, "DEMO": False, "REDIS_URL": "", "SMTP_URL": "", "INSTANCE": folder,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
    })
    dice = random.Random(number)
    with app.app_context():
        db.create_all()
        day = clock.today()
        with db.engine.begin() as line:
            round_id = line.execute(sa.insert(Round).values(
                name="R", slug="r", state=RoundState.OPEN, fund_cents=0, version=1)).inserted_primary_key[0]
            line.execute(sa.insert(Project), [{
                "slug": f"p-{each}", "round_id": round_id, "status": Status.ACTIVE, "status_since": clock.now(),
                "language": "de", "title": f"Projekt {each}", "version": 1, "created_at": clock.now(),
                "summary": " ".join(
                    [f"wort{dice.randrange(200)}" for _ in range(20)] + ["Lastenkahn"] * (each % (number // 20) == 0)),
                "submitted_at": clock.now(), "resolution_on": day, "notice_number": f"n-{each}",
            } for each in range(number)])
        start = time.perf_counter()
        jobs.rebuild()
        print(f"{number:,} projects: the index takes {(time.perf_counter() - start) / number * 1000:.2f} ms for each")
    return app


def seconds(*asks: Callable[[], object]) -> list[float]:
    """Return the median of each, taken in turn: what else the machine does meanwhile hits all of them."""
    taken: list[list[float]] = [[] for _ in asks]
    for _ in range(TIMES):
        for place, ask in enumerate(asks):
            start = time.perf_counter()
            ask()
            taken[place].append(time.perf_counter() - start)
    return [sorted(each)[TIMES // 2] for each in taken]


def main() -> None:
    many, few = (int(each.replace(",", "")) for each in [*sys.argv[1:], "5000", "500"][:2])
    if len(sys.argv) == 2:
        few = 500
    hello = flask.Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "Hello")
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        small, large = house(Path(first), few).test_client(), house(Path(second), many).test_client()
        for name, q in ASKED.items():
            paths = [f"{page}?q={q}" for page in ("/de/projects/", "/de/search")]
            for path in paths:
                if large.get(path).status_code != 200:
                    raise SystemExit(f"{path} does not open")
                base, of_few, of_many = seconds(
                    lambda: hello.test_client().get("/"), partial(small.get, path), partial(large.get, path))
                print(f"{path.split('?')[0]:14} {name:20} {of_many / of_few:.2f} × the time at {few:,}"
                      f" ({of_many / base:.1f} × hello world)")


if __name__ == "__main__":
    main()
