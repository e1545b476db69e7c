"""How sheets become a ranking, and how far the money reaches: exact arithmetic, nothing here reads the database.

Equal means are parted by the number of sheets that count (more first), then by the day of receipt (earlier first),
then by a lot that the coordination draws and writes down. Until then they share a place.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

Points = Mapping[int, int]
MILLI = 1000


@dataclass(frozen=True)
class Entrant:
    """A project to be ranked; `sheets` are those that count, each as {criterion: points}."""

    id: int
    sheets: tuple[Points, ...] = ()
    received_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a project stands; `is_tied` says that only a lot can tell it from others of the same place."""

    id: int
    place: int | None
    mean: Fraction | None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    sheets: int = 0
    received_on: date | None = None
    is_tied: bool = False

    @property
    def points_milli(self) -> int | None:
        return None if self.mean is None else in_milli(self.mean)

    @property
    def spread_milli(self) -> tuple[int, int] | None:
        """The sheet with the fewest and the one with the most points."""
        return None if self.lowest is None or self.highest is None else (in_milli(self.lowest), in_milli(self.highest))


def in_milli(points: Fraction) -> int:
    """Return thousandths of a point, halves up; only for show and for the file, never to compare."""
    return (points * MILLI + Fraction(1, 2)).__floor__()


def sheet_mean(points: Points, weights: Mapping[int, int]) -> Fraction:
    """Return the weighted mean of one sheet."""
    return Fraction(sum(weights[each] * points[each] for each in weights), sum(weights.values()))


def ranking(
    entrants: Iterable[Entrant], weights: Mapping[int, int], lots: Sequence[Sequence[int]] = ()
) -> list[Standing]:
    """Return every project in its order, those without a sheet that counts last and without a place.

    `lots` are the orders that were drawn, the newest last; one counts for projects that are all named in it.
    """
    found = [_standing(each, weights) for each in entrants]
    ranked = [each for each in found if each.mean is not None]
    groups: dict[tuple[Fraction, int, int], list[Standing]] = {}
    for each in ranked:
        groups.setdefault(_merit(each), []).append(each)
    order: list[Standing] = []
    for merit in sorted(groups):
        order.extend(_placed(groups[merit], len(order) + 1, lots))
    return [*order, *sorted((each for each in found if each.mean is None), key=lambda each: each.id)]


def _standing(entrant: Entrant, weights: Mapping[int, int]) -> Standing:
    means = [sheet_mean(points, weights) for points in entrant.sheets] if weights else []
    if not means:
        return Standing(entrant.id, None, None, received_on=entrant.received_on)
    mean = sum(means, Fraction(0)) / len(means)
    return Standing(entrant.id, None, mean, min(means), max(means), len(means), entrant.received_on)


def _merit(standing: Standing) -> tuple[Fraction, int, int]:
    assert standing.mean is not None
    received = standing.received_on or date.max
    return -standing.mean, -standing.sheets, received.toordinal()


def _placed(group: list[Standing], first: int, lots: Sequence[Sequence[int]]) -> list[Standing]:
    if len(group) == 1:
        return [replace(group[0], place=first)]
    drawn = next((lot for lot in reversed(lots) if {each.id for each in group} <= set(lot)), None)
    if drawn is None:
        return [replace(each, place=first, is_tied=True) for each in sorted(group, key=lambda each: each.id)]
    ordered = sorted(group, key=lambda each: list(drawn).index(each.id))
    return [replace(each, place=first + number) for number, each in enumerate(ordered)]


class Reach(enum.StrEnum):
    """Whether the money reaches a project, counted from the top."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    WOULD_FIT = "would_fit"


@dataclass(frozen=True)
class Line:
    """One project at the money line; `sum_cents` is what it and those above it ask for together."""

    id: int
    grant_cents: int
    sum_cents: int
    reach: Reach


def money_line(grants: Iterable[tuple[int, int]], left_cents: int) -> list[Line]:
    """Say for (project, grant) in order what the money reaches: from the top until the first that does not fit.

    What stands further down and would fit into the rest by itself is shown as such; the program chooses nothing.
    """
    lines: list[Line] = []
    total, inside, is_open = 0, 0, True
    for number, grant in grants:
        total += grant
        if is_open and total <= left_cents:
            inside, reach = total, Reach.INSIDE
        else:
            is_open = False
            reach = Reach.WOULD_FIT if grant <= left_cents - inside else Reach.OUTSIDE
        lines.append(Line(number, grant, total, reach))
    return lines


def inside_cents(lines: Iterable[Line]) -> int:
    return sum(each.grant_cents for each in lines if each.reach is Reach.INSIDE)


@dataclass(frozen=True)
class Waiting:
    """A project on the waiting list; without a place it comes after all that have one."""

    id: int
    place: int | None
    grant_cents: int


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    return sorted(waiting, key=lambda each: (each.place is None, each.place or 0, each.id))


def next_up(waiting: Iterable[Waiting], free_cents: int) -> Waiting | None:
    """Return who moves up: the first in the order of the list whose grant fits into what is free."""
    return next((each for each in in_order(waiting) if each.grant_cents <= free_cents), None)
