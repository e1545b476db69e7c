"""The office says where tiles lie, and brings in shapes by a command."""

import pytest

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme import queries, queries_shapes
from incubator.programme.operations import import_districts
from tests.programme import land


@pytest.fixture
def two(make):
    return make.district(name="Nordhang", tile_column=0, tile_row=0), make.district(name="Südufer", tile_column=1)


def test_a_tile_is_moved_and_taken_off_the_map(make, visit, two):
    office, (north, _south) = visit(make.person("coordinator")), two
    path = f"/en/desk/districts/{north.id}/tile"
    assert office.get(path).soup.select_one("#column")["value"] == "1"
    assert office.fill(path, column="9", row="2").status == 303
    assert (north.tile_column, north.tile_row) == (8, 1)
    assert "column 9, row 2" in office.get("/en/desk/districts").text
    assert office.fill(path, column="", row="").status == 303
    assert (north.tile_column, north.tile_row) == (None, None)
    assert "not on the map" in office.get("/en/desk/districts").text


@pytest.mark.parametrize(("column", "row", "field"), [
    ("0", "1", "column"), ("1", "10", "row"), ("", "1", "column"), ("1", "", "row"), ("1", "1", "column"),
    ("viel", "1", "column"), ("99999999999", "1", "column"),
])
def test_a_place_that_cannot_be_is_said_beside_its_field(make, visit, two, column, row, field):
    answer = visit(make.person("coordinator")).fill(
        f"/en/desk/districts/{two[1].id}/tile", column=column, row=row)
    assert answer.status == 422 and answer.soup.select_one(f"#{field}-error")


def test_reading_the_list_again_leaves_tiles_where_the_office_put_them(app):
    for _again in range(2):
        with transaction():
            import_districts("incubator/programme/districts.csv")
            district = queries.district_by_number("01")
            district.tile_column = 8
    assert district.tile_column == 8


@pytest.fixture
def flask(app):
    def run(*words):
        answer = app.test_cli_runner().invoke(args=["districts", *words])
        db.session.rollback()
        return answer

    return run


def _bring(flask, path, *more):
    return flask("import-shapes", str(path), "--source", "Amt", "--licence", "CC0", *more)


def test_a_command_brings_shapes_in_and_drops_them(flask, two, tmp_path):
    path = tmp_path / "city.geojson"
    path.write_bytes(land.city(["Nordhang", "Südufer"]))
    answer = _bring(flask, path)
    assert answer.exit_code == 0 and answer.output.startswith("2 shapes, ")
    assert queries_shapes.shape_set().source == "Amt"
    assert flask("drop-shapes").output == "2 shapes dropped\n"


def test_a_command_says_everything_that_does_not_fit(flask, two, tmp_path):
    path = tmp_path / "city.geojson"
    path.write_bytes(land.city(["Nordhang", "Atlantis"]))
    answer = _bring(flask, path)
    assert answer.exit_code == 1
    assert answer.output.splitlines()[0] == "Error: nothing was changed."
    assert "Feature 2: “Atlantis”" in answer.output and "Südufer” has no shape" in answer.output
    assert queries_shapes.shape_set() is None


def test_shapes_are_never_taken_without_source_and_licence(flask, two, tmp_path):
    path = tmp_path / "city.geojson"
    path.write_bytes(land.city(["Nordhang", "Südufer"]))
    assert flask("import-shapes", str(path), "--licence", "CC0").exit_code == 2
    assert flask("import-shapes", str(path), "--source", " ", "--licence", "CC0").exit_code == 1
