"""Rule R8 in numbers: 20.00 % is noted, 20.01 % is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets.models_change import ChangeKind
from incubator.budgets.rules_change import (
    Shift,
    changed_hundredths,
    demand_shift,
    keeps_total,
    may_ask,
    may_decide,
    needs_consent,
)
from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status

CENTS = st.integers(0, 10_000_000)
SHIFTS = st.builds(Shift, st.just(1), CENTS, CENTS, CENTS)


def test_twenty_percent_is_noted_and_a_hundredth_of_a_percent_more_is_asked_for():
    assert not Shift(1, 1_000_00, 1_000_00, 1_200_00).exceeds(20)
    assert Shift(1, 1_000_00, 1_000_00, 1_200_10).exceeds(20)
    assert Shift(1, 1_000_00, 1_000_00, 1_200_01).exceeds(20)


@given(st.integers(1, 10_000_000), CENTS)
def test_a_line_planned_at_zero_always_needs_consent(wanted, now):
    assert Shift(1, 0, now, wanted).exceeds(100)


@given(CENTS, st.integers(0, 100))
def test_what_stays_or_shrinks_never_needs_consent(decided, limit):
    for wanted in (decided, decided // 2, 0):
        assert not Shift(1, decided, decided, wanted).exceeds(limit)


@given(SHIFTS, st.integers(0, 100))
def test_the_room_of_a_line_is_the_last_amount_within_the_limit(shift, limit):
    room = shift.room(limit)
    assert not Shift(1, shift.decided, shift.now, room).exceeds(limit)
    assert Shift(1, shift.decided, shift.now, room + 1).exceeds(limit)


@given(st.integers(1, 1_000_000), st.lists(st.integers(0, 2_000_000), min_size=1, max_size=8))
def test_many_small_shifts_count_from_the_decided_amount(decided, path):
    """Whatever came between, only the decided and the wanted amount matter."""
    now = decided
    for wanted in path:
        assert Shift(1, decided, now, wanted).exceeds(20) == ((wanted - decided) * 100 > decided * 20)
        now = wanted


@given(SHIFTS, st.integers(0, 100), st.integers(0, 100))
def test_the_warning_comes_no_later_than_the_wall(shift, first, second):
    warning, limit = sorted((first, second))
    if shift.exceeds(limit):
        assert shift.warns(warning)


@given(st.lists(SHIFTS, max_size=6), st.integers(0, 100))
def test_one_line_beyond_the_limit_is_enough(shifts, limit):
    assert needs_consent(shifts, limit) == any(shift.exceeds(limit) for shift in shifts)


@given(st.lists(st.tuples(CENTS, CENTS), min_size=2, max_size=6))
def test_a_shift_keeps_the_total_or_is_refused(amounts):
    shifts = [Shift(number, now, now, wanted) for number, (now, wanted) in enumerate(amounts, 1)]
    changed = any(now != wanted for now, wanted in amounts)
    if keeps_total(shifts) and changed:
        demand_shift(shifts, [(shift.line_id, shift.wanted) for shift in shifts])
    else:
        with pytest.raises(RuleBroken):
            demand_shift(shifts, [(shift.line_id, shift.wanted) for shift in shifts])


@given(CENTS, CENTS)
def test_a_change_in_percent_is_exact_to_the_hundredth_and_towards_zero(old, new):
    found = changed_hundredths(old, new)
    if old == 0:
        assert found is None
    else:
        assert abs(found) * old <= abs(new - old) * 10_000 < (abs(found) + 1) * old


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_what_can_be_asked_can_be_answered(kind):
    assert all(may_decide(kind, status) for status in Status if may_ask(kind, status))


def test_an_early_start_is_asked_before_the_award_and_everything_else_after_it():
    assert may_ask(ChangeKind.EARLY_START, Status.WAITLISTED)
    assert not may_ask(ChangeKind.EARLY_START, Status.AWARDED)
    assert may_ask(ChangeKind.SHIFT, Status.AWARDED)
    assert not may_ask(ChangeKind.SHIFT, Status.REPORTING)
    assert may_decide(ChangeKind.PERIOD, Status.REPORTING)
