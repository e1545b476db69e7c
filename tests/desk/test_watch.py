"""The worker says that it lives, walks the journal once a night, and looks at the certificate."""

from datetime import datetime, timedelta

import pytest

from incubator.desk import jobs
from incubator.foundation import clock, sightings
from incubator.foundation.certificate import Certificate
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.projects import queries as projects


@pytest.fixture(autouse=True)
def _anew():
    jobs.begin_anew()
    yield
    jobs.begin_anew()


def _seen(kind):
    return sightings.seen(kind).get(kind)


def _later(**by):
    clock.set(clock.now() + timedelta(**by))


def test_the_worker_is_seen_again_and_again(app):
    jobs.say_alive()
    first = _seen("worker").at
    _later(seconds=5)
    jobs.say_alive()
    assert _seen("worker").at == first, "not at every tick: nobody needs to know it by the second"
    _later(seconds=11)
    jobs.say_alive()
    assert _seen("worker").age == 0


def test_the_journal_is_walked_once_and_then_every_night_after_three(any_database, make):
    with transaction():
        record("test.happened", None, make.person())
    clock.set(datetime(2026, 3, 2, 12, tzinfo=clock.CITY))
    jobs.walk_journal()
    assert (_seen("journal").facts, _seen("journal").at) == ({"entries": 1, "wrong": 0}, clock.now())
    walked = clock.now()
    clock.set(datetime(2026, 3, 3, 2, 59, tzinfo=clock.CITY))
    jobs.walk_journal()
    assert _seen("journal").at == walked
    _later(minutes=11)
    jobs.walk_journal()
    assert _seen("journal").at == clock.now()


def test_what_does_not_fit_is_counted(any_database, make, monkeypatch):
    monkeypatch.setattr(projects, "altered_reasons", lambda: iter([(1, 1), (2, 1)]))
    jobs.walk_journal()
    assert _seen("journal").facts["wrong"] == 2


def test_a_walk_that_fails_is_not_begun_again_at_once(app, monkeypatch):
    calls = []

    def fail(secret):
        calls.append(secret)
        raise RuntimeError

    monkeypatch.setattr(jobs.journal, "verify", fail)
    for _ in range(3):
        if not calls:
            with pytest.raises(RuntimeError):
                jobs.walk_journal()
        else:
            jobs.walk_journal()
    assert len(calls) == 1


def test_the_certificate_is_looked_at_four_times_a_day(app, monkeypatch):
    asked, until = [], clock.now() + timedelta(days=30)

    def look(address):
        asked.append(address)
        return Certificate(until)

    monkeypatch.setattr(jobs, "certificate_of", look)
    for _ in range(24):
        jobs.look_at_certificate()
        _later(hours=1)
    assert len(asked) == 4
    assert _seen("certificate").facts == {"until": until.isoformat(), "refused": ""}


def test_the_demo_city_has_no_certificate(app, monkeypatch):
    app.config["DEMO"] = True
    monkeypatch.setattr(jobs, "certificate_of", lambda address: 1 / 0)
    jobs.look_at_certificate()


def test_commands_note_what_they_did(app, tmp_path):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["journal", "verify"]).exit_code == 0
    assert _seen("journal").facts == {"entries": 0, "wrong": 0}
    assert runner.invoke(args=["backup", str(tmp_path / "saved.tar.gz")]).exit_code == 0
    assert _seen("backup").facts["bytes"] > 0
    db.session.rollback()
