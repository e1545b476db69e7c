"""Migrations from nothing give what the models say, and go down and up again over rows."""

import re
from datetime import date

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from incubator import prepare
from incubator.closing.models import FinalReport
from incubator.foundation.database import db
from incubator.projects.models import Project
from tests.builders import Builders
from tests.house.homes import schema, second_home, triggers
from tests.house.sources import ROOT

FOLDER = str(ROOT / "migrations")


@pytest.fixture
def home(any_database, request, tmp_path):
    kind = request.node.callspec.params["any_database"]
    with any_database.app_context(), db.engine.connect() as line:
        wanted = schema(line), triggers(line)
    with second_home(request, kind, tmp_path / "second") as app:
        app.wanted = wanted
        yield app


def _now():
    with db.engine.connect() as line:
        return schema(line), triggers(line)


def test_migrations_from_nothing_give_the_models(home):
    flask_migrate.upgrade(directory=FOLDER)
    now, wanted = _now(), home.wanted
    assert sorted(now[0]) == sorted(wanted[0])
    for table, described in wanted[0].items():
        assert now[0][table] == described, table
    assert now[1] == wanted[1]


def test_migrations_go_down_and_up_again_over_rows(home):
    flask_migrate.upgrade(directory=FOLDER)
    before, make = _now(), Builders()
    project = make.project(status="active")
    make.award(project)
    make.update(project, milestone=make.milestone(project, status="accepted"), photos=(make.photo(project),))
    db.session.remove()
    flask_migrate.downgrade(directory=FOLDER, revision="base")
    assert _now() == ({}, set())
    flask_migrate.upgrade(directory=FOLDER)
    assert _now() == before


def test_reports_that_wait_for_their_check_go_back_once_with_their_words(home):
    flask_migrate.upgrade(directory=FOLDER)
    make = Builders()
    make.round(reports_due_on=None, final_report_due_months=6)
    waits, open_ = make.project(status="report_submitted"), make.project(status="reporting")
    ids = waits.id, open_.id
    db.session.remove()
    flask_migrate.downgrade(directory=FOLDER, revision="0002")
    flask_migrate.upgrade(directory=FOLDER)
    waits, open_ = (db.session.get_one(Project, number) for number in ids)
    assert [waits.status, open_.status] == ["reporting", "reporting"]
    assert [waits.report_due_on, open_.report_due_on] == [date(2026, 9, 1)] * 2
    report = db.session.scalars(sa.select(FinalReport)).one()
    assert (report.project_id, report.state, report.answers) == (waits.id, "returned", {"0": ""})


def test_the_first_start_migrates_and_the_second_finds_nothing_to_do(home):
    assert prepare.bring_up_to_date()
    assert not prepare.bring_up_to_date()


def test_every_step_has_a_number_a_name_and_a_reason():
    script = ScriptDirectory(FOLDER)
    steps = list(script.walk_revisions())[::-1]
    assert [step.revision for step in steps] == [f"{number:04}" for number in range(1, len(steps) + 1)]
    for step in steps:
        assert re.search(r"/\d{4}(_[a-z0-9]+){2,}\.py$", step.path), step.path
        assert step.doc and len(step.doc) > 20
