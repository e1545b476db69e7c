"""Days and moments over ten years of changes between summer and winter time, and clocks that are set back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue.rules_signup import end_of
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.journal.models import Delivery, Entry
from incubator.letters.rules import digest_end

YEARS = range(2026, 2037)


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


CHANGES = [(last_sunday(year, month), hours) for year in YEARS for month, hours in ((3, 23), (10, 25))]


@pytest.mark.parametrize(("day", "hours"), CHANGES, ids=str)
def test_a_day_of_the_city_has_23_or_25_hours_when_the_time_changes(day, hours):
    begins, ends = (datetime.combine(each, time(), clock.CITY) for each in (day, day + timedelta(days=1)))
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "_hours"), CHANGES, ids=str)
def test_the_end_of_a_day_is_in_it_and_a_minute_later_is_the_next(day, _hours):
    """Whoever has until a day has it whole, in the city's own time: not until midnight in UTC."""
    for due in (day - timedelta(days=1), day, day + timedelta(days=1)):
        last = end_of(due)
        clock.set(last.astimezone(UTC))
        assert clock.today() == due
        clock.set(last.astimezone(UTC) + timedelta(minutes=1))
        assert clock.today() == due + timedelta(days=1)


@pytest.mark.parametrize(("day", "hours"), CHANGES, ids=str)
def test_every_hour_around_a_change_belongs_to_one_day_and_days_only_go_on(day, hours):
    moment, seen = datetime.combine(day - timedelta(days=1), time(), clock.CITY).astimezone(UTC), []
    for _hour in range(24 + hours + 24):
        clock.set(moment)
        seen.append(clock.today())
        moment += timedelta(hours=1)
    lengths = [seen.count(day + timedelta(days=each)) for each in (-1, 0, 1)]
    assert seen == sorted(seen) and lengths == [24, hours, 24]


@pytest.mark.parametrize(("day", "_hours"), CHANGES, ids=str)
def test_the_letter_of_the_day_is_at_seven_on_each_day_and_never_twice(day, _hours):
    moment, ends = datetime.combine(day - timedelta(days=1), time(), clock.CITY).astimezone(UTC), []
    for _half in range(144):
        ends.append(digest_end(moment))
        moment += timedelta(minutes=30)
    assert all(each.time() == time(7) for each in ends) and ends == sorted(ends)
    assert len({each.date() for each in ends}) == 4


def test_the_hour_that_does_not_exist_is_the_one_after_it():
    gone = datetime(2027, 3, 28, 2, 30, tzinfo=clock.CITY)
    assert gone.astimezone(UTC).astimezone(clock.CITY).hour == 3


@pytest.fixture
def three_entries(any_database, make):
    """The second was written while the clock was a day ahead, the third after it was set right."""
    round = make.round()
    for shift in (0, 1, -1):
        clock.set(clock.now() + timedelta(days=shift))
        with transaction():
            record("round.changed", None, round, shift=shift)
    return any_database


def test_the_order_of_the_journal_is_its_numbers_not_the_clocks(three_entries):
    rows = db.session.execute(sa.select(Entry.id, Entry.at).order_by(Entry.id)).all()
    assert [row.id for row in rows] == [1, 2, 3] and rows[1].at > rows[2].at
    assert journal.verify().holds


def test_what_a_clock_ahead_has_put_off_is_done_once_its_time_comes(three_entries):
    """Nothing is lost and nothing is done twice."""
    journal.deliver()
    clock.set(clock.now() + timedelta(days=2))
    journal.deliver()
    done = db.session.execute(sa.select(Delivery.entry_id, Delivery.attempts, Delivery.done_at)).all()
    assert all(row.done_at is not None and row.attempts == 1 for row in done)
