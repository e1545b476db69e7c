"""Milestone reports and receipts against bare INSERTs of the same rows with the same durability, over SQLite.

Both are one transaction each and wait until the disk has it; the bare ones know no rule, no lock and no journal: they
only send again the rows that the operation wrote, into tables of the same columns.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.demo import operations as demo
from incubator.demo import pictures
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.media import operations_papers as papers
from incubator.media import papers as reading
from incubator.media import store
from incubator.milestones import operations as milestones
from incubator.milestones.models import Milestone
from incubator.payments import operations_receipts as receipts
from incubator.payments import queries as ledger
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

TIMES, ROUNDS = 60, 3
Row = tuple[str, Any]


class Inserts:
    """The INSERT statements that a piece of work sends."""

    def __init__(self) -> None:
        self.sent: list[Row] = []

    def __enter__(self) -> "Inserts":
        sa.event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sa.event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("INSERT INTO"):
            table = statement.split()[2].strip('"')
            bare = statement.replace(f"INSERT INTO {statement.split()[2]}", f"INSERT INTO bare_{table}", 1)
            self.sent.append((bare.split(" RETURNING ")[0], parameters))


def lay_bare(rows: list[Row]) -> None:
    """Make a table without keys or constraints for each table of the rows."""
    with transaction():
        for statement, _parameters in rows:
            bare = statement.split()[2]
            db.session.execute(sa.text(
                f'CREATE TABLE IF NOT EXISTS {bare} AS SELECT * FROM "{bare.removeprefix("bare_")}" WHERE 0'))


def insert(rows: list[Row]) -> None:
    with transaction():
        line = db.session.connection()
        for statement, parameters in rows:
            line.exec_driver_sql(statement, parameters)


def per_second(work: Callable[[int], object]) -> float:
    begun = time.perf_counter()
    for number in range(TIMES):
        work(number)
    return TIMES / (time.perf_counter() - begun)


def compare(name: str, work: Callable[[int], object], beside: Callable[[], object] = lambda: None) -> None:
    """Print the ratio; `beside` is what the bare side must do too, because the operation does it besides its rows."""
    with Inserts() as seen:
        work(0)
    lay_bare(seen.sent)
    ratios = []
    for _ in range(ROUNDS):
        bare = per_second(lambda _number: (beside(), insert(seen.sent)))
        ours = per_second(work)
        ratios.append(ours / bare)
    print(f"{name}: {statistics.median(ratios):.2f} of {len(seen.sent)} bare INSERTs in one transaction "
          f"(last run {ours:.0f}/s against {bare:.0f}/s)")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({
            "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
        })
        with app.app_context():
            db.create_all()
            demo.load()
            clock.set(date(2026, 9, 15))
            project = db.session.scalars(
                sa.select(Project).where(Project.status == Status.ACTIVE).order_by(Project.id)).first()
            assert project is not None
            _measure(project)


def _plan_many(project: Project) -> list[int]:
    """Write down enough milestones that each report has one of its own."""
    many = [Milestone(project_id=project.id, title="Neu", due_on=date(2026, 9, 20), forecast_on=date(2026, 9, 20))
            for _ in range(TIMES * ROUNDS + 1)]
    with transaction():
        db.session.add_all(many)
    return [each.id for each in many]


def _measure(project: Project) -> None:
    lead, number = project.leads[0], project.id
    shown = reading.read(pictures.receipt("Laden (fiktiv)", "Papier", 100, "2026-09-14"), "beleg.jpg")
    line = ledger.lines(number)[1].root_id

    waiting = _plan_many(project)

    def report(_number: int) -> None:
        with transaction():
            milestone = db.session.get_one(Milestone, waiting.pop())
            milestones.report(milestone, lead, actual_on=clock.today(), evidence="Alle kamen.", text="Alle kamen.")

    def receipt(_number: int) -> None:
        with transaction():
            here = db.session.get_one(Project, number)
            paper = papers.keep_paper(shown, lead, project_id=number)
            receipts.enter(here, lead, line_id=line, number="", paid_on=date(2026, 9, 14), payee="Laden (fiktiv)",
                           reason="Papier", amount_cents=100, papers=[paper])

    compare("milestone report", report)
    def files() -> None:
        key = store.new_key()
        store.write_file(store.place(key), shown.data)
        store.write_file(store.place(key, small=True), shown.small or b"")

    compare("receipt with its paper on disk", receipt, files)


if __name__ == "__main__":
    main()
