"""The passage that is shown with what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.progress import rules_snippets
from incubator.progress.pages_search import Piece
from incubator.progress.rules_search import asked

LONG = "Wort " * 100 + "Küche " + "Ende " * 100


def told(text, wanted, reader="de", language="de"):
    return rules_snippets.snippet([Piece(text, language)], asked(wanted), reader)


@given(st.text(max_size=400), st.text(max_size=10))
def test_a_snippet_is_a_piece_of_the_text(text, wanted):
    found = told(text, wanted)
    if found is not None:
        said = str(found).removeprefix("…").removesuffix("…")
        assert said in " ".join(text.split())
        assert len(said) <= 2 * rules_snippets.LONGEST_SNIPPET
        assert any(is_marked for _text, is_marked in found.parts)


def test_it_is_cut_between_words():
    found = str(told(LONG, "küche"))
    assert found.startswith("…Wort ") and found.endswith("Ende…") and "Küche" in found


def test_the_words_are_marked_and_nothing_else():
    found = told("Die Nachbarschaftsküche kocht.", "kueche")
    assert found.parts == (("Die ", False), ("Nachbarschaftsküche", True), (" kocht.", False))


def test_it_stands_where_most_of_the_words_are():
    text = "Rad " + "Wort " * 80 + "Küche und Rad " + "Wort " * 80
    assert "Küche und Rad" in str(told(text, "küche rad"))


@pytest.mark.parametrize(("reader", "language"), [("de", "de"), ("ar", "ar"), ("en", "de")])
def test_the_readers_language_comes_first(reader, language):
    pieces = [Piece("Küche auf Deutsch", "de"), Piece("Küche بالعربية", "ar")]
    assert rules_snippets.snippet(pieces, asked("küche"), reader).language == language


def test_the_passage_that_says_more_comes_before_the_readers_language():
    pieces = [Piece("Küche", "de"), Piece("Küche und Garten", "en")]
    assert rules_snippets.snippet(pieces, asked("küche garten"), "de").language == "en"


def test_a_word_without_end_is_cut():
    assert len(str(told("ü" * 5000, "uuuu"))) <= 2 * rules_snippets.LONGEST_SNIPPET + 2
