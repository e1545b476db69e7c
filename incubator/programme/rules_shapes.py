"""What a file of district shapes must hold: read, checked line by line, and matched with the city's districts.

Operators read these sentences at the command line, so they are English like the commands' help.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from incubator.foundation.slugs import plain

LARGEST_FILE = 20_000_000
MOST_POINTS = 500_000
MOST_LINES = 40
LONGEST_NAME = 60
WIDEST_DEGREES = 3.0
WIDEST_METRES = 300_000.0
FURTHEST = 1e9
SMALLEST = 1e-5

Point = tuple[float, float]
Ring = tuple[Point, ...]
Shape = tuple[Ring, ...]


class Unfit(Exception):
    """The file cannot be taken; `lines` say why, one thing in each."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        more = len(lines) - MOST_LINES
        self.lines = (*lines[:MOST_LINES], f"… and {more} more") if more > 0 else lines


@dataclass(frozen=True)
class Known:
    """A district as files may name it."""

    id: int
    number: str
    name: str
    slug: str


def features_of(data: bytes) -> list[Any]:
    """Return the features of a GeoJSON file."""
    if len(data) > LARGEST_FILE:
        raise Unfit(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unfit("The file is not valid JSON in UTF-8.") from None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise Unfit("The file is not a GeoJSON FeatureCollection.")
    features = found.get("features")
    if not isinstance(features, list) or not features:
        raise Unfit("The file holds no features.")
    return features


def _no_number(name: str) -> float:
    raise ValueError(name)


def shapes_of(features: Sequence[Any], districts: Iterable[Known], named_by: str | None) -> dict[int, Shape]:
    """Return each district's rings by its id; raises with everything that does not fit, not only the first."""
    known = list(districts)
    if not known:
        raise Unfit("There are no districts yet: bring them in with “flask districts import”.")
    name = named_by or _naming_property(features, known)
    wrong: list[str] = []
    taken: dict[int, int] = {}
    shapes: dict[int, Shape] = {}
    for place, feature in enumerate(features, 1):
        try:
            district = _matched(feature, name, known)
            if district.id in taken:
                raise ValueError(f"“{_short(district.name)}” was feature {taken[district.id]} already")
            taken[district.id] = place
            shapes[district.id] = tuple(_rings(feature.get("geometry")))
        except ValueError as problem:
            wrong.append(f"Feature {place}: {problem}.")
    wrong += [f"District {each.number} “{_short(each.name)}” has no shape in the file."
              for each in known if each.id not in taken]
    if not wrong:
        wrong += _too_much(shapes)
    if wrong:
        raise Unfit(*wrong)
    return shapes


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _naming_property(features: Sequence[Any], known: Sequence[Known]) -> str:
    """Find the property that holds names; numbers are never guessed, for any running number looks like one."""
    names = {spelling for each in known for spelling in (plain(each.name), each.slug)}
    score: dict[str, int] = {}
    for feature in features:
        for name, value in _properties(feature).items():
            score[name] = score.get(name, 0) + (isinstance(value, str) and plain(value) in names)
    best = max(score, key=lambda name: score[name], default="")
    if not score.get(best):
        listed = ", ".join(sorted(map(_short, score))[:20]) or "none"
        raise Unfit("No property holds the names of the districts. Say with --property which one names or numbers "
                    f"them; there are: {listed}.")
    return best


def _matched(feature: Any, name: str, known: Sequence[Known]) -> Known:
    value = _properties(feature).get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"the property “{_short(name)}” is missing")
    text = str(value).strip() if isinstance(value, str) or abs(value) < 10**9 else ""
    number, spelled = text.lstrip("0"), plain(text)
    for each in known:
        by_number = text.isdigit() and each.number.lstrip("0") == number
        if by_number or (spelled and spelled in (plain(each.name), each.slug)):
            return each
    raise ValueError(f"“{_short(text)}” is no district of the city")


def _short(text: str) -> str:
    """Quote what a file holds without letting it write over the terminal."""
    clean = "".join(sign if sign.isprintable() else "�" for sign in text[: LONGEST_NAME + 1])
    return clean if len(clean) <= LONGEST_NAME else f"{clean[:LONGEST_NAME]}…"


def _rings(geometry: Any) -> Iterator[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError("its geometry is no Polygon or MultiPolygon")
    found = geometry.get("coordinates")
    polygons = [found] if kind == "Polygon" else found
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("its geometry is empty")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise ValueError("a polygon is empty")
        for ring in polygon:
            yield _ring(ring)


def _ring(found: Any) -> Ring:
    if not isinstance(found, list) or len(found) < 4:
        raise ValueError("a ring has fewer than four positions")
    ring = tuple(_position(each) for each in found)
    if ring[0] != ring[-1]:
        raise ValueError("a ring is not closed")
    if len(set(ring)) < 3:
        raise ValueError("a ring has no area")
    return ring


def _position(found: Any) -> Point:
    if not isinstance(found, list) or len(found) < 2:
        raise ValueError("a position is no pair of numbers")
    x, y = found[0], found[1]
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in (x, y)):
        raise ValueError("a position is no pair of numbers")
    if not (abs(x) < FURTHEST and abs(y) < FURTHEST):
        raise ValueError("a position is far outside any map")
    return float(x), float(y)


def _too_much(shapes: Mapping[int, Shape]) -> Iterator[str]:
    rings = [ring for shape in shapes.values() for ring in shape]
    if sum(map(len, rings)) > MOST_POINTS:
        yield f"The file holds more than {MOST_POINTS} positions."
    west, south, east, north = box_of(rings)
    widest = WIDEST_DEGREES if in_degrees((west, south, east, north)) else WIDEST_METRES
    if max(east - west, north - south) > widest:
        yield "This is larger than a city. Are all coordinates WGS84 degrees, or all metres?"
    if min(east - west, north - south) < SMALLEST:
        yield "The shapes have no area."


def box_of(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def in_degrees(box: tuple[float, float, float, float]) -> bool:
    """Say whether coordinates are degrees: no city in metres lies within so small numbers."""
    west, south, east, north = box
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


def flattened(shapes: Mapping[int, Shape]) -> dict[int, Shape]:
    """Lay degrees flat: a degree of longitude is shorter by the cosine of the city's latitude."""
    west, south, east, north = box_of(ring for shape in shapes.values() for ring in shape)
    if not in_degrees((west, south, east, north)):
        return dict(shapes)
    narrower = max(math.cos(math.radians((south + north) / 2)), 0.01)
    return {
        key: tuple(tuple((x * narrower, y) for x, y in ring) for ring in shape) for key, shape in shapes.items()
    }
