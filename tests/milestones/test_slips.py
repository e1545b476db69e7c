"""What a slip does to those that wait, and what counts as progress."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incubator.milestones import rules
from incubator.milestones.rules import Waiting

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def plans(draw, circles=False):
    """Any plan: each milestone waits for one before it, or for any at all where circles are wanted."""
    made = []
    size = draw(st.integers(1, 12))
    for number in range(1, size + 1):
        before = st.integers(1, size if circles else number - 1) if circles or number > 1 else st.nothing()
        made.append(Waiting(number, draw(st.none() | before), draw(DAYS), draw(st.booleans())))
    return made


def waiting_for(plan, moved_id):
    """All open ones that wait for it, through open ones."""
    found, queue = set(), [moved_id]
    while queue:
        needed = queue.pop()
        for each in plan:
            if each.needs_id == needed and each.is_open and each.id not in found | {moved_id}:
                found.add(each.id)
                queue.append(each.id)
    return found


@given(plans(), st.data())
def test_a_slip_moves_exactly_those_that_wait_by_at_least_as_many_days(plan, data):
    moved = data.draw(st.sampled_from(plan))
    days = data.draw(st.integers(1, 200))
    new = rules.slipped(plan, moved.id, moved.forecast_on + timedelta(days=days))
    old = {each.id: each for each in plan}
    assert set(new) == {moved.id} | waiting_for(plan, moved.id)
    for number, on in new.items():
        assert on >= old[number].forecast_on + timedelta(days=days)


@given(plans(), st.data())
def test_after_a_slip_nobody_who_moved_stands_before_what_they_wait_for(plan, data):
    moved = data.draw(st.sampled_from(plan))
    new = rules.slipped(plan, moved.id, moved.forecast_on + timedelta(days=data.draw(st.integers(1, 200))))
    needs = {each.id: each.needs_id for each in plan}
    assert all(on >= new[needs[number]] for number, on in new.items() if number != moved.id)


@given(plans(), st.data())
def test_what_is_reached_or_cancelled_never_moves(plan, data):
    moved = data.draw(st.sampled_from(plan))
    new = rules.slipped(plan, moved.id, data.draw(DAYS))
    assert all(each.is_open for each in plan if each.id in new and each.id != moved.id)


@given(plans(), st.data())
def test_an_earlier_day_moves_nobody_else(plan, data):
    moved = data.draw(st.sampled_from(plan))
    earlier = moved.forecast_on - timedelta(days=data.draw(st.integers(0, 100)))
    assert rules.slipped(plan, moved.id, earlier) == {moved.id: earlier}


@given(plans(), st.data())
def test_a_longer_slip_never_means_an_earlier_day(plan, data):
    moved = data.draw(st.sampled_from(plan))
    short, more = data.draw(st.integers(0, 100)), data.draw(st.integers(0, 100))
    less = rules.slipped(plan, moved.id, moved.forecast_on + timedelta(days=short))
    longer = rules.slipped(plan, moved.id, moved.forecast_on + timedelta(days=short + more))
    assert all(longer[number] >= on for number, on in less.items())


@given(plans(circles=True), st.data())
def test_even_a_circle_comes_to_an_end(plan, data):
    moved = data.draw(st.sampled_from(plan))
    assert rules.slipped(plan, moved.id, date(2027, 6, 1))[moved.id] == date(2027, 6, 1)
    assert rules.is_circle(moved.id, moved.needs_id, {each.id: each.needs_id for each in plan}) in (True, False)


def test_a_circle_is_found():
    needs = {1: None, 2: 1, 3: 2}
    assert rules.is_circle(1, 3, needs)
    assert rules.is_circle(1, 1, needs)
    assert not rules.is_circle(3, 1, needs)


def test_lateness_is_told_in_three_steps():
    told = [rules.told_about_lateness(days) for days in (0, 1, 6, 7, 13, 14)]
    assert told == [
        (), ("lead",), ("lead",), ("lead", "mentor"), ("lead", "mentor"), ("lead", "mentor", "coordinator"),
    ]
