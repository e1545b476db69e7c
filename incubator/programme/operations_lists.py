"""The lists a programme stands on: its themes, and the districts of its city."""

import csv
import io
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.slugs import plain
from incubator.journal import record
from incubator.programme import queries
from incubator.programme.models import District, Theme
from incubator.programme.themes import THEMES

HERE = Path(__file__).parent
DISTRICTS = HERE / "districts.csv"
TILES = HERE / "tiles.csv"
CITY_FILE = "city.toml"
WHOLE_CITY = "00"
COLUMNS = ("number", "slug", "name", "inhabitants", "area_km2", "source")
SHARE = ("migration_share_pct", "migration_share_source", "migration_share_year")
TILE = ("tile_column", "tile_row")
MOST_TILES = 9
LARGEST = 2**31 - 1
LARGEST_FILE = 1_000_000


def set_up(home: Path | None = None) -> None:
    """Give an empty database what every programme needs; run again it changes nothing.

    Where `home` holds the file of a city, that city has brought its own themes and districts.
    """
    if home is not None and (home / CITY_FILE).exists():
        return
    set_up_themes()
    if not queries.districts():
        import_districts(DISTRICTS)


def set_up_themes() -> int:
    """Write down the six themes and return how many were new or changed."""
    touched = 0
    for position, (key, names) in enumerate(THEMES):
        theme = queries.theme_by_key(key)
        wanted = {"names": names, "position": position}
        if theme is None:
            theme = Theme(key=key, slug=plain(names["de"]), **wanted)
            db.session.add(theme)
            record("theme.added", None, theme)
            touched += 1
        elif _differs(theme, wanted):
            _take_over(theme, wanted)
            record("theme.changed", None, theme)
            touched += 1
    return touched


def import_districts(path: str | Path) -> tuple[int, int]:
    """Read districts from a CSV file and return (how many are new, how many changed); run again it changes nothing.

    Columns: number, slug, name, inhabitants, area_km2, source; the row "00" is the whole city and no district. The
    share of people with migration history may follow, only together with its source and year, and tile_column with
    tile_row: where the district lies on the schematic map. One bad line refuses the whole file. Where a tile lies is
    said for new districts only: afterwards it is the office's word.
    """
    known = {district.number: district for district in queries.districts()}
    tiles, seen, added, changed = _tiles(), set[str](), 0, 0
    for line, row in _rows(Path(path)):
        if row["number"] == WHOLE_CITY:
            continue
        wanted = _district(line, row, seen)
        district = known.get(wanted["number"])
        if district is None:
            tile = _own_tile(line, row) or tiles.get((wanted["number"], wanted["slug"]), {})
            district = District(**wanted, **tile)
            db.session.add(district)
            record("district.added", None, district)
            added += 1
        elif _differs(district, wanted):
            if district.slug != wanted["slug"]:  # another district has this number now
                wanted |= dict.fromkeys(TILE) | _own_tile(line, row)
            _take_over(district, wanted)
            record("district.changed", None, district)
            changed += 1
    return added, changed


def numbers_in(path: Path) -> set[str]:
    """Return the numbers of the districts that a file names."""
    return {row["number"] for _line, row in _rows(path)} - {WHOLE_CITY}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return (line, cells) of a file; refuses what is not a table with our columns."""
    try:
        data = path.read_bytes()[: LARGEST_FILE + 1]
        text = data.decode("utf-8-sig")
    except OSError:
        raise RuleBroken(_l("The file “%(name)s” cannot be read.", name=path.name)) from None
    except UnicodeDecodeError:
        raise RuleBroken(_l("The file is not written in UTF-8.")) from None
    if len(data) > LARGEST_FILE:
        raise RuleBroken(_l("The file is too large."))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        raise RuleBroken(_l("The first line must name the columns; missing: %(columns)s.", columns=", ".join(missing)))
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise _bad(reader.line_num, _l("it has more or fewer cells than the first line"))
            rows.append((reader.line_num, {name: value.strip() for name, value in row.items()}))
    except csv.Error:
        raise _bad(reader.line_num, _l("it is not valid CSV")) from None
    return rows


def _bad(line: int, what: Any) -> RuleBroken:
    return RuleBroken(_l("Line %(line)s of the file was refused: %(what)s.", line=line, what=what))


def _district(line: int, row: dict[str, str], seen: set[str]) -> dict[str, Any]:
    number, slug = row["number"], row["slug"]
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise _bad(line, _l("the number must be one to four digits"))
    if not slug or plain(slug) != slug or len(slug) > 80:
        raise _bad(line, _l("the slug may hold small letters, digits and hyphens only"))
    if not row["name"] or len(row["name"]) > 120:
        raise _bad(line, _l("the name is missing or too long"))
    if not row["source"]:
        raise _bad(line, _l("the source is missing"))
    if {number, slug} & seen:
        raise _bad(line, _l("its number or slug stands in the file twice"))
    seen |= {number, slug}
    return {
        "number": number, "slug": slug, "name": row["name"], "source": row["source"],
        "inhabitants": _whole(line, row["inhabitants"], _l("the inhabitants must be a whole number or empty")),
        "area_hectares": _hectares(line, row["area_km2"]),
        **_share(line, row),
    }


def _whole(line: int, text: str, sentence: Any, largest: int = LARGEST) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= largest):
        raise _bad(line, sentence)
    return int(text)


def _hectares(line: int, text: str) -> int | None:
    """Turn square kilometres with a decimal point into whole hectares."""
    if not text:
        return None
    try:
        hectares = Decimal(text) * 100
        if not 0 < hectares < 10_000_000:
            raise InvalidOperation
    except InvalidOperation:
        raise _bad(line, _l("the area must be a number of square kilometres, like 1.71, or empty")) from None
    return int(hectares.to_integral_value())


def _share(line: int, row: dict[str, str]) -> dict[str, Any]:
    """Read the share of people with migration history; files without it change nothing."""
    if not all(name in row for name in SHARE):
        return {}
    percent = _whole(line, row[SHARE[0]], _l("the share must be a whole percentage or empty"), 100)
    year = _whole(line, row[SHARE[2]], _l("the year of the share must be a year or empty"), 2200)
    source = row[SHARE[1]]
    if percent is not None and (not source or year is None):
        raise _bad(line, _l("a share needs its source and its year; it is never estimated"))
    return dict(zip(SHARE, (percent, source, year), strict=True))


def _own_tile(line: int, row: dict[str, str]) -> dict[str, int]:
    """Return where a file says that a district lies on the schematic map."""
    sentence = _l("a tile lies in a column and a row between 1 and 9")
    found = {name: _whole(line, row.get(name, ""), sentence, MOST_TILES) for name in TILE}
    if any(place == 0 for place in found.values()) or len({place is None for place in found.values()}) > 1:
        raise _bad(line, sentence)
    return {name: place - 1 for name, place in found.items() if place is not None}


def _tiles() -> dict[tuple[str, str], dict[str, int]]:
    """Return where the districts of our own list lie on the schematic map, by number and slug."""
    with TILES.open(newline="") as file, DISTRICTS.open(newline="", encoding="utf-8-sig") as own:
        slugs = {row["number"]: row["slug"] for row in csv.DictReader(own)}
        places = [(row["number"], int(row["column"]), int(row["row"])) for row in csv.DictReader(file)]
    return {(number, slugs[number]): dict(zip(TILE, place, strict=True)) for number, *place in places}


def _differs(row: Any, wanted: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _take_over(row: Any, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)
