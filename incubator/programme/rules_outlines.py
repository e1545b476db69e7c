"""From rings to outlines a page can draw: a grid of whole numbers, fewer points, path data, a place for the name.

Borders that two districts share are thinned once and used by both, so that no gap opens between neighbours.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from incubator.programme.rules_shapes import Shape, Unfit, box_of

WIDTH = 1000
HIGHEST = 2000
MOST_BYTES = 24_000
COARSEST = 5_000
SCANS = 24

Dot = tuple[int, int]
Line = tuple[Dot, ...]


@dataclass(frozen=True)
class Outline:
    """A district as SVG path data, and where its name is written."""

    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    outlines: dict[int, Outline]

    @property
    def size(self) -> int:
        return sum(len(each.path) for each in self.outlines.values())


def drawn(shapes: Mapping[int, Shape], names: Mapping[int, str]) -> Drawing:
    """Draw flat shapes into a box `WIDTH` wide; details smaller than the page can carry are left out."""
    width, height, rings = _on_grid(shapes)
    if lost := [names[key] for key, found in rings.items() if not found]:
        raise Unfit(*(f"“{name}” is too small to be drawn." for name in lost))
    meeting = _meeting(rings)
    smallest = 0
    while smallest <= COARSEST:
        thin = {key: _thinned(found, meeting, smallest) for key, found in rings.items()}
        paths = {key: "".join(map(_path, found)) for key, found in thin.items()}
        if sum(map(len, paths.values())) <= MOST_BYTES:
            labels = {key: _label(found) for key, found in thin.items()}
            return Drawing(width, height, {key: Outline(paths[key], *labels[key]) for key in paths})
        smallest = smallest * 2 or 1
    raise Unfit("The shapes have too many parts to be drawn on a page.")


def _on_grid(shapes: Mapping[int, Shape]) -> tuple[int, int, dict[int, list[Line]]]:
    west, south, east, north = box_of(ring for shape in shapes.values() for ring in shape)
    scale = min(WIDTH / (east - west), HIGHEST / (north - south))
    width, height = max(1, int((east - west) * scale + 0.5)), max(1, int((north - south) * scale + 0.5))
    rings = {
        key: [line for ring in shape if (line := _line(
            (min(width, int((x - west) * scale + 0.5)), min(height, int((north - y) * scale + 0.5))) for x, y in ring
        ))] for key, shape in shapes.items()
    }
    return width, height, rings


def _line(dots: Iterable[Dot]) -> Line:
    """Return a ring without its last dot and without repeats; nothing where no area is left."""
    line: list[Dot] = []
    for dot in dots:
        if not line or line[-1] != dot:
            line.append(dot)
    while len(line) > 1 and line[0] == line[-1]:
        line.pop()
    return tuple(line) if len(set(line)) > 2 and area(line) else ()


def area(line: Sequence[Dot]) -> int:
    """Return twice the area a ring encloses."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(line, (*line[1:], line[0]), strict=True)))


def _meeting(rings: Mapping[int, Sequence[Line]]) -> set[Dot]:
    """Return the dots at which borders meet: those whose neighbours differ from ring to ring. They always stay."""
    around: dict[Dot, frozenset[Dot]] = {}
    meeting: set[Dot] = set()
    for line in (line for found in rings.values() for line in found):
        for place, dot in enumerate(line):
            beside = frozenset((line[place - 1], line[(place + 1) % len(line)]))
            if around.setdefault(dot, beside) != beside:
                meeting.add(dot)
    return meeting


def _thinned(lines: Sequence[Line], meeting: set[Dot], smallest: int) -> list[Line]:
    """Thin every border of a district; what encloses too little is left out, but never all of it."""
    kept = [line for each in lines if (line := _thin_ring(each, meeting, smallest))]
    large = [line for line in kept if area(line) > smallest]
    return large or [max(kept or lines, key=area)]


def _thin_ring(line: Line, meeting: set[Dot], smallest: int) -> Line:
    places = [place for place, dot in enumerate(line) if dot in meeting] or [line.index(min(line))]
    turned = (*line[places[0]:], *line[:places[0]], line[places[0]])
    cuts = [place - places[0] for place in places] + [len(line)]
    thin: list[Dot] = []
    for start, end in pairwise(cuts):
        thin += _thin(turned[start:end + 1], smallest)[:-1]
    return _line(thin)


def _thin(arc: Line, smallest: int) -> Line:
    """Thin a border the same way from whichever side it is walked."""
    back = tuple(reversed(arc))
    return tuple(reversed(_visvalingam(back, smallest))) if back < arc else _visvalingam(arc, smallest)


def _visvalingam(arc: Line, smallest: int) -> Line:
    """Take away the dots that matter least: again and again the one that spans the smallest triangle."""
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    least = 4 if arc[0] == arc[-1] else 2
    sizes = {place: _triangle(arc, place - 1, place, place + 1) for place in range(1, len(arc) - 1)}
    queue = [(size, place) for place, size in sizes.items()]
    heapq.heapify(queue)
    left = len(arc)
    while queue and left > least:
        size, place = heapq.heappop(queue)
        if size > smallest:
            break
        if sizes.get(place) != size:
            continue
        del sizes[place]
        left -= 1
        first, last = before[place], after[place]
        after[first], before[last] = last, first
        for each in (first, last):
            if each in sizes:
                sizes[each] = max(size, _triangle(arc, before[each], each, after[each]))
                heapq.heappush(queue, (sizes[each], each))
    return tuple(dot for place, dot in enumerate(arc) if place in sizes or place in (0, len(arc) - 1))


def _triangle(arc: Line, first: int, middle: int, last: int) -> int:
    (x1, y1), (x2, y2), (x3, y3) = arc[first], arc[middle], arc[last]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1))


def _path(line: Line) -> str:
    """Write a ring as path data, each dot by its way from the one before."""
    x, y = line[0]
    words = [f"M{x} {y}l"]
    for other_x, other_y in line[1:]:
        words.append(f"{other_x - x} {other_y - y} ")
        x, y = other_x, other_y
    return "".join(words).replace(" -", "-").rstrip() + "z"


def _label(lines: Sequence[Line]) -> Dot:
    """Find a dot well inside: on some level lines, the middle of the widest stretch, where it is also high."""
    main = max(lines, key=area)
    top, bottom = min(y for _x, y in main), max(y for _x, y in main)
    best, found = -1, main[0]
    for step in range(1, SCANS):
        twice = (2 * top * (SCANS - step) + 2 * bottom * step) // SCANS | 1  # between two rows of the grid
        crossings = sorted(_crossings(lines, twice))
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            room = min(end - start, twice - 2 * top, 2 * bottom - twice)
            if room > best:
                best, found = room, ((start + end) // 2, twice // 2)
    return found


def _crossings(lines: Sequence[Line], twice: int) -> Iterator[int]:
    """Yield where borders cross a level given in half steps, which no dot lies on."""
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line, (*line[1:], line[0]), strict=True):
            if (2 * y1 < twice) != (2 * y2 < twice):
                yield x1 + (x2 - x1) * (twice - 2 * y1) // (2 * (y2 - y1))
