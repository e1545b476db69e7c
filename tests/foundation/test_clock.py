"""Days are the city's, moments are UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import UtcDateTime


def test_the_clock_stands_where_it_was_set():
    clock.set(date(2026, 7, 1))
    assert clock.now() == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_shortly_before_midnight_in_utc_the_city_is_a_day_ahead():
    clock.set(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 7, 1)


def test_a_shifted_clock_runs_on():
    clock.reset()
    clock.shift(timedelta(days=-100))
    assert clock.today() == clock.real_today() - timedelta(days=100)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), sa.create_engine("sqlite://").dialect)
