"""An edition's files say what is public, in every format the same, and are checked by what others read them with."""

import csv
import json
import zipfile
from decimal import Decimal

import csvw
import ezodf
import frictionless
import openpyxl
import pytest

from incubator.opendata.tables import TABLES
from tests.opendata.world import build, make_all, unpack


@pytest.fixture
def files(app, make, tmp_path):
    build(make)
    assert make_all() == 2
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return unpack(folder)


def test_both_databases_give_the_same_kinds_of_rows(any_database, make, tmp_path):
    build(make)
    make_all()
    folder = unpack(tmp_path)
    assert {table.name: len(_rows(folder / f"{table.name}.csv")) for table in TABLES} == {
        "rounds": 1, "themes": 1, "districts": 1, "evidence": 1, "workshops": 1, "ideas": 1, "organisations": 3,
        "projects": 2, "milestones": 2, "updates": 1, "partners": 3, "pledges": 1, "money": 2, "budget_lines": 8,
        "payments": 1}


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_there_with_its_rows(files):
    filled = {table.name for table in TABLES if _rows(files / f"{table.name}.csv")}
    assert filled == {table.name for table in TABLES}


def test_frictionless_finds_nothing_wrong(files):
    report = frictionless.validate(str(files / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_csv_on_the_web_finds_nothing_wrong(files):
    assert csvw.CSVW(str(files / "csv-metadata.json"), validate=True).is_valid


def test_no_cell_of_a_csv_file_acts(files):
    project = _rows(files / "projects.csv")[0]
    assert project["title"] == "'=Küche; \"für alle\"\nmit Garten"
    assert project["summary"].startswith("'@alle")
    assert _rows(files / "milestones.csv")[0]["title"].startswith("'-")


def test_what_german_excel_opens_has_its_marks(files):
    raw = (files / "money-excel.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfproject;awarded;")
    assert b";5000,00;2500,00;300,00;0,00" in raw


def test_lines_of_json_hold_exact_amounts(files):
    rows = [json.loads(line, parse_float=Decimal) for line in (files / "money.jsonl").read_text().splitlines()]
    assert [row["awarded"] for row in rows] == [Decimal("5000.00"), Decimal("1234.56")]
    project = json.loads((files / "projects.jsonl").read_text().splitlines()[0])
    assert project["title"] == '=Küche; "für alle"\nmit Garten'
    assert project["uri"] == "http://localhost/projects/projekt-1"


def test_excel_reads_the_same_and_no_formula(files):
    book = openpyxl.load_workbook(files / "tables.xlsx", read_only=False)
    assert book.sheetnames == ["readme", *(table.name for table in TABLES)]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    head, _first, second = list(book["money"].values)
    assert dict(zip(head, second, strict=True))["awarded"] == 1234.56
    for table in TABLES:
        assert book[table.name].max_row == 1 + len(_rows(files / f"{table.name}.csv")), table.name


def test_libreoffice_reads_the_same(files):
    book = ezodf.opendoc(str(files / "tables.ods"))
    sheets = {sheet.name: sheet for sheet in book.sheets}
    assert list(sheets) == ["readme", *(table.name for table in TABLES)]
    money = [[cell.value for cell in row] for row in sheets["money"].rows()]
    assert money[2][:2] == ["projekt-2", 1234.56]
    title = [cell.value for cell in list(sheets["projects"].rows())[1]][3]
    assert title.splitlines() == ['=Küche; "für alle"', "mit Garten"]
    with zipfile.ZipFile(files / "tables.ods") as archive:
        assert archive.infolist()[0].filename == "mimetype" and not archive.infolist()[0].compress_type


def test_the_archive_holds_all_others(files):
    with zipfile.ZipFile(files / "all.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) | {"all.zip", "rows.keys"} == {each.name for each in files.iterdir()}
        assert archive.read("datapackage.json") == (files / "datapackage.json").read_bytes()
