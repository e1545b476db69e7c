"""What the map of the districts may show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shade:
    """One class of the legend: at least `least`, less than the next one's."""

    place: int
    least: int
    most: int | None


@dataclass(frozen=True)
class Outline:
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class District:
    """A district on the map; `column` and `row` count from one on the schematic one."""

    slug: str
    name: str
    number: str
    projects: int
    cents: int
    shade: int
    column: int | None
    row: int | None
    outline: Outline | None


@dataclass(frozen=True)
class Origin:
    """Whose the shapes are, and the box they are drawn in."""

    source: str
    licence: str
    licence_url: str
    width: int
    height: int


@dataclass(frozen=True)
class Map:
    """The city, shaded by the number of its projects or by their money; without an origin it is a schematic one."""

    by: str
    shades: tuple[Shade, ...]
    districts: tuple[District, ...]
    origin: Origin | None

    @property
    def tiles(self) -> tuple[District, ...]:
        return tuple(each for each in self.districts if each.column and each.row)

    @property
    def cents(self) -> dict[str, int]:
        return {each.slug: each.cents for each in self.districts}
