"""Charts keep to their box, lay nothing on each other, and lose nothing between their pieces."""

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.progress import rules_charts as rules
from incubator.progress import rules_charts_map as maps
from incubator.progress import rules_charts_sums as sums
from incubator.progress.pages_charts import WIDTH
from incubator.progress.rules_charts import Promise

TODAY = date(2026, 3, 1)
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
far = st.dates(date(1900, 1, 1), date(2199, 12, 31))
promises = st.lists(st.builds(
    Promise, title=st.just("Fest"), language=st.just("de"), due=far, expected=days, reached=st.none() | days,
    state=st.sampled_from(["planned", "accepted"]), needs=st.none() | st.integers(0, 9),
), min_size=1, max_size=9)


def numbers(path):
    return [int(each) for each in re.findall(r"-?\d+", path)]


@given(promises, far, st.none() | days)
def test_every_milestone_stands_inside_the_timeline(planned, today, start):
    chart = rules.timeline(planned, today, start)
    marks = [mark for lane in chart.lanes for mark in lane.marks]
    assert len([mark for mark in marks if mark.kind == rules.DUE]) == len(planned)
    assert len([mark for mark in marks if mark.kind == rules.REACHED]) == sum(1 for each in planned if each.reached)
    for mark in marks:
        assert rules.MARK <= mark.x <= WIDTH - rules.MARK and 0 < mark.y < chart.height - rules.AXIS
    assert chart.today is None or 0 <= chart.today <= WIDTH


@given(promises)
def test_marks_of_one_kind_do_not_lie_on_each_other(planned):
    for lane in rules.timeline(planned, TODAY).lanes:
        places = [mark.x for mark in lane.marks]
        assert all(after - before >= rules.MARK_GAP for before, after in itertools.pairwise(places))


@given(st.lists(st.integers(rules.LEFT, rules.RIGHT), max_size=60), st.integers(1, 30))
def test_spreading_keeps_everything_between_the_edges_and_in_order(places, gap):
    moved = rules.spread(places, gap)
    assert len(moved) == len(places) and moved == sorted(moved)
    assert all(rules.LEFT <= each <= rules.RIGHT for each in moved)


def test_what_has_room_is_not_moved():
    assert rules.spread([20, 60, 300], 16) == [20, 60, 300]


@given(promises, st.none() | days)
def test_bars_of_the_plan_keep_to_their_rows(planned, start):
    chart = rules.plan(planned, TODAY, start)
    assert len(chart.rows) == len(planned)
    for row in chart.rows:
        assert row.bar.x >= 0 and row.bar.x + row.bar.width <= WIDTH and row.bar.width > 0
        assert row.y < row.bar.y and row.bar.y + row.bar.height <= row.y + rules.ROW
    assert chart.rows[-1].y + rules.ROW <= chart.height - rules.AXIS + 1


def test_a_bar_begins_where_the_one_it_waits_for_ends():
    first = Promise("A", "de", date(2026, 2, 1), date(2026, 2, 10), None, "planned")
    other = Promise("B", "de", date(2026, 5, 1), date(2026, 5, 1), None, "planned", needs=0)
    chart = rules.plan([first, other], TODAY, date(2026, 1, 1))
    assert chart.rows[1].bar.x == chart.rows[0].bar.x + chart.rows[0].bar.width
    assert chart.rows[1].link and not chart.rows[0].link


def test_nothing_planned_draws_nothing():
    assert rules.timeline([], TODAY) is None and rules.plan([], TODAY) is None


@given(st.lists(far, min_size=1, max_size=9))
def test_names_of_months_have_room_and_every_month_is_counted_once(found):
    span = rules.span_of(found)
    ticks = rules.ticks_of(span)
    named = [tick.x for tick in ticks if tick.is_named]
    assert all(after - before >= rules.NAME_ROOM for before, after in itertools.pairwise(named))
    months = list(rules.months_of(span))
    assert months == sorted(set(months)) and months[0] == span.first
    assert (span.last + timedelta(days=1)).day == 1


parts = st.lists(st.tuples(st.sampled_from(["paid", "proved", "waiting"]), st.integers(-5, 10**12)), max_size=6)


@given(parts, st.integers(0, 10**12))
def test_pieces_lie_side_by_side_and_fill_exactly_their_share(found, more):
    cents = sum(max(amount, 0) for _fill, amount in found)
    whole = cents + more
    bars = sums.pieces(found, whole)
    place = 0
    for bar in bars:
        assert bar.x == place and bar.width > 0
        place += bar.width
    assert place == (cents * WIDTH // whole if whole else 0) and place <= WIDTH


stations = st.lists(st.tuples(st.just("Paid"), parts, st.integers(0, 10**12)), max_size=4)


@given(stations)
def test_what_flows_stays_in_the_box(found):
    flow = sums.flow(found)
    assert len(flow.steps) == len(found)
    for step, (_label, pieces, _passed) in zip(flow.steps, found, strict=True):
        assert step.cents == sum(max(cents, 0) for _fill, cents in pieces)
        assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y + bar.height <= flow.height for bar in step.bars)
        assert all(0 <= each <= max(WIDTH, flow.height) for each in numbers(step.flow))


growth = st.dictionaries(
    st.sampled_from(["planned", "reached"]), st.lists(st.tuples(far, st.integers(-50, 10**9)), max_size=8))


@given(growth, st.integers(1, 10**9), days)
def test_what_grows_stays_in_its_box(grown, most, today):
    chart = sums.course(grown, most, today, ahead=("planned",))
    if chart is None:
        assert not any(grown.values())
        return
    for line in chart.lines:
        assert all(0 <= each <= WIDTH for each in numbers(line.path))
        heights = [int(each) for each in re.findall(r"V(\d+)", line.path)]
        assert all(chart.top <= each <= chart.base for each in heights)
    for month in chart.months:
        assert len(month.values) == len(chart.kinds)


def test_the_months_sum_up_and_stop_today():
    grown = {"planned": [(date(2026, 1, 5), 1), (date(2026, 4, 5), 2)], "reached": [(date(2026, 2, 1), 1)]}
    chart = sums.course(grown, 3, TODAY, ahead=("planned",))
    assert [month.values for month in chart.months] == [(1, 0), (1, 1), (1, 1), (3, None)]


@given(st.lists(st.integers(0, 10**10), max_size=30), st.sampled_from(maps.BY))
def test_every_number_falls_into_the_class_that_names_it(found, by):
    shades = maps.shades_of(by, found)
    assert [shade.place for shade in shades] == [0, 1, 2, 3]
    for number in found:
        shade = shades[maps.shade_of(number, shades)]
        assert shade.least <= number and (shade.most is None or number <= shade.most)
    assert maps.shade_of(0, shades) == 0


@pytest.mark.parametrize(("largest", "step"), [(0, 1_00), (3_00, 1_00), (7_600_00, 5_000_00), (16_000_00, 10_000_00)])
def test_classes_of_money_are_round_sums(largest, step):
    assert maps.shades_of(maps.MONEY, [largest])[1].most == step
