"""The letter of the day: what somebody hears once a day, named together, once."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.accounts import jobs_letters
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import operations, rules
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations_digest import tell_day
from incubator.letters.queries import waiting_for_digest
from incubator.letters.topics import Topic
from tests.house.sources import ROOT
from tests.letters.readers import letters_to, tell, wish

EVENING = date(2026, 3, 1)
MORNING = datetime.combine(date(2026, 3, 2), rules.DIGEST_HOUR, clock.CITY)


@pytest.fixture
def reader(make):
    """Somebody who hears of steps once a day."""
    person = make.person(name="Amal Haddad", language="en")
    wish(person, Topic.STEPS, "digest")
    return person


def digests(person):
    return [letter for letter in letters_to(person) if letter.key.startswith("digest:")]


def test_before_seven_nothing_comes_and_at_seven_one_letter(any_database, make, reader):
    tell(reader, make.project("active"))
    clock.set(MORNING - timedelta(seconds=1))
    jobs_letters.tell_days()
    assert digests(reader) == []
    clock.set(MORNING)
    jobs_letters.tell_days()
    jobs_letters.tell_days()
    assert len(digests(reader)) == 1
    assert [each.state for each in letters_to(reader)] == [LetterState.TOLD, LetterState.WAITING]


def test_what_goes_wrong_for_one_keeps_nobody_else_waiting(app, make, reader, monkeypatch):
    other = make.person(language="en")
    wish(other, Topic.STEPS, "digest")
    for person in (reader, other):
        tell(person, make.project("active"))

    def fail_for_first(person, end):
        if person.id == reader.id:
            raise ValueError("a broken letter")
        tell_day(person, end)

    monkeypatch.setattr(jobs_letters, "tell_day", fail_for_first)
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert (len(digests(reader)), len(digests(other))) == (0, 1)
    monkeypatch.undo()
    jobs_letters.tell_days()
    assert len(digests(reader)) == 1


def test_it_names_each_letter_with_its_link_under_its_project(any_database, make, reader, mailbox):
    first, second = make.project("active", title="Garten"), make.project("active", title="Küche")
    for number, project in enumerate([first, second, first]):
        tell(reader, project, number)
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert operations.post() == 1
    letter = mailbox.letters[0]
    assert letter["Subject"] == "Your letter of the day: 3 messages"
    lines = [line.strip("\u2068\u2069 –") for line in letter.get_body(("plain",)).get_content().splitlines()]
    assert [line for line in lines if line in ("Garten", "Küche")] == ["Garten", "Küche"]
    assert lines.count("The project goes on: Garten") == 2
    assert lines.index("Küche") < lines.index("The project goes on: Küche")
    assert lines.count(f"http://localhost/en/desk/projects/{first.id}") == 2
    assert lines[-1] == "http://localhost/en/desk/me/letters"


def test_a_day_without_news_makes_no_letter(app, reader):
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert letters_to(reader) == []


def test_what_is_written_after_seven_waits_for_the_next_day(app, make, reader):
    project = make.project("active")
    tell(reader, project, 1)
    clock.set(MORNING)
    jobs_letters.tell_days()
    tell(reader, project, 2)
    jobs_letters.tell_days()
    clock.set(MORNING + timedelta(hours=20))
    jobs_letters.tell_days()
    assert len(digests(reader)) == 1
    clock.set(MORNING + timedelta(days=1))
    jobs_letters.tell_days()
    assert len(digests(reader)) == 2


def test_what_came_too_late_for_a_letter_that_was_written_is_not_lost(app, make, reader):
    project = make.project("active")
    tell(reader, project, 1)
    clock.set(MORNING)
    jobs_letters.tell_days()
    late = tell(reader, project, 2)
    with transaction():
        late.due_at = MORNING - timedelta(seconds=1)  # its transaction began before seven
        tell_day(reader, MORNING)
    assert letters_to(reader)[-1].state is LetterState.GATHERED
    clock.set(MORNING + timedelta(days=1))
    jobs_letters.tell_days()
    assert not letters_to(reader, state=LetterState.GATHERED)


def test_a_worker_that_was_off_for_days_tells_all_in_one_letter(app, make, reader):
    project = make.project("active")
    for number in range(3):
        clock.set(EVENING + timedelta(days=number))
        tell(reader, project, number)
    clock.set(EVENING + timedelta(days=9))
    jobs_letters.tell_days()
    letter, = digests(reader)
    assert letter.text.count("The project goes on") == 3


def test_who_left_is_told_nothing(app, make, reader):
    tell(reader, make.project("active"))
    with transaction():
        reader.is_active = False
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert [(each.state, each.text) for each in letters_to(reader)] == [(LetterState.FAILED, "")]


def test_who_changes_to_at_once_still_hears_what_was_gathered(app, make, reader):
    tell(reader, make.project("active"))
    wish(reader, Topic.STEPS, "now")
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert len(digests(reader)) == 1


def test_who_changes_to_never_is_not_told_what_was_gathered(any_database, make, reader):
    tell(reader, make.project("active"))
    wish(reader, Topic.STEPS, "never")
    clock.set(MORNING)
    jobs_letters.tell_days()
    assert digests(reader) == []
    assert [(each.state, each.text) for each in letters_to(reader)] == [(LetterState.FAILED, "")]


def test_nothing_is_told_without_its_letter(app, make, reader, monkeypatch):
    tell(reader, make.project("active"))
    clock.set(MORNING)
    with monkeypatch.context() as patch:
        patch.setattr("incubator.letters.operations_digest.write", lambda *_, **__: 1 / 0)
        jobs_letters.tell_days()
    assert [each.state for each in letters_to(reader)] == [LetterState.GATHERED]


def test_waiting_people_are_found_with_few_questions(app, make, queries):
    people = [make.person() for _ in range(5)]
    project = make.project("active")
    for person in people:
        wish(person, Topic.STEPS, "digest")
        tell(person, project)
    db.session.rollback()
    with queries(at_most=2):
        waiting = waiting_for_digest(MORNING)
    assert waiting == [person.id for person in people]


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_day_ends_at_the_last_seven_o_clock(minutes):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = rules.digest_end(now)
    assert (end.hour, end.minute) == (7, 0)
    assert timedelta() <= now - end <= timedelta(hours=25)


@pytest.mark.long
def test_each_hears_once_though_the_worker_is_killed_while_it_tells(any_database, make):
    project = make.project("active")
    people = [make.person() for _ in range(12)]
    for person in people:
        wish(person, Topic.STEPS, "digest")
        tell(person, project)
    once = {person.id: 1 for person in people}
    address, instance = (any_database.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "INSTANCE"))
    db.session.remove()
    subprocess.run([sys.executable, "-m", "tests.letters.killed", address, str(instance)], cwd=ROOT, check=True,
                   timeout=200)
    clock.set(MORNING)
    jobs_letters.tell_days()
    told = Counter(db.session.scalars(sa.select(Letter.person_id).where(Letter.key.like("digest:%"))))
    assert told == once
    assert set(db.session.scalars(sa.select(Letter.state).where(Letter.topic == "steps"))) == {LetterState.TOLD}
