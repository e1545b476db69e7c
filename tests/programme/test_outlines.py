"""From shapes to a drawing: small, without gaps, inside its box; junk is refused in words."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.programme import rules_outlines, rules_shapes
from incubator.programme.rules_shapes import Unfit
from tests.programme import land
from tests.programme.test_shapes import NAMES, drawn


def dots(path):
    """Walk path data and return its rings."""
    rings = []
    for start, steps in re.findall(r"M(\d+ \d+)l([^z]*)z", path):
        x, y = map(int, start.split())
        ring, numbers = [(x, y)], [int(each) for each in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_metres_are_drawn_as_they_are_and_degrees_are_narrowed():
    in_metres, in_degrees = drawn(land.city(NAMES, scale=100_000.0)), drawn(land.city(NAMES))
    assert abs(in_metres.height - 667) < 40
    assert in_degrees.height > 1.5 * in_metres.height


def test_islands_and_holes_are_kept():
    hole = [[x * 0.3 + 0.7 * 8.01, y * 0.3 + 0.7 * 52.19] for x, y in land.ring(0, 0)]
    features = json.loads(land.city(NAMES))["features"]
    features[0] = land.feature("Nordhang", land.ring(0, 0), hole)
    features[1] = land.feature("Südufer", land.ring(1, 0), land.ring(4, 0), kind="MultiPolygon")
    paths = [each.path for each in drawn(land.collection(*features)).outlines.values()]
    assert [path.count("M") for path in paths] == [2, 2, 1, 1, 1, 1]


@pytest.mark.parametrize("detail", [1, 30, 2_000])
def test_the_map_stays_small_however_fine_the_file(detail):
    drawing = drawn(land.city(NAMES, dots=detail))
    assert drawing.size <= rules_outlines.MOST_BYTES
    for outline in drawing.outlines.values():
        for ring in dots(outline.path):
            assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in ring)
            assert rules_outlines.area(ring) > 0


def test_thinning_opens_no_gap_between_neighbours(monkeypatch):
    monkeypatch.setattr(rules_outlines, "MOST_BYTES", 1200)
    outlines = drawn(land.city(NAMES, dots=60)).outlines
    rings = [dots(each.path)[0] for each in outlines.values()]
    edges = [frozenset(pair) for ring in rings for pair in zip(ring, [*ring[1:], ring[0]], strict=True)]
    twice = {edge for edge in edges if edges.count(edge) == 2}
    whole = drawn(land.city(NAMES, dots=1)).outlines
    assert sum(len(dots(each.path)[0]) for each in whole.values()) < sum(map(len, rings)) < 6 * 60
    assert len(twice) >= 7 and all(edges.count(edge) <= 2 for edge in edges)
    assert sum(map(rules_outlines.area, rings)) == _hull(edges)


def _hull(edges):
    """Return twice the area inside the edges that only one district has."""
    outer = {edge for edge in edges if edges.count(edge) == 1}
    start = min(min(edge) for edge in outer)
    ring, here = [], start
    while True:
        edge = next(each for each in outer if here in each)
        outer.remove(edge)
        ring.append(here)
        (here,) = edge - {here}
        if here == start:
            return rules_outlines.area(ring)


def test_a_name_is_written_inside_its_district():
    for column, outline in enumerate(list(drawn(land.city(NAMES)).outlines.values())[:3]):
        assert column * 333 + 60 < outline.label_x < column * 333 + 273
        assert 60 < outline.label_y < 600


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(
        st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "name"]), inner, max_size=4),
    max_leaves=20,
)
positions = st.lists(st.floats(-1e3, 1e3, width=32) | st.integers(-10, 10) | json_values, min_size=1, max_size=3)
rings = st.lists(positions, min_size=1, max_size=8).map(lambda ring: [*ring, ring[0]])
geometries = st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(rings, max_size=2)})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries({
    "properties": st.fixed_dictionaries({"name": st.sampled_from(NAMES) | json_values}),
    "geometry": geometries | json_values,
}) | json_values, max_size=7), st.sampled_from(["name", None]))
def test_junk_is_refused_in_words_and_never_a_fault(features, named_by):
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    try:
        drawn(data, named_by)
    except Unfit as unfit:
        assert all(line.isprintable() for line in unfit.lines)


small = st.integers(0, 30).map(float)
any_ring = st.lists(st.tuples(small, small), min_size=3, max_size=9).map(lambda ring: (*ring, ring[0]))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, 5), st.lists(any_ring, min_size=1, max_size=3).map(tuple), min_size=1))
def test_whatever_is_drawn_lies_in_its_box(shapes):
    west, south, east, north = rules_shapes.box_of(ring for shape in shapes.values() for ring in shape)
    if east == west or north == south:
        return
    try:
        drawing = rules_outlines.drawn(shapes, {key: str(key) for key in shapes})
    except Unfit:
        return
    for outline in drawing.outlines.values():
        for x, y in [(outline.label_x, outline.label_y), *(dot for ring in dots(outline.path) for dot in ring)]:
            assert 0 <= x <= drawing.width and 0 <= y <= drawing.height
