"""Eight people at once write the news of milestones over SQLite: none may be lost; the longest wait as a ratio."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.demo import operations as demo
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Entry
from incubator.milestones import operations as milestones
from incubator.milestones.models import Update
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

WRITERS, TIMES = 8, 25


def waits(app, work: Callable[[int], None]) -> list[float]:
    """Return how long every single writing took, all writers beginning together."""
    found: list[float] = []
    start = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        with app.app_context():
            start.wait()
            for _ in range(TIMES):
                begun = time.perf_counter()
                work(number)
                found.append(time.perf_counter() - begun)
            db.session.remove()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def insert(_number: int) -> None:
    with transaction():
        db.session.execute(sa.text("INSERT INTO bare (words) VALUES ('Alle kamen.')"))


def tell(number: int, project_ids: list[int]) -> None:
    with transaction():
        project = db.session.get_one(Project, project_ids[number % len(project_ids)])
        milestones.write_update(project, project.leads[0], title="Neu", text="Alle kamen.")


def counted() -> tuple[int, int, int]:
    written = db.session.scalar(sa.select(sa.func.count(Update.id)).where(Update.title == "Neu")) or 0
    said = db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.action == "update.published")) or 0
    bare = db.session.scalar(sa.text("SELECT count(*) FROM bare")) or 0
    return written, said, bare


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({
            "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
        })
        with app.app_context():
            db.create_all()
            demo.load()
            with transaction():
                db.session.execute(sa.text("CREATE TABLE bare (id INTEGER PRIMARY KEY, words TEXT)"))
            active = sa.select(Project.id).where(Project.status == Status.ACTIVE).order_by(Project.id)
            ids = list(db.session.scalars(active))
            before = counted()
            db.session.remove()
        bare = waits(app, insert)
        told = waits(app, lambda number: tell(number, ids))
        with app.app_context():
            grown = {after - was for was, after in zip(before, counted(), strict=True)}
            if grown != {WRITERS * TIMES} or not journal.verify().holds:
                raise SystemExit(f"written {grown} instead of {WRITERS * TIMES}, or the journal does not hold")
    print(f"{WRITERS} writers × {TIMES}: none of {WRITERS * TIMES} lost, the journal holds")
    print(f"longest wait: {max(told) / max(bare):.1f} × that of a bare INSERT")
    print(f"usual time:   {sum(told) / sum(bare):.1f} × that of a bare INSERT")


if __name__ == "__main__":
    main()
