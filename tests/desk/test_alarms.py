"""The administration is told at its desk what ails the machine, and nobody else is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.desk import queries_house
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import on, record
from incubator.journal import operations as journal
from incubator.journal.listeners import by_action, by_name
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import Draft

SMTP_AWAY = "smtp://127.0.0.1:1"


def _write(number=3, **fields):
    with transaction():
        letters.write_many([
            Draft(f"alarm:{each}", f"p{each}@example.org", "de", "Betreff", "Text", **fields)
            for each in range(number)])
        db.session.execute(sa.update(Letter).where(Letter.headers.is_not(None)).values(headers=sa.null()))


def _alarms(app, redis_url=""):
    return {each.kind: each for each in queries_house.alarms(app.config["INSTANCE"], redis_url)}


def _later(**by):
    clock.set(clock.now() + timedelta(**by))


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    """Whatever room there is on the machine that tests: here is enough."""
    monkeypatch.setattr(queries_house, "LITTLE_ROOM", 0)


def test_where_all_is_well_nothing_is_said(any_database, make):
    _write()
    assert _alarms(any_database) == {}


def test_an_hour_without_a_mail_server_is_told_and_ends_by_itself(any_database, make, mailbox):
    good, any_database.config["SMTP_URL"] = mailbox.url, SMTP_AWAY
    _write()
    begun, tries = clock.now(), 0
    while clock.now() < begun + timedelta(hours=1):
        letters.post()
        tries += 1
        _later(minutes=1)
    alarm = _alarms(any_database)["letters"]
    assert (alarm.number, alarm.since, alarm.error) == (3, begun, "ConnectionRefusedError")
    tried = db.session.scalar(sa.select(sa.func.max(Letter.attempts)))
    assert 3 <= tried < tries / 5, "tried again and again, but ever more seldom"
    any_database.config["SMTP_URL"] = good
    _later(minutes=15)
    assert letters.post() == 3
    assert sorted(each["To"] for each in mailbox.letters) == [f"p{each}@example.org" for each in range(3)]
    assert _alarms(any_database) == {}


def test_a_mail_server_that_is_away_for_a_week_costs_no_letter(app, make, mailbox):
    good, app.config["SMTP_URL"] = mailbox.url, SMTP_AWAY
    _write(1)
    for _ in range(7 * 4):
        letters.post()
        _later(hours=6)
    assert db.session.scalar(sa.select(Letter.state)) is LetterState.WAITING
    app.config["SMTP_URL"] = good
    mailbox.refuse = True
    letters.post()
    assert db.session.scalar(sa.select(Letter.state)) is LetterState.WAITING, "now refused for the first time"
    mailbox.refuse = False
    _later(hours=7)
    assert letters.post() == 1


def test_letters_that_were_given_up_are_told_for_a_week(app, make, mailbox):
    mailbox.refuse = True
    _write(2)
    for _ in range(letters.GIVE_UP_AFTER):
        letters.post()
        _later(hours=7)
    assert _alarms(app)["given_up"].number == 2
    _later(days=8)
    assert _alarms(app) == {}


def test_work_that_nobody_does_is_told(any_database, make):
    person = make.person()

    @on("test.waits")
    def wait(entry):
        """Do nothing: what matters is that somebody would."""

    try:
        with transaction():
            record("test.waits", None, person)
        assert _alarms(any_database) == {}
        _later(minutes=20)
        assert _alarms(any_database)["work"].number == 1
        journal.deliver()
        assert _alarms(any_database) == {}
    finally:
        del by_name[by_action.pop("test.waits")[0]]


def test_a_dead_redis_and_a_full_disk_are_told(app, monkeypatch):
    monkeypatch.setattr(queries_house, "LITTLE_ROOM", 10**12)
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    assert set(_alarms(app, app.config["REDIS_URL"])) == {"redis", "room"}


@pytest.mark.parametrize(("role", "expected"), [("administrator", True), ("coordinator", False), ("lead", False)])
def test_only_the_administration_reads_it(app, make, visit, role, expected):
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    page = visit(make.person(role)).get("/en/desk/").text
    assert ("Redis does not answer" in page) is expected


def test_every_alarm_has_its_sentence(app, make, visit, monkeypatch):
    alarms = tuple(queries_house.Alarm(kind, 2, clock.now(), "TimeoutError")
                   for kind in ("letters", "given_up", "work", "redis", "room"))
    monkeypatch.setattr(queries_house, "alarms", lambda *_given: alarms)
    page = visit(make.person("administrator")).get("/en/desk/").soup
    assert all(each.get_text(strip=True) for each in page.select("[aria-labelledby=alarms-title] .notice"))
    assert len(page.select("[aria-labelledby=alarms-title] .notice")) == 5
