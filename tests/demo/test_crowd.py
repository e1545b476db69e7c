"""The crowd beside the story: as many made-up projects as one asks for, the same each time, and the journal holds."""

import click
import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.demo import crowd
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Entry
from incubator.milestones.models import Milestone
from incubator.organisations.models import Organisation
from incubator.programme import operations as programme
from incubator.programme.models import Round
from incubator.progress import jobs as search
from incubator.projects.models import Project

NUMBER, ENTRIES = 24, 480


@pytest.fixture
def town(any_database):
    with transaction():
        programme.set_up()
    search.rebuild()
    return any_database


def _rows():
    columns = (Project.slug, Project.title, Project.status, Project.round_id, Project.theme_id, Project.district_id)
    return db.session.execute(sa.select(*columns).order_by(Project.slug)).all()


def test_so_many_move_in_with_eight_milestones_each_and_the_journal_holds(town, visit):
    before = journal.queries.position()
    assert list(crowd.move_in(NUMBER, ENTRIES)) == [NUMBER]
    assert db.session.scalar(sa.select(sa.func.count(Project.id))) == NUMBER
    assert db.session.scalar(sa.select(sa.func.count(Milestone.id))) == 8 * NUMBER
    assert journal.queries.position() - before == ENTRIES
    assert journal.verify().holds
    with transaction():  # ids go on behind those that were given
        journal.record("theme.changed", None, db.session.scalars(sa.select(Round)).first())
    assert journal.verify().holds


def test_their_pages_open_and_they_are_found(town, visit):
    list(crowd.move_in(NUMBER, ENTRIES))
    slug = db.session.scalar(sa.select(Project.slug).where(Project.status == "completed").limit(1))
    for page in ("", "/money", "/history", "/feed.atom"):
        assert visit().get(f"/de/projects/{slug}{page}").status == 200, page
    assert "Lastenkahn" in visit().get("/de/projects/?q=lastenkahn").text
    assert "Made up for the demo" in visit().get("/en/projects/").text


def test_everything_says_that_it_is_made_up(town):
    list(crowd.move_in(NUMBER, ENTRIES))
    assert all(db.session.scalars(sa.select(Round.is_fictional)))
    assert all(db.session.scalars(sa.select(Organisation.is_fictional)))
    assert {each.rpartition("@")[2] for each in db.session.scalars(sa.select(Person.mail))} == {"crowd.example.org"}
    assert all("Erfunden für die Demo." in each for each in db.session.scalars(sa.select(Project.summary)))


def test_the_same_seed_gives_the_same_crowd_and_another_one_another(app):
    with transaction():
        programme.set_up()
    found = []
    for seed in (1, 1, 2):
        list(crowd.move_in(NUMBER, ENTRIES, seed))
        hashes = db.session.scalars(sa.select(Entry.content).where(Entry.project_id.is_not(None))).all()
        found.append((_rows(), hashes))
        db.session.remove()
        db.drop_all()
        db.create_all()
        with transaction():
            programme.set_up()
    assert found[0][0] == found[1][0] != found[2][0]
    assert found[0][1] == found[1][1]


def test_nobody_is_told(town, monkeypatch):
    monkeypatch.setattr("incubator.foundation.queue.wake", lambda *job: pytest.fail("somebody was woken"))
    list(crowd.move_in(3))
    assert journal.deliver() == 0


@pytest.mark.parametrize("command", [["load", "--projects", "5"], ["reset", "--yes", "--projects", "5"]])
def test_it_moves_into_no_city_where_somebody_lives(app, make, command):
    make.project()
    answer = app.test_cli_runner().invoke(args=["demo", *command])
    assert isinstance(answer.exception, SystemExit | click.ClickException)
    assert "This is not a demo" in answer.output
    assert db.session.scalar(sa.select(sa.func.count(Project.id))) == 1
