"""How values are written: nothing acts in a spreadsheet, nothing is lost, amounts are exact."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from incubator.opendata import values, writer_csv, writer_ods, writer_xlsx
from incubator.opendata.fields import Table, amount, known_by, text
from incubator.opendata.sheets import Sheet, sheet

TABLE = Table("things", "Dinge", "Things", (known_by("Nummer", "Number"), text("said", "Wort", "Word"),
                                          amount("worth", "Wert", "Worth")), ("id",))
ACTS = re.compile(r"\s*[=+\-@]|[\t\r\n]")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
TEMPTING = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "\t=", "\r", "\n", " =", "", "'="]), WORDS)


@given(TEMPTING)
def test_no_cell_acts_and_its_words_are_all_there(said):
    cell = values.guarded(said)
    assert not ACTS.match(cell)
    assert cell in (said, f"'{said}")


@given(st.lists(TEMPTING, max_size=5))
def test_a_csv_file_reads_back_as_it_was_written(tmp_path_factory, said):
    path = tmp_path_factory.mktemp("csv") / "things.csv"
    rows = [{"id": str(number), "said": each, "worth": None} for number, each in enumerate(said)]
    writer_csv.write(path, TABLE, rows)
    read = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
    assert [row["said"] for row in read] == [values.guarded(each) for each in said]


@given(st.integers(-10**12, 10**12))
def test_an_amount_is_the_same_in_json(cents):
    written = values.dumped({"worth": Decimal(cents).scaleb(-2)})
    assert json.loads(written, parse_float=Decimal, parse_int=Decimal)["worth"] == Decimal(cents).scaleb(-2)


def test_an_amount_has_both_digits_everywhere():
    assert values.cell(TABLE.fields[2], Decimal("5")) == "5.00"
    assert values.cell(TABLE.fields[2], Decimal("1234.5"), comma=True) == "1234,50"


def test_hostile_words_leave_a_workbook_whole(tmp_path):
    said = ["=cmd|' /C calc'!A0", "\x00\x0b\x1f", "a" * 40_000, "\u202eنص\u202c", "<b>&amp;</b>", "🪴",
            "\ufffe", "x\ny"]
    rows = [{"id": str(number), "said": each, "worth": Decimal("0.01")} for number, each in enumerate(said)]
    writer_xlsx.write(tmp_path / "x.xlsx", [sheet(TABLE, lambda: rows)], "Dinge")
    writer_ods.write(tmp_path / "x.ods", [sheet(TABLE, lambda: rows)])
    read = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["things"].iter_rows(min_row=2))
    assert len(read) == len(said)
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in read for cell in row)
    with zipfile.ZipFile(tmp_path / "x.ods") as archive:
        etree.fromstring(archive.read("content.xml"))


def test_what_is_too_long_for_a_sheet_goes_on_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr("incubator.opendata.sheets.LONGEST_SHEET", 3)
    rows = [{"id": str(number), "said": "x", "worth": None} for number in range(7)]
    writer_xlsx.write(tmp_path / "x.xlsx", [Sheet("things", TABLE.fields, lambda: rows)], "Dinge")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [(each.title, each.max_row) for each in book] == [("things", 4), ("things 2", 4), ("things 3", 2)]


def test_a_table_that_describes_itself_wrongly_is_a_fault():
    try:
        values.line(TABLE, {"id": "1"})
    except ValueError as fault:
        assert "said" in str(fault)
    else:
        raise AssertionError("nobody noticed")
