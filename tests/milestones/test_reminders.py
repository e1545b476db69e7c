"""The calendar reminds of what comes, each once, and never of what rests."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter, Preference, Wish
from incubator.milestones import jobs_reminders, operations_plan
from incubator.milestones.rules_reminders import coming, newest_day
from incubator.projects.models import Part, Participation

DAY = date(2026, 3, 1)
DAYS = [14, 3, 0]


@pytest.fixture
def project(make):
    return make.project("active", ends_on=date(2026, 12, 31))


def tick(day):
    clock.set(day)
    jobs_reminders.remind_of_milestones()
    jobs_reminders.remind_of_milestones()


def letters():
    db.session.rollback()
    return db.session.scalars(sa.select(Letter).where(Letter.key.startswith("due:")).order_by(Letter.id)).all()


def test_the_team_hears_fourteen_and_three_days_before_and_on_the_day(any_database, make, project):
    make.milestone(project, due_on=date(2026, 3, 20))
    told = []
    for number in range(1, 25):
        before = len(letters())
        tick(date(2026, 3, number))
        told += [number] * (len(letters()) - before)
    assert told == [6, 17, 20]
    assert {letter.person_id for letter in letters()} == {project.leads[0].id}


def test_members_hear_too_and_mentors_do_not(make):
    member = make.person()
    project = make.project("active", members=(member,))
    make.milestone(project, due_on=date(2026, 3, 20))
    tick(date(2026, 3, 6))
    assert {letter.person_id for letter in letters()} == {project.leads[0].id, member.id}


def test_a_lead_whose_account_has_ended_is_not_reminded_and_nobody_waits_for_it(make, project, monkeypatch):
    make.milestone(project, due_on=date(2026, 3, 20))
    with transaction():
        project.leads[0].is_active = False
    monkeypatch.setattr("incubator.letters.operations_remind.transaction", None)
    tick(date(2026, 3, 6))
    assert letters() == []


def test_all_that_comes_stands_in_one_letter(make, project):
    make.milestone(project, due_on=date(2026, 3, 20), title="Das Beet")
    make.milestone(project, due_on=date(2026, 3, 9), title="Die Bank")
    tick(date(2026, 3, 6))
    letter, = letters()
    assert letter.text.index("Die Bank") < letter.text.index("Das Beet")


@pytest.mark.parametrize("status", ["reported", "accepted", "cancelled"])
def test_what_is_done_is_not_reminded_of(make, project, status):
    make.milestone(project, status=status, due_on=date(2026, 3, 20))
    tick(date(2026, 3, 6))
    assert letters() == []


@pytest.mark.parametrize("status", ["suspended", "awarded", "mentoring", "reporting"])
def test_a_project_that_is_not_under_way_is_not_reminded(make, status):
    make.milestone(make.project(status), due_on=date(2026, 3, 20))
    tick(date(2026, 3, 6))
    assert letters() == []


def test_a_project_that_goes_on_is_not_reminded_of_the_days_it_rested(make, project):
    make.milestone(project, due_on=date(2026, 3, 20))
    with transaction():
        project.status_since = clock.now() + timedelta(days=8)
    tick(date(2026, 3, 10))
    assert letters() == []
    tick(date(2026, 3, 17))
    assert len(letters()) == 1


def test_nobody_is_late_while_a_project_rests(make, project):
    make.milestone(project, due_on=date(2026, 3, 2))
    make.person("coordinator")
    with transaction():
        project.status_since = clock.now() + timedelta(days=30)
    clock.set(date(2026, 4, 1))
    jobs_reminders.tell_of_lateness()
    late = db.session.scalars(sa.select(Letter.person_id).where(Letter.key.startswith("late:"))).all()
    assert late == [project.leads[0].id]


def test_a_new_day_brings_new_reminders(make, project):
    milestone = make.milestone(project, due_on=date(2026, 3, 20))
    tick(date(2026, 3, 6))
    with transaction():
        operations_plan.forecast(milestone, project.leads[0], forecast_on=date(2026, 4, 20))
    tick(date(2026, 3, 17))
    assert len(letters()) == 1
    tick(date(2026, 4, 6))
    assert len(letters()) == 2


def test_who_has_just_said_a_day_is_not_reminded_of_it_at_once(make, project):
    milestone = make.milestone(project, due_on=date(2026, 3, 20))
    clock.set(date(2026, 3, 5))
    with transaction():
        operations_plan.forecast(milestone, project.leads[0], forecast_on=date(2026, 3, 15))
    tick(date(2026, 3, 5))
    assert letters() == []


def test_who_has_just_come_is_not_reminded_of_days_before(make, project):
    make.milestone(project, due_on=date(2026, 3, 20))
    tick(date(2026, 3, 6))
    new = make.person()
    with transaction():
        db.session.add(Participation(project_id=project.id, person_id=new.id, kind=Part.MEMBER, since=date(2026, 3, 7)))
    tick(date(2026, 3, 8))
    assert [letter.person_id for letter in letters()] == [project.leads[0].id]


def test_a_tick_that_did_not_run_for_days_sends_one_letter(make, project):
    for day in (4, 9, 12, 15, 20):
        make.milestone(project, due_on=date(2026, 3, day))
    tick(date(2026, 3, 12))
    tick(date(2026, 3, 12))
    assert len(letters()) == 1


def test_who_wants_no_reminders_gets_none_and_keeps_nobody_waiting(make, project, queries):
    make.milestone(project, due_on=date(2026, 3, 20))
    with transaction():
        db.session.add(Preference(person_id=project.leads[0].id, topic="reminders", wish=Wish.NEVER))
    tick(date(2026, 3, 6))
    assert letters() == []
    with queries() as sent:
        jobs_reminders.remind_of_milestones()
    assert len(sent) <= 5, "a second round would mean that the writer's place was taken for nothing"


@pytest.mark.parametrize("number", [1, 4])
def test_many_projects_cost_as_many_questions_as_one(make, queries, number):
    for _each in range(number):
        make.milestone(make.project("active"), due_on=date(2026, 3, 30))
    db.session.expire_all()
    with queries(at_most=4):
        assert list(jobs_reminders._coming()) == []


moments = st.lists(st.integers(0, 60), max_size=25).map(sorted)


@given(moments, st.dictionaries(st.integers(1, 4), st.integers(0, 60), min_size=1))
def test_whenever_ticks_run_no_reminder_comes_twice_and_the_letters_are_few(ticks, due):
    """A letter's key holds the newest reminder's day: each day at most one, however the ticks fall."""
    expected = {number: DAY + timedelta(days=days) for number, days in due.items()}
    written = {}
    for days in ticks:
        today = DAY + timedelta(days=days)
        found = coming(expected, {}, DAYS, DAY, today)
        assert all(DAY < each.since <= today <= each.expected_on for each in found)
        written.setdefault(newest_day(found), today)
    written.pop(None, None)
    assert len(set(written.values())) == len(written), "two letters on one day"
    reminders = {on - timedelta(days=days) for on in expected.values() for days in DAYS}
    assert written.keys() <= reminders


@given(st.dictionaries(st.integers(1, 4), st.integers(0, 60), min_size=1))
def test_with_a_tick_each_day_every_reminder_comes_on_its_day(due):
    expected = {number: DAY + timedelta(days=days) for number, days in due.items()}
    told = set()
    for days in range(61):
        today = DAY + timedelta(days=days)
        found = coming(expected, {}, DAYS, DAY, today)
        if newest_day(found) == today:
            told |= {(each.milestone_id, today) for each in found if each.since == today}
    assert told == {
        (number, on - timedelta(days=days)) for number, on in expected.items() for days in DAYS
        if on - timedelta(days=days) > DAY
    }
