"""Where sums lie in a chart: stations of money, and what grows over the months."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from incubator.progress.pages_charts import WIDTH, Bar, Course, Flow, Line, Moment, Step
from incubator.progress.rules_charts import LEFT, RIGHT, Span, months_of, span_of, ticks_of

STEP, BAR_TOP, BAR = 72, 26, 24
TOP, BASE, HEIGHT = 24, 144, 170
Part = tuple[str, int]


def pieces(parts: Sequence[Part], whole: int, *, y: int = 0, height: int = BAR, width: int = WIDTH) -> tuple[Bar, ...]:
    """Lay amounts side by side; their edges are rounded, not their widths, so that nothing is lost between them."""
    bars, before = [], 0
    for fill, cents in parts:
        after = before + max(cents, 0)
        left, right = _share(before, whole, width), _share(after, whole, width)
        if right > left:
            bars.append(Bar(fill, left, y, right - left, height))
        before = after
    return tuple(bars)


def _share(part: int, whole: int, width: int) -> int:
    return min(max(part, 0) * width // whole, width) if whole > 0 else 0


def flow(stations: Sequence[tuple[Any, Sequence[Part], int]]) -> Flow:
    """Draw stations of money one below the other: (label, pieces, how much of the station before flows on)."""
    whole = max((sum(max(cents, 0) for _fill, cents in parts) for _label, parts, _passed in stations), default=0)
    steps: list[Step] = []
    for place, (label, parts, passed) in enumerate(stations):
        y = place * STEP
        cents = sum(max(amount, 0) for _fill, amount in parts)
        through = ""
        if place and passed > 0:
            here, above = _share(min(passed, cents), whole, WIDTH), _share(passed, whole, WIDTH)
            through = f"M0 {y - STEP + BAR_TOP + BAR}H{above}L{here} {y + BAR_TOP}H0z"
        steps.append(Step(label, cents, y, pieces(parts, whole, y=y + BAR_TOP), through))
    return Flow(max(len(steps) * STEP - STEP + BAR_TOP + BAR, 1), tuple(steps))


def course(
    grown: Mapping[str, Sequence[tuple[date, int]]], most: int, today: date, *, ahead: Iterable[str] = (),
    until: date | None = None,
) -> Course | None:
    """Draw how sums grew: (day, how much more) for each kind. Kinds `ahead` reach into the future, others end today."""
    days = [day for found in grown.values() for day, _more in found]
    if not days or most <= 0:
        return None
    span = span_of([*days, *([until] if until else [])])
    lines = [_line(kind, sorted(found), most, span, None if kind in ahead else today) for kind, found in grown.items()]
    months = tuple(
        Moment(month, tuple(
            _until(found, month, None if kind in ahead else today) for kind, found in grown.items()
        )) for month in months_of(span)
    )
    return Course(span.first, span.last, HEIGHT, TOP, BASE, most, ticks_of(span), tuple(lines), tuple(grown), months,
                  span.today(today))


def _until(found: Iterable[tuple[date, int]], month: date, today: date | None) -> int | None:
    if today is not None and month > today:
        return None
    return sum(more for day, more in found if (day.year, day.month) <= (month.year, month.month))


def _line(kind: str, found: Sequence[tuple[date, int]], most: int, span: Span, today: date | None) -> Line:
    """Draw a staircase: level until something is added, then up; solid kinds also fill what lies under them."""
    words, total = [f"M{LEFT} {BASE}"], 0
    for day, more in found:
        total += more
        words.append(f"H{span.x(day)}V{_height(total, most)}")
    end = RIGHT if today is None else max(span.x(today), max((span.x(day) for day, _more in found), default=LEFT))
    path = "".join([*words, f"H{end}"])
    return Line(kind, path, "" if today is None else f"{path}V{BASE}z")


def _height(total: int, most: int) -> int:
    return BASE - min(max(total, 0), most) * (BASE - TOP) // most
