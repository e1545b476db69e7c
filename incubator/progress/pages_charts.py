"""What charts are drawn from: whole numbers in a box `WIDTH` wide, read from the left; a page may mirror them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 360


@dataclass(frozen=True)
class Bar:
    """A filled piece; `fill` is the kind of thing it stands for."""

    fill: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """A day on which something is due, expected, or was reached."""

    kind: str
    x: int
    y: int


@dataclass(frozen=True)
class Tick:
    """The first day of a month on the axis; `is_named` says whether there is room for its name."""

    on: date
    x: int
    is_named: bool


@dataclass(frozen=True)
class Lane:
    """All marks of one kind, under their label."""

    kind: str
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timeline:
    first: date
    last: date
    height: int
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    today: int | None


@dataclass(frozen=True)
class Row:
    """One milestone of the plan: its bar, its three days as marks, and the way from what it waits for."""

    title: str
    language: str
    y: int
    bar: Bar
    marks: tuple[Mark, ...]
    link: str


@dataclass(frozen=True)
class Plan:
    first: date
    last: date
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    today: int | None


@dataclass(frozen=True)
class Line:
    """A staircase over time; `path` its edge, `area` what lies under it (empty where only the edge is drawn)."""

    kind: str
    path: str
    area: str


@dataclass(frozen=True)
class Moment:
    """One month in the table beside a chart: what each line had reached at its end, None for months to come."""

    on: date
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Course:
    """Something that grows over the months."""

    first: date
    last: date
    height: int
    top: int
    base: int
    most: int
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    kinds: tuple[str, ...]
    months: tuple[Moment, ...]
    today: int | None


@dataclass(frozen=True)
class Step:
    """One station of money: its label, its whole, and the pieces it is made of."""

    label: Any
    cents: int
    y: int
    bars: tuple[Bar, ...]
    flow: str


@dataclass(frozen=True)
class Flow:
    height: int
    steps: tuple[Step, ...]
