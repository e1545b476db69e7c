"""What people write is data: it is printed as it stands, turns nothing around, and breaks no document."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.documents.writable import ISOLATE, can_draw, paragraphs, said
from incubator.foundation.transaction import transaction
from tests.documents.reading import Structure, text_of

MARKUP = '#panic() #let x = 1; $x^2$ *fett* _kursiv_ = Titel [ ] { } <label> @ref `raw` \\ ~ // /* "'


@pytest.mark.parametrize("language", ["de", "ar"])
def test_markup_is_printed_and_not_obeyed(awarded, office, language):
    with transaction():
        awarded.title, awarded.summary = MARKUP, f"{MARKUP}\n\n= Kein Titel\n#import \"letter.typ\""
    data = office.made(awarded, "award_notice", language)
    text = text_of(data)
    assert "#panic() #let x = 1; $x^2$ *fett* _kursiv_ = Titel [ ]" in text
    assert "= Kein Titel" in text
    assert Structure(data).tags.count("H1") == 1


def test_signs_that_turn_a_line_are_left_out(awarded, office):
    with transaction():
        awarded.title = "Küche \u202e€ 00,000.9\u202c Ende"
    assert "\u202e" not in text_of(office.made(awarded, "award_notice"))


def test_what_no_font_draws_becomes_a_mark(awarded, office):
    with transaction():
        awarded.title = "Kochen \N{COOKING} 中 \ue000 für alle"
    assert "Kochen \ufffd \ufffd \ufffd für alle" in text_of(office.made(awarded, "award_notice"))


def test_arabic_stands_shaped_in_a_german_document(awarded, office):
    with transaction():
        awarded.title, awarded.language = "مطبخ الجيران", "ar"
    data = office.made(awarded, "award_notice")
    assert {"NotoSans-Regular", "Vazirmatn-Regular"} <= Structure(data).fonts
    text = text_of(data)  # the reader gives words in the order of the line, letters in that of the word
    assert "مطبخ" in text
    assert "الجيران" in text


def test_cyrillic_and_turkish_are_drawn(awarded, office):
    with transaction():
        awarded.title = "Кухня сусідів · İğneada Çarşısı · Łódź"
    assert "Кухня сусідів · İğneada Çarşısı · Łódź" in text_of(office.made(awarded, "award_notice"))


def test_an_arabic_document_carries_arabic_letters(awarded, office):
    seen = Structure(office.made(awarded, "award_notice", "ar"))
    assert seen.fonts == {"NotoSans-Regular", "NotoSans-Bold", "Vazirmatn-Regular", "Vazirmatn-Bold"}


def test_empty_and_blank_stay_empty():
    assert said("") == said(" \n\t") == said("\u202e\ufeff") == ""
    assert paragraphs("\n\n \n") == []


def test_lines_become_paragraphs():
    assert [each.strip("\u2068\u2069") for each in paragraphs("eins\r\n\r\nzwei\rdrei")] == ["eins", "zwei", "drei"]


@given(st.text(max_size=200))
def test_what_is_said_can_be_drawn(text):
    shown = said(text)
    assert shown == "" or shown[0] == ISOLATE
    assert all(can_draw(sign) or sign in "\u200c\u200d" for sign in shown[1:-1])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_makes_a_document(awarded, office, text):
    shown = said(text)
    data = office.set(awarded, "award_notice", project=shown, summary=paragraphs(text), to=[shown], number=shown)
    assert data.startswith(b"%PDF")
