"""Where time lies in a chart: days become whole numbers between two edges, months become ticks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from incubator.progress.pages_charts import WIDTH, Bar, Lane, Mark, Plan, Row, Tick, Timeline

LEFT, RIGHT = 10, WIDTH - 10
NAME_ROOM = 58
LANE, LANES_TOP, AXIS = 48, 26, 26
ROW, ROWS_TOP = 46, 26
MARK = 7
MARK_GAP = 2 * MARK + 2
DUE, EXPECTED, REACHED = "due", "expected", "reached"
MOST_ROWS = 40
FURTHEST_DAYS = 366 * 10


@dataclass(frozen=True)
class Promise:
    """A milestone as a chart needs it; `needs` is the place of the one it waits for, `reached` its real day."""

    title: str
    language: str
    due: date
    expected: date
    reached: date | None
    state: str
    needs: int | None = None

    @property
    def end(self) -> date:
        return self.reached or self.expected


@dataclass(frozen=True)
class Span:
    """Whole months between two edges."""

    first: date
    last: date

    def x(self, on: date) -> int:
        """Return where a day lies; what lies outside stands at the edge."""
        inside = min(max(on, self.first), self.last)
        return LEFT + (inside - self.first).days * (RIGHT - LEFT) // max((self.last - self.first).days, 1)

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last

    def today(self, on: date) -> int | None:
        return self.x(on) if self.holds(on) else None


def span_of(days: Iterable[date]) -> Span:
    """Return the whole months that hold all days; a day that is a slip of the pen is left at the edge."""
    ordered = sorted(days)
    middle = ordered[len(ordered) // 2]
    near = [each for each in ordered if abs((each - middle).days) <= FURTHEST_DAYS]
    return Span(near[0].replace(day=1), _month_after(near[-1]) - timedelta(days=1))


def _month_after(on: date) -> date:
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def months_of(span: Span) -> Iterator[date]:
    month = span.first
    while month <= span.last:
        yield month
        month = _month_after(month)


def ticks_of(span: Span) -> tuple[Tick, ...]:
    """Return a tick for each month, a name only where the one before leaves room; never closer than they can be."""
    ticks: list[Tick] = []
    free, before = 0, -MARK
    for month in months_of(span):
        x = span.x(month)
        named = x >= free and x + NAME_ROOM <= WIDTH
        if x - before < 4 and not named:
            continue
        ticks.append(Tick(month, x, named))
        free, before = (x + NAME_ROOM if named else free), x
    return tuple(ticks)


def spread(places: Sequence[int], gap: int) -> list[int]:
    """Move places that lie on each other apart, as little as needed, within the edges; their order stays."""
    if not places:
        return []
    gap = min(gap, (RIGHT - LEFT) // max(len(places) - 1, 1))
    moved = sorted(places)
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + gap)
    limit = RIGHT
    for place in reversed(range(len(moved))):
        moved[place] = min(moved[place], limit)
        limit = moved[place] - gap
    return moved


def timeline(promises: Sequence[Promise], today: date, start: date | None = None) -> Timeline | None:
    """Draw what is due, what is expected on another day, and what is reached, each kind in a lane of its own."""
    if not promises:
        return None
    span = _span(promises, start)
    days = {
        DUE: [each.due for each in promises],
        EXPECTED: [each.expected for each in promises if not each.reached and each.expected != each.due],
        REACHED: [each.reached for each in promises if each.reached],
    }
    lanes: list[Lane] = []
    for kind, found in days.items():
        if found:
            y = LANES_TOP + len(lanes) * LANE
            places = spread([span.x(each) for each in found], MARK_GAP)
            lanes.append(Lane(kind, y, tuple(Mark(kind, x, y + 32) for x in places)))
    height = LANES_TOP + len(lanes) * LANE + AXIS
    return Timeline(span.first, span.last, height, ticks_of(span), tuple(lanes), span.today(today))


def _span(promises: Sequence[Promise], start: date | None) -> Span:
    days = {day for each in promises for day in (each.due, each.end)}
    return span_of(days | ({start} if start else set()))


def plan(promises: Sequence[Promise], today: date, start: date | None = None) -> Plan | None:
    """Draw a bar for each milestone, from what it waits for (else the beginning) to its real or expected day."""
    shown = promises[:MOST_ROWS]
    if not shown:
        return None
    span = _span(shown, start)
    begin = span.x(start) if start else LEFT
    rows: list[Row] = []
    for place, each in enumerate(shown):
        y = ROWS_TOP + place * ROW
        needs = each.needs if each.needs is not None and each.needs < len(shown) and each.needs != place else None
        first = span.x(shown[needs].end) if needs is not None else begin
        left, right = sorted((first, span.x(each.end)))
        bar = Bar(each.state, left, y + 24, max(right - left, 2), 12)
        rows.append(Row(each.title, each.language, y, bar, tuple(_marks(each, span, y + 30)),
                        "" if needs is None else _link(span.x(shown[needs].end), needs, place)))
    height = ROWS_TOP + len(rows) * ROW + AXIS
    return Plan(span.first, span.last, height, ticks_of(span), tuple(rows), span.today(today))


def _marks(each: Promise, span: Span, y: int) -> Iterator[Mark]:
    yield Mark(DUE, span.x(each.due), y)
    if each.reached:
        yield Mark(REACHED, span.x(each.reached), y)
    elif each.expected != each.due:
        yield Mark(EXPECTED, span.x(each.expected), y)


def _link(x: int, needs: int, place: int) -> str:
    """Lead from the end of one bar straight to the beginning of another."""
    one, other = ROWS_TOP + needs * ROW + 30, ROWS_TOP + place * ROW + 30
    return f"M{x} {one}V{other}"
