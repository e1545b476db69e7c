"""Strangers read public pages from a copy of the database, where there is one; everything else never touches it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from incubator import health
from incubator.foundation import replica
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.projects.models import Project
from tests.many.copies import copied

HERE, THERE = "Der Garten der Erste", "Der Garten im Abbild"


@pytest.fixture
def project(any_database, make):
    return make.project(status="active", title=HERE, slug="garten")


@pytest.fixture
def both(any_database, project, request, tmp_path, monkeypatch):
    monkeypatch.setattr(replica, "LOOK", 0.0)
    with copied(request, any_database, tmp_path) as found:
        found.catch_up()
        found.say("project", "title", THERE)
        yield found


def stamp(step=None):
    with transaction():
        db.session.execute(sa.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        db.session.execute(sa.text("DELETE FROM alembic_version"))
        db.session.execute(sa.text("INSERT INTO alembic_version VALUES (:step)"), {"step": step or health.head()})


@pytest.fixture
def stamped(any_database):
    stamp()
    yield
    with transaction():
        db.session.execute(sa.text("DROP TABLE alembic_version"))


def test_strangers_read_the_copy_and_people_with_a_session_the_first(both, project):
    assert THERE in both.stranger().get("/de/projects/garten").text
    known = both.stranger(project.leads[0]).get("/de/projects/garten").text
    assert HERE in known and THERE not in known


def test_whoever_was_given_a_session_reads_the_first(both):
    visitor = both.stranger()
    with both.app.app_context(), visitor.client.session_transaction() as session:
        session["anything"] = 1
    assert HERE in visitor.get("/de/projects/garten").text


def test_what_is_written_is_written_into_the_first(both):
    answer = both.stranger().fill("/en/accessibility/report", **{"text": "Der Knopf ist zu klein.", "address": ""})
    assert answer.status in (303, 422)
    with both.engine.connect() as copy:
        for table in db.metadata.sorted_tables:
            if table.name.startswith("barrier"):
                assert copy.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_a_transaction_in_the_middle_of_a_page_goes_to_the_first(both, project):
    with both.app.app_context():
        db.session.info[replica.READS_FROM] = both.engine
        assert db.session.scalar(sa.select(Project.title)) == THERE
        with transaction():
            assert db.session.scalar(sa.select(Project.title)) == HERE
        assert db.session.scalar(sa.select(Project.title)) == HERE


def test_when_the_copy_is_away_the_first_serves_and_the_copy_comes_back(both, monkeypatch):
    copy = both.app.extensions["replica"]
    assert THERE in both.stranger().get("/de/projects/garten").text
    there, copy.engine = copy.engine, sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert HERE in both.stranger().get("/de/projects/garten").text
    copy.engine = there
    assert HERE in both.stranger().get("/de/projects/garten").text, "it is left alone for a while"
    monkeypatch.setattr(replica, "REST", 0.0)
    copy.rest()
    assert THERE in both.stranger().get("/de/projects/garten").text


def test_a_copy_that_is_too_late_is_not_read(both, project, monkeypatch):
    monkeypatch.setattr(replica, "MOST_BEHIND", -1.0)
    both.app.extensions["replica"].look()
    assert HERE in both.stranger().get("/de/projects/garten").text


@pytest.mark.usefixtures("stamped")
def test_readiness_tells_how_far_behind_it_is(both, project):
    ready = both.stranger().get("/readyz").response.json
    assert ready["replica"] == {"answers": True, "behind": 0, "seconds": 0.0, "serves": True}
    with transaction():
        record("project.moved", project.leads[0], project, action="start")
    assert both.stranger().get("/readyz").response.json["replica"]["behind"] == 1
    copy = both.app.extensions["replica"]
    copy.engine = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    answer = both.stranger().get("/readyz")
    assert answer.status == 200, "without the copy the first serves"
    assert answer.response.json["replica"] == {"answers": False, "behind": None, "seconds": 0.0, "serves": False}


@pytest.mark.usefixtures("stamped")
def test_kept_pages_follow_the_database_they_were_read_from(both):
    """The page cache watches the copy while strangers read there, and forgets all when it changes sides."""
    state = both.app.extensions["page_cache"].state
    before = state.read().rows
    assert before.startswith("copy ") and state.read().rows == before
    both.say("project", "title", "Noch einmal anders")
    after = state.read().rows
    assert after != before and after.startswith("copy ")
    both.app.extensions["replica"].rest()
    assert state.read().rows.startswith("first ")


@pytest.mark.usefixtures("stamped")
def test_a_page_is_not_kept_under_the_state_of_the_other_database(both, project, monkeypatch):
    """The copy came back, or went, between the look at its state and the drawing."""
    cache = both.app.extensions["page_cache"]
    stamp = replace(cache.state.read(), rows="first 1")
    monkeypatch.setattr(cache, "stamp", lambda *moment: stamp)
    assert both.app.test_client().get(f"/de/projects/{project.slug}").status_code == 200
    assert not cache.pages


@pytest.mark.usefixtures("stamped")
def test_readiness_looks_at_database_and_steps_and_forgives_redis(any_database, visit, tmp_path):
    answer = visit().get("/readyz")
    assert (answer.status, answer.response.json) == (
        200, {"database": True, "migrations": True, "queue": True, "stopping": False})
    any_database.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    answer = visit().get("/readyz")
    assert (answer.status, answer.response.json["queue"]) == (200, False)
    stamp("0001")
    answer = visit().get("/readyz")
    assert (answer.status, answer.response.json["migrations"]) == (503, False)
    stamp("9999")
    assert visit().get("/readyz").status == 200, "the next version has brought it up to date while we still serve"
    (tmp_path / "stopping").touch()
    any_database.config["STOPPING_FILE"] = str(tmp_path / "stopping")
    answer = visit().get("/readyz")
    assert (answer.status, answer.response.json["stopping"]) == (503, True)


def test_a_database_without_steps_is_not_ready(any_database, visit):
    answer = visit().get("/readyz")
    assert (answer.status, answer.response.json["database"], answer.response.json["migrations"]) == (503, True, False)


def test_health_asks_nobody(any_database, visit, queries, monkeypatch):
    any_database.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    monkeypatch.setattr("incubator.foundation.queue.connection", lambda **_: pytest.fail("Redis was asked"))
    with queries(at_most=0):
        assert visit().get("/healthz").response.json == {"status": "alive"}
