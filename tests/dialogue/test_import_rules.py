"""A file of findings is read line by line, and every line that is refused says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.dialogue import rules_import
from incubator.dialogue.models import EvidenceKind
from incubator.dialogue.rules_import import MOST_BYTES, Places
from incubator.foundation.errors import RuleBroken

PLACES = Places({"t1": 1, "wohnen": 1, "verkehr": 2}, {"01": 7, "1": 7, "innenstadt": 7})
HEAD = "kind;statement;count;base;pct;year;source;theme;district;language;languages;indicator;licence"
GOOD = "survey;Treffpunkte fehlen;37;90;;2025;Befragung, S. 12;T1;Innenstadt;de;de ar;Frauen;CC BY 4.0"


def read(*lines, head=HEAD, known=()):
    return rules_import.read("\n".join([head, *lines]), PLACES, known, 2026)


def refusal(line, head=HEAD):
    (read_line,) = read(line, head=head)
    assert read_line.fields is None
    return read_line.column, str(read_line.reason)


def test_a_good_line_becomes_a_finding(app):
    (line,) = read(GOOD)
    assert line.number == 2
    assert line.fields == {
        "kind": EvidenceKind.SURVEY, "statement": "Treffpunkte fehlen", "count": 37, "base": 90, "pct": None,
        "year": 2025, "source": "Befragung, S. 12", "theme_id": 1, "district_id": 7, "language": "de",
        "languages": ["de", "ar"], "indicator": "Frauen", "licence": "CC BY 4.0",
    }


@pytest.mark.parametrize(("change", "column", "words"), [
    (("37;", "4;"), "count", "Fewer than five"), (("37;", "viele;"), "count", "whole number"),
    (("37;", "=37+1;"), "count", "whole number"), (("37;", "91;"), "count", "More people"),
    ((";90", ";"), "base", "of how many"), (("2025", ""), "year", "year"), (("2025", "2031"), "year", "year"),
    (("Befragung, S. 12", ""), "source", "where this is written"), (("T1", "T9"), "theme", "no theme"),
    (("T1", ""), "theme", "no theme"), (("Innenstadt", "Atlantis"), "district", "no district"),
    (("survey", "rumour"), "kind", "not known"), ((";de;", ";xx;"), "language", "not known"),
    (("de ar", "de klingonisch"), "languages", "not known"),
    (("Treffpunkte fehlen", " "), "statement", "what is needed"),
    (("Treffpunkte fehlen", "x" * 201), "statement", "too long"), (("Frauen", "a\x07b"), "indicator", "cannot be kept"),
])
def test_a_bad_line_says_which_column_and_why(app, change, column, words):
    where, reason = refusal(GOOD.replace(*change, 1))
    assert where == column
    assert words in reason


@pytest.mark.parametrize(("cell", "stored"), [("Social-space analysis", EvidenceKind.SOCIAL_SPACE_ANALYSIS),
                                              ("MILIEU_STUDY", EvidenceKind.MILIEU_STUDY)])
def test_a_kind_is_known_by_its_key_and_by_its_name(app, cell, stored):
    (line,) = read(GOOD.replace("survey", cell))
    assert line.fields["kind"] is stored


def test_a_percentage_may_carry_its_sign_and_no_district_means_the_city(app):
    (line,) = read("survey;Treffpunkte fehlen;;;41 %;2025;Befragung;wohnen;;;;;")
    assert (line.fields["pct"], line.fields["district_id"], line.fields["language"]) == (41, None, "de")


def test_the_same_finding_is_taken_once(app):
    first, second, other = read(GOOD, GOOD.upper().replace("SURVEY", "survey"), GOOD.replace("Frauen", "Männer"))
    assert first.fields and other.fields
    assert (second.fields, str(second.reason)) == (None, "Line 2 says the same.")
    known = {("treffpunkte fehlen", "frauen", "befragung, s. 12", 2025, 1, 7)}
    (again,) = read(GOOD, known=known)
    assert (again.fields, str(again.reason)) == (None, "This finding is written down already.")


def test_a_refused_line_does_not_stand_in_the_way_of_a_good_one(app):
    bad, good = read(GOOD.replace("37;", "3;"), GOOD)
    assert bad.fields is None and good.fields


def test_commas_tabs_other_columns_and_another_order_are_fine(app):
    head, line = "year,remark,theme,source,statement,kind,pct", "2025,x,wohnen,\"A, B\",Es fehlt,survey,50"
    for delimiter in (",", "\t"):
        text = [each.replace(",", delimiter) if delimiter != "," else each for each in (head, line)]
        (found,) = read(text[1], head=text[0])
        assert found.fields["source"].startswith("A")


def test_lines_are_counted_as_in_the_file(app):
    two = GOOD.replace("Treffpunkte fehlen", "\"Treffpunkte\nfehlen\"")
    lines = read("", two, "", GOOD.replace("37;", "3;"))
    assert [(line.number, bool(line.fields)) for line in lines] == [(3, True), (6, False)]
    assert lines[0].fields["statement"] == "Treffpunkte fehlen"


@pytest.mark.parametrize("text", ["", "\n\n", HEAD, "statement;count\nx;5", "a\nb", "\"" + "x" * 200_000])
def test_a_file_without_findings_is_refused_as_a_whole(app, text):
    with pytest.raises(RuleBroken) as broken:
        rules_import.read(text, PLACES, (), 2026)
    assert broken.value.field == "file"


def test_too_many_lines_are_refused_as_a_whole(app):
    with pytest.raises(RuleBroken, match="too many"):
        read(*[GOOD] * 2001)


@pytest.mark.parametrize("data", ["Bürger wünschen Räume".encode(), "Bürger wünschen Räume".encode("cp1252"),
                                  b"\xef\xbb\xbf" + "Bürger wünschen Räume".encode()])
def test_what_excel_saves_is_read(data):
    assert rules_import.text_of(data) == "Bürger wünschen Räume"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", "Text".encode("utf-16"), b"\x81\x8d\x8f",
                                  b"x" * (MOST_BYTES + 1)])
def test_what_is_no_text_or_too_large_is_refused(app, data):
    with pytest.raises(RuleBroken) as broken:
        rules_import.text_of(data)
    assert broken.value.field == "file"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_waits_in_the_page_comes_back_as_it_was(text):
    assert rules_import.unpacked(rules_import.packed(text)) == text


@pytest.mark.parametrize("carried", ["", "x", "ä", "eJw=", rules_import.packed("x" * 2_000_000),
                                     rules_import.packed("text")[:-6]])
def test_what_was_changed_on_its_way_is_refused(app, carried):
    with pytest.raises(RuleBroken, match="arrive whole"):
        rules_import.unpacked(carried)
