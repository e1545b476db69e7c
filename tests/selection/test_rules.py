"""Ranking, money line and waiting list: what holds for every panel that could ever be."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.selection.rules import (
    Entrant,
    Reach,
    Waiting,
    in_milli,
    in_order,
    inside_cents,
    money_line,
    next_up,
    ranking,
)

CRITERIA = (1, 2, 3)
DAY = date(2026, 3, 1)
points = st.fixed_dictionaries({number: st.integers(0, 5) for number in CRITERIA})
weights = st.fixed_dictionaries({number: st.integers(1, 100) for number in CRITERIA})
days = st.one_of(st.none(), st.integers(0, 3).map(lambda number: DAY + timedelta(days=number)))


@st.composite
def panels(draw):
    number = draw(st.integers(1, 6))
    return [Entrant(each, tuple(draw(st.lists(points, max_size=3))), draw(days)) for each in range(1, number + 1)]


def places(entrants, weight, lots=()):
    return {each.id: each.place for each in ranking(entrants, weight, lots)}


@given(panels(), weights, st.randoms())
def test_the_order_in_which_projects_and_sheets_come_changes_nothing(panel, weight, luck):
    shuffled = [Entrant(each.id, tuple(luck.sample(each.sheets, len(each.sheets))), each.received_on) for each in panel]
    luck.shuffle(shuffled)
    assert ranking(shuffled, weight) == ranking(panel, weight)


@given(panels(), weights, st.data())
def test_more_points_never_lower_a_place(panel, weight, data):
    scored = [each for each in panel if each.sheets]
    if not scored:
        return
    chosen = data.draw(st.sampled_from(scored))
    at, criterion = data.draw(st.integers(0, len(chosen.sheets) - 1)), data.draw(st.sampled_from(CRITERIA))
    raised = [dict(sheet) for sheet in chosen.sheets]
    raised[at][criterion] += 1
    after = [Entrant(each.id, tuple(raised), each.received_on) if each is chosen else each for each in panel]
    assert places(after, weight)[chosen.id] <= places(panel, weight)[chosen.id]


@given(panels(), weights, st.integers(1, 50))
def test_weights_only_count_against_each_other(panel, weight, factor):
    scaled = {number: each * factor for number, each in weight.items()}
    assert ranking(panel, scaled) == ranking(panel, weight)


@given(panels(), weights)
def test_every_ranked_project_has_a_place_and_ties_share_theirs(panel, weight):
    standings = ranking(panel, weight)
    ranked = [each for each in standings if each.sheets]
    assert standings[:len(ranked)] == ranked
    for number, each in enumerate(ranked, 1):
        assert each.place == number or (each.is_tied and each.place < number)
    assert all(each.place is None for each in standings[len(ranked):])


@given(panels(), weights, st.randoms())
def test_a_lot_over_all_leaves_nobody_equal(panel, weight, luck):
    order = [each.id for each in panel]
    luck.shuffle(order)
    standings = ranking(panel, weight, [order])
    assert not any(each.is_tied for each in standings)
    ranked = [each.place for each in standings if each.place]
    assert ranked == list(range(1, len(ranked) + 1))


def test_more_sheets_then_the_earlier_day_then_the_newest_lot_part_equals():
    full, half = {1: 4, 2: 4, 3: 4}, {1: 1, 2: 1, 3: 1}
    one = {number: 1 for number in CRITERIA}
    assert places([Entrant(1, (full,), DAY), Entrant(2, (full, full), None)], one) == {2: 1, 1: 2}
    late, early = Entrant(1, (full,), DAY + timedelta(days=1)), Entrant(2, (full,), DAY)
    assert places([late, early], one) == {2: 1, 1: 2}
    same = [Entrant(1, (full,), DAY), Entrant(2, (full,), DAY), Entrant(3, (half,), DAY)]
    assert places(same, one) == {1: 1, 2: 1, 3: 3}
    assert places(same, one, [[1, 2], [2, 1]]) == {2: 1, 1: 2, 3: 3}
    assert places(same, one, [[1, 3]]) == {1: 1, 2: 1, 3: 3}


def test_the_mean_is_exact_and_its_thousandths_are_rounded_half_up():
    [first] = ranking([Entrant(1, ({1: 1, 2: 0, 3: 0},))], {1: 1, 2: 1, 3: 1})
    assert (first.mean, first.points_milli) == (Fraction(1, 3), 333)
    assert in_milli(Fraction(1, 2000)) == 1


def test_the_spread_names_the_lowest_and_the_highest_sheet():
    [only] = ranking([Entrant(1, ({1: 5, 2: 5, 3: 5}, {1: 2, 2: 2, 3: 2}))], {1: 1, 2: 1, 3: 1})
    assert only.spread_milli == (2000, 5000)


grants = st.lists(st.integers(1, 10_000_00), max_size=8).map(lambda each: list(enumerate(each, 1)))


@given(grants, st.integers(0, 40_000_00))
def test_the_money_line_never_exceeds_what_is_left(asked, left):
    lines = money_line(asked, left)
    assert inside_cents(lines) <= left
    assert [line.id for line in lines] == [number for number, _grant in asked]
    for line in lines:
        if line.reach is Reach.WOULD_FIT:
            assert inside_cents(lines) + line.grant_cents <= left


@given(grants, st.integers(0, 40_000_00))
def test_within_the_money_are_only_those_from_the_top_without_a_gap(asked, left):
    reaches = [line.reach is Reach.INSIDE for line in money_line(asked, left)]
    assert reaches == sorted(reaches, reverse=True)


def test_the_first_that_does_not_fit_ends_the_line_and_a_smaller_one_is_only_shown():
    reaches = [line.reach.value for line in money_line([(1, 6), (2, 5), (3, 4), (4, 9)], 10)]
    assert reaches == ["inside", "outside", "would_fit", "outside"]


lists = st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 20)), st.integers(1, 100)), max_size=8).map(
    lambda rows: [Waiting(number, place, grant) for number, (place, grant) in enumerate(rows, 1)])


@given(lists, st.integers(0, 120))
def test_the_next_fits_and_everybody_before_it_does_not(waiting, free):
    found = next_up(waiting, free)
    if found is None:
        assert all(each.grant_cents > free for each in waiting)
        return
    order = in_order(waiting)
    assert found.grant_cents <= free
    assert all(each.grant_cents > free for each in order[:order.index(found)])


@given(lists, st.randoms())
def test_the_waiting_list_has_one_order(waiting, luck):
    shuffled = luck.sample(waiting, len(waiting))
    assert in_order(shuffled) == in_order(waiting)
    numbers = [each.place for each in in_order(waiting) if each.place]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(("free", "next_id"), [(3, None), (4, 2), (6, 1)])
def test_a_smaller_grant_moves_up_only_where_the_one_before_does_not_fit(free, next_id):
    found = next_up([Waiting(1, 1, 6), Waiting(2, 2, 4)], free)
    assert (found.id if found else None) == next_id
