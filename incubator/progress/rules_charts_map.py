"""Into which classes a map's numbers fall."""

from collections.abc import Sequence

from incubator.progress.pages_map import Shade

PROJECTS, MONEY = "projects", "money"
BY = (PROJECTS, MONEY)
OF_PROJECTS = (0, 1, 2, 5)
CLASSES = 3
EURO = 100


def asked(text: str) -> str:
    """Return what a map is shaded by; whatever else is asked for means projects."""
    return text if text in BY else PROJECTS


def shades_of(by: str, numbers: Sequence[int]) -> tuple[Shade, ...]:
    """Return the classes, the first for nothing at all; those of money are as wide as the largest sum asks for."""
    if by == PROJECTS:
        least = list(OF_PROJECTS)
    else:
        step = _round_step(max([*numbers, 0]))
        least = [0, 1, *(step * place + 1 for place in range(1, CLASSES))]
    ends: list[int | None] = [each - 1 for each in least[1:]]
    return tuple(Shade(place, low, high) for place, (low, high) in enumerate(zip(least, [*ends, None], strict=True)))


def _round_step(largest: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20 … euros of which `CLASSES` reach the largest sum."""
    step = EURO
    for place in range(60):
        step = (1, 2, 5)[place % 3] * 10 ** (place // 3) * EURO
        if step * CLASSES >= largest:
            break
    return step


def shade_of(number: int, shades: Sequence[Shade]) -> int:
    return max((each.place for each in shades if number >= each.least), default=0)
