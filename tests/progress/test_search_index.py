"""The index is made, kept, left and made again."""

import flask_migrate
import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.foundation.worker import tick
from incubator.progress import jobs, operations_search
from incubator.progress.models import Kind, SearchText
from tests.house.homes import second_home
from tests.house.sources import ROOT
from tests.progress.test_search import listed

FOLDER = str(ROOT / "migrations")


def kept():
    return sorted(db.session.execute(
        sa.select(SearchText.kind, SearchText.subject_id, SearchText.tokens)).all())


def test_the_tick_makes_the_index_where_it_is_missing(any_database, visit, make):
    make.project("active", title="Küche")
    assert listed(visit, "küche") == []
    tick()
    assert listed(visit, "küche") == ["Küche"]


def test_the_tick_makes_nothing_twice(make, queries):
    make.project("active")
    tick()
    db.session.rollback()
    with queries(at_most=1):
        jobs.make_index()


@pytest.mark.parametrize("folding", [operations_search.BEGUN, 99])
def test_an_index_left_half_made_or_of_other_rules_is_made_anew(make, folding):
    make.project("active")
    jobs.rebuild()
    before = kept()
    with transaction():
        db.session.execute(sa.delete(SearchText).where(SearchText.kind == Kind.PROJECT))
        db.session.execute(sa.update(SearchText).values(subject_id=folding))
    jobs.make_index()
    assert kept() == before


def test_the_command_says_how_much_can_be_found(app, make):
    make.project("active")
    make.project("draft")
    answer = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert (answer.exit_code, answer.output) == (0, "1 things can be found\n")


def test_more_things_than_one_batch_are_all_kept(make, monkeypatch):
    monkeypatch.setattr(operations_search, "BATCH", 2)
    for _ in range(5):
        make.project("active")
    assert jobs.rebuild() == 5 and len(kept()) == 6


def test_rebuilding_changes_nothing_that_is_right(any_database, make):
    make.update(make.project("active"))
    jobs.rebuild()
    before = kept()
    jobs.rebuild()
    assert kept() == before


def test_sqlite_finds_its_index_whole(make):
    project = make.project("active", title="Küche")
    jobs.rebuild()
    with transaction():
        project.title = "Chor"
        operations_search.index(Kind.PROJECT, [project.id])
    with db.engine.begin() as line:
        line.exec_driver_sql("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)")


def test_the_next_migration_would_change_nothing_here(any_database, request, tmp_path):
    kind = request.node.callspec.params["any_database"]
    with second_home(request, kind, tmp_path / "second"):
        flask_migrate.upgrade(directory=FOLDER)
        flask_migrate.check(directory=FOLDER)
