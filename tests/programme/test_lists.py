"""Themes and districts."""

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from incubator.programme import operations, queries
from incubator.programme.operations_lists import DISTRICTS, TILES

HEAD = "number,slug,name,inhabitants,area_km2,source\n"
GOOD = "01,innenstadt,Innenstadt,9742,1.71,Statistik\n"


def _import(path):
    with transaction():
        return operations.import_districts(path)


def _file(folder, text):
    path = folder / "districts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_database_gets_six_themes_and_every_district(app):
    with transaction():
        operations.set_up()
    assert [theme.name("de") for theme in queries.themes()] == [
        "Wohnen und Nachbarschaft", "Verkehr und Mobilität", "Arbeit und Bildung", "Kultur und Ehrenamt",
        "Stadt und Stadtbild", "Ankommen in Deutschland",
    ]
    assert len(queries.districts()) == 23
    assert queries.district_by_number("00") is None


def test_setting_up_again_changes_nothing(app):
    for _again in range(2):
        with transaction():
            operations.set_up()
    assert (len(queries.themes()), len(queries.districts())) == (6, 23)
    with transaction():
        assert operations.set_up_themes() == 0
    assert _import(DISTRICTS) == (0, 0)


def test_every_theme_has_its_name_in_every_language(app):
    with transaction():
        operations.set_up_themes()
    for theme in queries.themes():
        assert set(theme.names) == set(BY_CODE)


def test_figures_and_sources_are_kept_as_they_are(app):
    _import(DISTRICTS)
    district = queries.district_by_number("01")
    assert (district.inhabitants, district.area_hectares) == (9742, 171)
    assert "KOSMOS" in district.source
    assert district.migration_share_pct is None


def test_no_two_districts_share_a_tile(app):
    _import(DISTRICTS)
    tiles = [(district.tile_column, district.tile_row) for district in queries.districts()]
    assert None not in {part for tile in tiles for part in tile}
    assert len(set(tiles)) == 23


def test_the_tiles_know_exactly_the_districts():
    numbers = {row["number"] for row in csv.DictReader(DISTRICTS.open())} - {"00"}
    assert {row["number"] for row in csv.DictReader(TILES.open())} == numbers


def test_a_new_figure_is_a_change(app, tmp_path):
    assert _import(_file(tmp_path, HEAD + GOOD)) == (1, 0)
    assert _import(_file(tmp_path, HEAD + GOOD.replace("9742", "9800"))) == (0, 1)
    assert queries.district_by_number("01").inhabitants == 9800


def test_a_share_needs_its_source_and_year(app, tmp_path):
    head = HEAD.strip() + ",migration_share_pct,migration_share_source,migration_share_year\n"
    _import(_file(tmp_path, head + GOOD.strip() + ",34,Statistisches Jahrbuch,2024\n"))
    assert queries.district_by_number("01").migration_share_pct == 34
    with pytest.raises(RuleBroken):
        _import(_file(tmp_path, head + GOOD.strip() + ",35,,\n"))


@pytest.mark.parametrize(
    "line",
    [
        "x1,a,A,1,1.0,S", "02,Ä,A,1,1.0,S", "02,a,,1,1.0,S", "02,a,A,-1,1.0,S", "02,a,A,1,far,S", "02,a,A,1,NaN,S",
        "02,a,A,1,1.0,", "01,b,B,1,1.0,S", "02,innenstadt,B,1,1.0,S", "02,a,A,1", "02,a,A,1,1.0,S,more",
        "02,a,A,1,-5,S", "02,a,A,99999999999,1.0,S", "02,a,A,1,1e99,S",
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(app, tmp_path, line):
    with pytest.raises(RuleBroken) as broken:
        _import(_file(tmp_path, HEAD + GOOD + line + "\n"))
    assert "3" in str(broken.value.sentence)
    assert queries.districts() == []


@pytest.mark.parametrize("data", [b"", b"number,name\n01,A\n", b"\xff\xfe\x00", b"\x00" * 50])
def test_what_is_no_list_is_refused(app, tmp_path, data):
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    with pytest.raises(RuleBroken):
        _import(path)


def test_a_file_that_is_not_there_is_refused(app, tmp_path):
    with pytest.raises(RuleBroken):
        _import(tmp_path / "nothing.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=8), max_size=5))
def test_any_table_is_taken_or_refused_and_never_a_fault(app, tmp_path, rows):
    path = tmp_path / "any.csv"
    with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
        file.write(HEAD)
        csv.writer(file).writerows(rows)
    try:
        _import(path)
    except RuleBroken as broken:
        assert str(broken.sentence)
