"""Milestone reports and receipts against bare INSERTs of the same rows with the same durability, over SQLite.

Both are one transaction each and wait until the disk has it; see `_writers.py` for what the bare side is.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

import flask
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._figures import say
from benchmarks._writers import Work, compare, house
from incubator.accounts.models import Person
from incubator.demo import operations as demo
from incubator.demo import pictures
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Delivery, Entry
from incubator.media import operations_papers as papers
from incubator.media import papers as reading
from incubator.media import store
from incubator.milestones import operations as milestones
from incubator.milestones.models import Milestone, Update
from incubator.payments import operations_receipts as receipts
from incubator.payments import queries as ledger
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

WRITERS, TIMES, ROUNDS = 8, 20, 5
BAR = 0.5


def plan(number: int) -> list[int]:
    """Write down milestones, spread over the projects under way, so that each report has one of its own."""
    active = sa.select(Project.id).where(Project.status == Status.ACTIVE).order_by(Project.id)
    projects = db.session.scalars(active).all()
    many = [Milestone(project_id=projects[each % len(projects)], title="Neu", due_on=date(2026, 9, 20),
                      forecast_on=date(2026, 9, 20)) for each in range(number)]
    with transaction():
        db.session.add_all(many)
    return [each.id for each in many]


def report(number: int, lead: int) -> None:
    """Do what the page does once the form is read: it knows the milestone and the person, and looks at them again."""
    milestone, by = db.session.get_one(Milestone, number), db.session.get_one(Person, lead)
    with transaction():
        milestones.report(milestone, by, actual_on=clock.today(), evidence="Alle kamen.", text="Alle kamen.")


def written() -> tuple[int, int, int]:
    said = sa.select(Entry.id).where(Entry.action == "milestone.reported")
    return tuple(db.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0 for chosen in (
        sa.select(Update.id).where(Update.milestone_id.is_not(None)), said,
        sa.select(Delivery.entry_id).where(Delivery.entry_id.in_(said)).distinct()))  # type: ignore[return-value]


def reports(ours: flask.Flask, bare: flask.Flask, writers: int, page: str | None) -> None:
    each = WRITERS * TIMES // writers
    with ours.app_context():
        waiting, before = plan(each * writers * ROUNDS), written()
        leads = {number: db.session.get_one(Milestone, number).project.leads[0].id for number in waiting}
        db.session.rollback()

    def of_one() -> list[Work]:
        return [lambda number=waiting.pop(): report(number, leads[number]) for _ in range(each)]

    rounds = [[of_one() for _ in range(writers)] for _ in range(ROUNDS)]
    ratio, worst, bare_worst = compare(ours, bare, rounds, page=page)
    with ours.app_context():
        grown = {after - was for was, after in zip(before, written(), strict=True)}
        if grown != {each * writers * ROUNDS} or not journal.verify().holds:
            raise SystemExit(f"written {grown} instead of {each * writers * ROUNDS}, or the journal does not hold")
    who = f"{writers} writers and 8 readers at once" if page else "one writer alone"
    say(f"milestone report against bare INSERTs of the same rows, SQLite, {who}", f"{ratio:.2f} ×", f"≥ {BAR} ×",
        ratio >= BAR)
    if page:
        say("… none lost, none doubled, none “locked”; worst wait", f"{worst:.0f} ms (bare {bare_worst:.0f} ms)",
            "≤ 250 ms", worst <= 250)


def receipt_with_paper(ours: flask.Flask, bare: flask.Flask) -> None:
    with ours.app_context():
        project = db.session.scalars(
            sa.select(Project).where(Project.status == Status.ACTIVE).order_by(Project.id)).first()
        assert project is not None
        lead, number, line = project.leads[0].id, project.id, ledger.lines(project.id)[1].root_id
        shown = reading.read(pictures.receipt("Laden (fiktiv)", "Papier", 100, "2026-09-14"), "beleg.jpg")

    def receipt() -> None:
        by = db.session.get_one(Person, lead)
        with transaction():
            here = db.session.get_one(Project, number)
            paper = papers.keep_paper(shown, by, project_id=number)
            receipts.enter(here, by, line_id=line, number="", paid_on=date(2026, 9, 14), payee="Laden (fiktiv)",
                           reason="Papier", amount_cents=100, papers=[paper])

    def files() -> None:
        key = store.new_key()
        store.write_file(store.place(key), shown.data)
        store.write_file(store.place(key, small=True), shown.small or b"")

    ratio, _worst, _bare = compare(ours, bare, [[[receipt] * TIMES] for _ in range(ROUNDS)], beside=files)
    say("receipt with its paper on disk, of bare INSERTs and the same files", f"{ratio:.2f} ×", "–")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, bare = house(folder, "ours"), house(folder, "bare")
        with ours.app_context():
            db.create_all()
            demo.load()
            clock.set(date(2026, 9, 15))
            slug = db.session.scalars(sa.select(Project.slug).where(Project.status == Status.ACTIVE)).first()
            db.session.rollback()
        reports(ours, bare, 1, None)
        reports(ours, bare, WRITERS, f"/de/projects/{slug}")
        receipt_with_paper(ours, bare)


if __name__ == "__main__":
    main()
