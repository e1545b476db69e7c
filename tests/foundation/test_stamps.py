"""The stamp of a form that anybody can send."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import stamps

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(st.integers(0, 24 * 3600))
def test_a_stamp_of_ours_holds_for_a_day(seconds):
    given_at = NOW - timedelta(seconds=seconds)
    assert stamps.age(stamps.stamp("secret", given_at), "secret", NOW) == timedelta(seconds=seconds)


@given(st.text(max_size=80))
def test_no_stamp_can_be_made_up(text):
    assert stamps.age(text, "secret", NOW) is None


@pytest.mark.parametrize("moved", [timedelta(hours=25), timedelta(hours=-1)])
def test_a_stamp_of_another_time_or_secret_does_not_hold(moved):
    made = stamps.stamp("secret", NOW - moved)
    assert stamps.age(made, "secret", NOW) is None
    assert stamps.age(stamps.stamp("other", NOW), "secret", NOW) is None
