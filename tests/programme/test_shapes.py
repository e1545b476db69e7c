"""The districts' shapes come from a file as a whole or not at all."""

import json

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.programme import operations_shapes, queries_shapes, rules_outlines, rules_shapes
from incubator.programme.models import DistrictShape
from incubator.programme.rules_shapes import Known, Unfit
from tests.programme import land

NAMES = ("Nordhang", "Südufer", "Am Tor/Alte Mühle", "Mitte", "Weststadt", "Oststadt")
ORIGIN = {"source": "Amt für Beispiele", "licence": "CC0"}
KNOWN = [Known(place, f"{place:02}", name, rules_shapes.plain(name)) for place, name in enumerate(NAMES, 1)]


@pytest.fixture
def city(make):
    return [make.district(name=name, slug=rules_shapes.plain(name)) for name in NAMES]


def take(data, **more):
    with transaction():
        return operations_shapes.import_shapes(data, None, **(ORIGIN | more))


def lines(data, named_by=None, known=KNOWN):
    with pytest.raises(Unfit) as unfit:
        rules_shapes.shapes_of(rules_shapes.features_of(data), known, named_by)
    return list(unfit.value.lines)


def drawn(data, named_by=None):
    shapes = rules_shapes.shapes_of(rules_shapes.features_of(data), KNOWN, named_by)
    return rules_outlines.drawn(rules_shapes.flattened(shapes), {each.id: each.name for each in KNOWN})


def test_shapes_are_kept_with_their_origin_and_a_word_in_the_journal(any_database, city):
    take(land.city(NAMES), licence_url="https://example.org/cc0")
    kept = queries_shapes.shape_set()
    assert (kept.source, kept.licence, kept.licence_url) == ("Amt für Beispiele", "CC0", "https://example.org/cc0")
    assert queries_shapes.number_of_shapes() == len(NAMES)
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "districts.shapes_imported"))
    assert entry.data["shapes"] == len(NAMES)


def test_new_shapes_take_the_place_of_the_old(any_database, city):
    take(land.city(NAMES))
    before = db.session.scalar(sa.select(DistrictShape.path).order_by(DistrictShape.district_id).limit(1))
    take(land.city(NAMES[::-1]))
    after = db.session.scalar(sa.select(DistrictShape.path).order_by(DistrictShape.district_id).limit(1))
    assert before != after and queries_shapes.number_of_shapes() == len(NAMES)


def test_dropping_goes_back_to_the_tiles(any_database, city):
    take(land.city(NAMES))
    with transaction():
        assert operations_shapes.drop_shapes(None) == len(NAMES)
    assert queries_shapes.shape_set() is None and queries_shapes.number_of_shapes() == 0


def test_what_is_refused_leaves_the_old_map(city):
    take(land.city(NAMES))
    with pytest.raises(Unfit):
        take(land.city(NAMES[1:]))
    assert queries_shapes.number_of_shapes() == len(NAMES)


@pytest.mark.parametrize("origin", [
    {"source": " "}, {"licence": ""}, {"source": "x" * 301}, {"licence": "a\nb"},
    {"licence_url": "javascript:alert(1)"},
])
def test_shapes_without_a_proper_origin_are_refused(city, origin):
    with pytest.raises(Unfit):
        take(land.city(NAMES), **origin)


def test_districts_are_found_by_name_in_any_spelling():
    assert len(drawn(land.city([name.upper() for name in NAMES])).outlines) == len(NAMES)
    assert len(drawn(land.city(["nordhang", "suedufer", "am-tor-alte-muehle", *NAMES[3:]])).outlines) == len(NAMES)


@pytest.mark.parametrize("numbers", [range(1, 7), ("01", "02", "03", "04", "05", "06")])
def test_districts_are_found_by_number_where_it_is_said_which_property_holds_it(numbers):
    data = land.city(list(numbers), key="nr")
    assert len(drawn(data, "nr").outlines) == len(NAMES)
    assert "--property" in lines(data)[0] and "nr" in lines(data)[0]


def test_everything_wrong_is_said_and_not_only_the_first():
    data = land.collection(
        land.feature("Nordhang", land.ring(0, 0)), land.feature("Atlantis", land.ring(1, 0)),
        land.feature("nordhang", land.ring(2, 0)), land.feature("Südufer", land.ring(0, 1)[:-1]),
        land.feature("Mitte", land.ring(1, 1)), land.feature("Oststadt", land.ring(2, 1)),
    )
    assert lines(data) == [
        "Feature 2: “Atlantis” is no district of the city.", "Feature 3: “Nordhang” was feature 1 already.",
        "Feature 4: a ring is not closed.", "District 03 “Am Tor/Alte Mühle” has no shape in the file.",
        "District 05 “Weststadt” has no shape in the file.",
    ]


@pytest.mark.parametrize(("geometry", "sentence"), [
    (None, "no Polygon"), ({"type": "Point", "coordinates": [8, 52]}, "no Polygon"),
    ({"type": "Polygon", "coordinates": []}, "empty"), ({"type": "Polygon", "coordinates": [[]]}, "four positions"),
    ({"type": "Polygon", "coordinates": [[[8, 52], [8, 53], [9, 52], [8, "52"]]]}, "pair of numbers"),
    ({"type": "Polygon", "coordinates": [[[8, 52], [8, 53], [9, True], [8, 52]]]}, "pair of numbers"),
    ({"type": "Polygon", "coordinates": [[[8, 52], [8, 53], [8, 53], [8, 52]]]}, "no area"),
    ({"type": "Polygon", "coordinates": [[[8, 52], [8, 1e12], [9, 52], [8, 52]]]}, "outside"),
    ({"type": "MultiPolygon", "coordinates": [[]]}, "empty"),
    ({"type": "MultiPolygon", "coordinates": {"a": 1}}, "empty"),
])
def test_a_broken_geometry_is_named(geometry, sentence):
    features = json.loads(land.city(NAMES))["features"]
    features[0]["geometry"] = geometry
    (line,) = lines(land.collection(*features))
    assert line.startswith("Feature 1: ") and sentence in line


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"type": "FeatureCollection"}', b"[" * 100_000,
    b'{"type": "FeatureCollection", "features": []}', b'{"type": "Feature", "geometry": null}',
    b'{"type": "FeatureCollection", "features": [NaN]}', b"9" * 10_000,
])
def test_what_is_no_collection_of_features_is_refused(data):
    assert lines(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(rules_shapes, "LARGEST_FILE", 100)
    assert "larger than" in lines(land.city(NAMES))[0]


def test_more_than_a_city_is_refused():
    features = json.loads(land.city(NAMES))["features"]
    features[0]["geometry"]["coordinates"] = [land.ring(400, 0)]
    assert "larger than a city" in lines(land.collection(*features))[0]
