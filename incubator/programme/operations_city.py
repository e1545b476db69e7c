"""Make the program a city's own: take its file, its themes and its districts, and keep them beside the database."""

import io
import shutil
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.later import later
from incubator.foundation.slugs import plain
from incubator.journal import record
from incubator.media.images import BROKEN
from incubator.programme import queries, rules_city
from incubator.programme.models import District, Theme
from incubator.programme.operations_lists import CITY_FILE, import_districts, numbers_in
from incubator.programme.rules_city import City
from incubator.programme.rules_shapes import Unfit

Image = later("PIL.Image")

DISTRICTS, LOGO = "districts.csv", "logo.png"
WIDEST_LOGO, HIGHEST_LOGO = 640, 160
LARGEST_LOGO = 2_000_000


def take_over(file: Path, home: Path) -> City:
    """Take the city that a file describes; `home` then holds what the program reads when it starts.

    Themes and districts that the file no longer names go, unless something stands under them: that refuses the whole.
    """
    data = file.read_bytes()
    city = rules_city.read(data)
    logo = _logo(file.with_name(city.logo)) if city.logo else None
    districts = file.with_name(city.districts)
    _take_themes(city)
    try:
        import_districts(districts)
    except RuleBroken as broken:
        raise Unfit(f"{districts.name}: {broken.sentence}") from None
    _forget_others(city, districts)
    _keep(home, data, districts, logo)
    return city


def _logo(file: Path) -> bytes:
    """Return the logo as a small PNG of its pixels."""
    try:
        data = file.read_bytes()
        if len(data) > LARGEST_LOGO:
            raise Unfit(f"{file.name} is larger than {LARGEST_LOGO // 1_000_000} MB.")
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            picture = opened.convert("RGBA")
    except FileNotFoundError:
        raise Unfit(f"{file.name} does not lie beside the city’s file.") from None
    except BROKEN:
        raise Unfit(f"{file.name} is no picture we can read. Please give a PNG, JPEG or WebP.") from None
    picture.thumbnail((WIDEST_LOGO, HIGHEST_LOGO))
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def _take_themes(city: City) -> None:
    for position, (key, names) in enumerate(city.themes):
        theme = queries.theme_by_key(key)
        if theme is None:
            theme = Theme(key=key, slug=_free_slug(names["de"], key), names=names, position=position)
            db.session.add(theme)
            record("theme.added", None, theme)
        elif (theme.names, theme.position) != (names, position):
            theme.names, theme.position = names, position
            record("theme.changed", None, theme)


def _free_slug(name: str, key: str) -> str:
    slug = plain(name) or key.lower()
    taken = db.session.scalar(sa.select(Theme.id).where(Theme.slug == slug)) is not None
    return f"{slug}-{key.lower()}" if taken else slug


def _forget_others(city: City, districts: Path) -> None:
    themes = db.session.scalars(sa.select(Theme).where(Theme.key.not_in([key for key, _names in city.themes]))).all()
    others = db.session.scalars(sa.select(District).where(District.number.not_in(numbers_in(districts)))).all()
    in_use = [f"the theme “{theme.name('de')}”" for theme in themes if not _is_gone(theme)]
    in_use += [f"the district “{district.name}”" for district in others if not _is_gone(district)]
    if in_use:
        raise Unfit(*(f"{name} has projects, ideas or findings and cannot go. Please name it too." for name in in_use))


def _is_gone(row: Theme | District) -> bool:
    """Delete a row that nothing stands under, and say whether it could go."""
    try:
        with db.session.begin_nested():
            db.session.delete(row)
    except IntegrityError:
        return False
    record("theme.removed" if isinstance(row, Theme) else "district.removed", None, row)
    return True


def _keep(home: Path, data: bytes, districts: Path, logo: bytes | None) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / CITY_FILE).write_bytes(data)
    if districts.resolve() != (home / DISTRICTS).resolve():
        shutil.copyfile(districts, home / DISTRICTS)
    if logo is None:
        (home / LOGO).unlink(missing_ok=True)
    else:
        (home / LOGO).write_bytes(logo)


def home_of(app: Any) -> Path:
    """Return the folder that holds the file of the city, its districts and its logo."""
    return Path(app.config["INSTANCE"]) / "city"


def example() -> str:
    """Return a city's file to begin with."""
    return _EXAMPLE


_EXAMPLE = '''# A city of its own. Fill this in, put districts.csv beside it, then: flask city init city.toml
name = "Musterstadt"
programme = "Unsere Stadt, unsere Ideen"
colour = "#0b4a52"            # of the head, buttons and links; dark enough to be read
# logo = "logo.png"           # PNG, JPEG or WebP beside this file
districts = "districts.csv"   # columns: number,slug,name,inhabitants,area_km2,source

# sign_language = ["home", "accessibility"]   # videos: city/sign/home.mp4, with home.jpg and home.vtt if you like

[operator]                    # who answers for the site; stands in the imprint
name = "Stadt Musterstadt"
address = "Rathausplatz 1, 12345 Musterstadt"

[accessibility]               # the statement on accessibility; what is not said here is true of the program as it is
checked_on = 2026-11-29
# mail = "barriere@musterstadt.example"
# mended = ["screen_readers"]   # known gaps that are no longer there

# [[accessibility.gaps]]        # further ones, in your words
# de = "Die Karte im Rathaus-Terminal ist nur mit der Maus zu bedienen."

# [accessibility.conciliation]  # outside Lower Saxony: the body of your state
# name = "Schlichtungsstelle …"

[[themes]]                    # de is needed; every other language of the program may follow
key = "WN"
de = "Wohnen und Nachbarschaft"
en = "Housing and neighbourhood"

[[themes]]
key = "AB"
de = "Arbeit und Bildung"
en = "Work and education"
'''
