"""Bring in the shapes of the districts, or go back to the schematic map; and where a tile of that one lies."""

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.programme import queries, queries_shapes, rules_outlines, rules_shapes
from incubator.programme.models import District, DistrictShape, ShapeSet
from incubator.programme.operations_lists import MOST_TILES
from incubator.programme.rules_outlines import Drawing
from incubator.programme.rules_shapes import Known


def import_shapes(
    data: bytes, by, *, source: str, licence: str, licence_url: str = "", named_by: str | None = None,
) -> Drawing:
    """Replace the map by the shapes in a GeoJSON file; refused as a whole where one thing in it does not fit."""
    _demand_origin(source, licence, licence_url)
    districts = queries.districts()
    known = [Known(each.id, each.number, each.name, each.slug) for each in districts]
    shapes = rules_shapes.shapes_of(rules_shapes.features_of(data), known, named_by)
    drawing = rules_outlines.drawn(rules_shapes.flattened(shapes), {each.id: each.name for each in known})
    _clear()
    kept = ShapeSet(
        source=source.strip(), licence=licence.strip(), licence_url=licence_url.strip(), width=drawing.width,
        height=drawing.height, imported_at=clock.now(),
    )
    db.session.add(kept)
    db.session.add_all(
        DistrictShape(district_id=key, path=each.path, label_x=each.label_x, label_y=each.label_y)
        for key, each in drawing.outlines.items()
    )
    record("districts.shapes_imported", by, kept, shapes=len(drawing.outlines), size=drawing.size)
    return drawing


def _demand_origin(source: str, licence: str, licence_url: str) -> None:
    lengths = {"source": (source, 300), "licence": (licence, 120)}
    for name, (text, longest) in lengths.items():
        if not text.strip() or len(text.strip()) > longest or not text.isprintable():
            raise rules_shapes.Unfit(f"The {name} must be said, in one line of at most {longest} signs.")
    url = licence_url.strip()
    if url and not (url.startswith(("https://", "http://")) and url.isprintable() and len(url) <= 300):
        raise rules_shapes.Unfit("The licence's address must begin with https:// or http://.")


def drop_shapes(by) -> int:
    """Go back to the schematic map and return how many shapes there were."""
    kept, count = queries_shapes.shape_set(), queries_shapes.number_of_shapes()
    if kept is not None:
        record("districts.shapes_dropped", by, kept, shapes=count)
    _clear()
    return count


def _clear() -> None:
    db.session.execute(sa.delete(DistrictShape))
    db.session.execute(sa.delete(ShapeSet))


def place_tile(district: District, by, *, column: int | None, row: int | None) -> None:
    """Say where a district lies on the schematic map, counted from one; nothing at all takes it off the map."""
    if (column is None) != (row is None):
        raise RuleBroken(_l("Please give both, or neither."), "column" if column is None else "row")
    if column is None or row is None:
        district.tile_column = district.tile_row = None
    else:
        for name, value in (("column", column), ("row", row)):
            if not 1 <= value <= MOST_TILES:
                raise RuleBroken(_l("Please write a number between %(smallest)s and %(largest)s.",
                                    smallest=1, largest=MOST_TILES), name)
        _demand_room(district, column - 1, row - 1)
        district.tile_column, district.tile_row = column - 1, row - 1
    record("district.placed", by, district, column=column, row=row)


def _demand_room(district: District, column: int, row: int) -> None:
    for each in queries.districts():
        if each.id != district.id and (each.tile_column, each.tile_row) == (column, row):
            raise RuleBroken(_l("“%(name)s” lies there already.", name=each.name), "column")
