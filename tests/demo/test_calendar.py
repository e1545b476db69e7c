"""The demo city's days, and what happens to one that was left half-built."""

from datetime import date

import pytest

from incubator import prepare
from incubator.accounts.models import Person
from incubator.demo import building
from incubator.demo.calendar import Calendar
from incubator.foundation import clock
from incubator.foundation.database import db


def test_the_afternoon_comes_after_the_morning_whatever_was_written_down_first(app):
    calendar, lived = Calendar(), []
    calendar.on("2026-01-24", lambda: lived.append(("board", clock.now())), hour=15)
    calendar.on("2026-01-24", lambda: lived.append(("idea", clock.now())))
    calendar.live()
    assert [what for what, _ in lived] == ["idea", "board"]
    assert lived[0][1] < lived[1][1]
    assert {moment.astimezone(clock.CITY).date() for _, moment in lived} == {date(2026, 1, 24)}


def test_a_city_that_was_left_half_built_is_known_again(app, make, tmp_path):
    with pytest.raises(KeyboardInterrupt), building.at_once(tmp_path):
        raise KeyboardInterrupt
    assert prepare.is_half_built(app)


def test_a_city_that_stands_leaves_no_mark_and_keeps_its_people(app, make, tmp_path):
    with building.at_once(tmp_path):
        make.person("lead")
    assert not prepare.is_half_built(app)
    assert db.session.query(Person).count() == 1
