"""What the one chain of the journal costs writers who have nothing to do with each other, on PostgreSQL.

Eight people write news of eight projects at once: with the journal as it is, and without any, where nobody waits for
anybody. The share says how much of that rate is left; writing the entries is in it as well.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path
from unittest import mock

import flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._figures import say
from incubator import create_app
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.milestones import operations_updates
from incubator.projects.models import Project
from tests import servers
from tests.builders import Builders

WRITERS, SECONDS, ROUNDS = 8, 4.0, 3


def rate(app: flask.Flask, projects: list[int]) -> float:
    """Return how much was written in a second by all of them together."""
    done, start = [0] * len(projects), threading.Barrier(len(projects))

    def write(place: int) -> None:
        with app.app_context():
            start.wait()
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                with transaction():
                    project = db.session.get_one(Project, projects[place])
                    operations_updates.write_update(project, project.leads[0], title="Neu", text="Alle kamen.")
                done[place] += 1
            db.session.remove()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(projects))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def main() -> None:
    with servers.postgresql() as address, tempfile.TemporaryDirectory() as folder:
        app = create_app({
            "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder), "PAGE_CACHE_MB": 0,
            "SQLALCHEMY_DATABASE_URI": servers.create_database(address, "chain"), "TRUSTED_HOSTS": None})
        with app.app_context():
            db.create_all()
            make = Builders()
            projects = [make.project("active").id for _ in range(WRITERS)]
        chained, free = [], []
        for _ in range(ROUNDS):
            chained.append(rate(app, projects))
            with mock.patch.object(operations_updates, "record", lambda *_, **__: None):
                free.append(rate(app, projects))
    share = sorted(chained)[ROUNDS // 2] / sorted(free)[ROUNDS // 2]
    print(f"  chained {max(chained):.0f}/s, without a journal {max(free):.0f}/s")
    say("8 writers of unrelated projects, PostgreSQL: rate with the chained journal, of that without any",
        f"{share:.2f}", "≥ 0.5", share >= 0.5)


if __name__ == "__main__":
    main()
