"""Tables that spreadsheets open as they are meant."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import tables


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_no_cell_begins_a_formula_and_none_breaks_its_row(words):
    written = tables.written([["a"] * len(words), words]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [len(words)] * 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", " ")) for cell in rows[1])


def test_a_cell_that_could_act_stands_behind_a_mark():
    assert tables.cell(" \n=HYPERLINK(1)") == "'=HYPERLINK(1)"
