"""A mentor who notes no talk for long is asked, and a week later the coordination hears of it."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.mentoring import jobs_reminders, operations
from incubator.mentoring.models_agreement import TalkState
from incubator.mentoring.rules_reminders import told_about_silence
from tests.mentoring import rows

FIRST, LAST = date(2026, 3, 1), date(2026, 6, 30)


def tick(day):
    clock.set(day)
    jobs_reminders.remind_of_silence()
    jobs_reminders.remind_of_silence()


def told():
    db.session.rollback()
    return db.session.scalars(
        sa.select(Letter.person_id).where(Letter.key.startswith("silent:")).order_by(Letter.id)).all()


def test_the_mentor_is_asked_first_and_the_coordination_a_week_later(any_database, make):
    project, coordinator = make.project("active"), make.person("coordinator")
    days = []
    day = FIRST
    while day <= LAST:
        before = len(told())
        tick(day)
        days += [(day, person) for person in told()[before:]]
        day += timedelta(days=1 if day < date(2026, 4, 15) else 20)
    assert days == [(date(2026, 4, 1), project.mentors[0].id), (date(2026, 4, 8), coordinator.id)]


def test_a_talk_begins_the_count_anew(make):
    project = make.project("active")
    clock.set(date(2026, 3, 20))
    with transaction():
        operations.log_session(project, project.mentors[0], held_on=date(2026, 3, 20), minutes=30, mode="phone",
                               kind="accompaniment")
    tick(date(2026, 4, 10))
    assert told() == []
    tick(date(2026, 4, 20))
    assert told() == [project.mentors[0].id]


@pytest.mark.parametrize("status", ["submitted", "budget_approved", "awarded", "suspended", "completed", "withdrawn"])
def test_where_nothing_is_to_be_talked_about_nobody_is_asked(make, status):
    make.project(status, mentor=make.person("mentor"))
    tick(date(2026, 6, 1))
    assert told() == []


def test_a_project_that_goes_on_gives_its_mentor_time(make):
    project = make.project("active")
    with transaction():
        project.status_since = clock.now() + timedelta(days=60)
    tick(date(2026, 5, 10))
    assert told() == []


def test_the_round_says_how_long_is_too_long(make):
    project = make.project("active", round=make.round(mentor_silence_alert_days=10))
    tick(date(2026, 3, 11))
    assert told() == []
    tick(date(2026, 3, 12))
    assert told() == [project.mentors[0].id]


def test_a_mentor_who_is_also_the_coordinator_is_asked_once(make):
    both = make.person("mentor", "coordinator")
    make.project("active", mentor=both)
    tick(date(2026, 6, 1))
    assert told() == [both.id]


@given(st.integers(1, 366), st.integers(0, 500))
def test_the_coordination_never_hears_before_the_mentor(alert_days, passed):
    who = told_about_silence(FIRST, alert_days, FIRST + timedelta(days=passed))
    assert who in ((), ("mentor",), ("mentor", "coordinator"))
    assert bool(who) == (passed > alert_days)
    assert ("coordinator" in who) == (passed > alert_days + 7)


def test_a_planned_talk_is_no_silence_until_it_is_long_over(make):
    project = make.project("active")
    rows.talk(project, datetime(2026, 4, 10, 10, tzinfo=clock.CITY))
    tick(date(2026, 4, 20))
    assert told() == []
    tick(date(2026, 5, 11))
    assert told() == [project.mentors[0].id]


def test_a_cancelled_talk_does_not_count(make):
    project = make.project("active")
    rows.talk(project, datetime(2026, 4, 10, 10, tzinfo=clock.CITY), state=TalkState.CANCELLED)
    tick(date(2026, 4, 3))
    assert told() == [project.mentors[0].id]
