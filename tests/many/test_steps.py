"""The database is brought up to date while the release before still runs: a step takes nothing from it.

Expand, migrate, contract: docs/deploy.md. What a step takes away waits for the next release, or says with
CONTRACT_AFTER after which release it may run.
"""

import flask_migrate
import pytest
import sqlalchemy as sa

from incubator import health, prepare
from incubator.foundation.database import db
from tests.house.homes import schema, second_home
from tests.house.sources import ROOT
from tests.many import steps

FOLDER = str(ROOT / "migrations")
OLD = "CREATE TABLE idea (id INTEGER PRIMARY KEY, title VARCHAR(80) NOT NULL, note VARCHAR(80))"
USED = {"idea": ["id", "title", "note"]}


def _after(*statements):
    """Return what is taken away by these statements from a table of a release before."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as line:
        line.execute(sa.text(OLD))
        before = schema(line)
        for each in statements:
            line.execute(sa.text(each))
        return list(steps.taken_away(before, schema(line), USED))


@pytest.mark.parametrize("statements", [
    ["ALTER TABLE idea ADD COLUMN place VARCHAR(20)"],
    ["ALTER TABLE idea ADD COLUMN place VARCHAR(20) NOT NULL DEFAULT ''"],
    ["CREATE TABLE place (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)"],
    ["CREATE INDEX ix_idea_title ON idea (title)"],
    ["UPDATE idea SET note = ''"],
])
def test_what_is_added_takes_nothing_away(statements):
    assert _after(*statements) == []


@pytest.mark.parametrize(("statements", "said"), [
    (["DROP TABLE idea"], "idea is gone"),
    (["ALTER TABLE idea RENAME TO thought"], "idea is gone"),
    (["ALTER TABLE idea DROP COLUMN note"], "idea.note is gone"),
    (["ALTER TABLE idea RENAME COLUMN note TO remark"], "idea.note is gone"),
    (["DROP TABLE idea", "CREATE TABLE idea (id INTEGER PRIMARY KEY, title VARCHAR(80) NOT NULL, "
      "note VARCHAR(80) NOT NULL)"], "idea.note must not be empty"),
    (["DROP TABLE idea", "CREATE TABLE idea (id INTEGER PRIMARY KEY, title INTEGER NOT NULL, note VARCHAR(80))"],
     "idea.title was VARCHAR"),
    (["DROP TABLE idea", "CREATE TABLE idea (id INTEGER PRIMARY KEY, title VARCHAR(80) NOT NULL, note VARCHAR(80), "
      "place VARCHAR(20) NOT NULL)"], "idea.place is new"),
    (["DROP TABLE idea", "CREATE TABLE idea (id INTEGER PRIMARY KEY, title VARCHAR(80) NOT NULL, note VARCHAR(80), "
      "CONSTRAINT uq_idea_title UNIQUE (title))"], "held to something new: uq_idea_title"),
])
def test_what_the_release_before_would_miss_is_found(statements, said):
    assert [each for each in _after(*statements) if said in each]


def test_a_step_that_takes_away_must_be_marked_for_a_release_to_come():
    losses = ["idea.note is gone"]
    assert "not marked" in steps.refused("0010", "", losses, "0.2.0")[0]
    assert "0.2.0 still uses" in steps.refused("0010", 'CONTRACT_AFTER = "0.2.0"', losses, "0.2.0")[0]
    assert steps.refused("0010", 'CONTRACT_AFTER = "0.3.0"', losses, "0.2.0") == []
    assert steps.refused("0010", "", [], "0.2.0") == []


@pytest.mark.long
def test_no_step_takes_anything_from_the_release_before(app, request, tmp_path):
    before = steps.released()
    with second_home(request, "sqlite", tmp_path / "second"):
        flask_migrate.upgrade(directory=FOLDER, revision=before["step"])
        for file in steps.files(before["step"]):
            with db.engine.connect() as line:
                had = schema(line)
            flask_migrate.upgrade(directory=FOLDER, revision=file.name.partition("_")[0])
            with db.engine.connect() as line:
                losses = list(steps.taken_away(had, schema(line), before["tables"]))
            assert steps.refused(file.stem, file.read_text(), losses, before["release"]) == []


def test_steps_marked_as_contract_are_the_last_ones():
    """They run by themselves, once everybody runs the new release."""
    marked = [steps.mark(file.read_text()) is not None for file in steps.files("0000")]
    assert marked == sorted(marked)


def test_what_the_release_before_uses_is_written_down_whole():
    before = steps.released()
    assert before["step"] <= health.head()
    assert set(before["tables"]) >= {"project", "person", "entry", "letter"}
    assert all(columns for columns in before["tables"].values())


def test_while_others_run_only_what_adds_is_carried_out(app, request, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(flask_migrate, "upgrade", lambda **given: asked.append(given["revision"]))
    with second_home(request, "sqlite", tmp_path / "second"):
        prepare.bring_up_to_date(while_others_run=True)
        prepare.bring_up_to_date()
    assert asked == [health.head(), "head"]


def test_a_contract_that_waits_keeps_nobody_from_being_ready(tmp_path, monkeypatch):
    (tmp_path / "0001_a.py").write_text("")
    (tmp_path / "0002_b.py").write_text('CONTRACT_AFTER = "9.0.0"\n')
    monkeypatch.setattr(health, "STEPS", tmp_path)
    assert health.head() == "0001"
