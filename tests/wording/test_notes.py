"""Below a text stands what a reader must know of its words: which language, whose translation, how old."""

import pytest

from incubator.foundation.language import BY_CODE, in_language
from incubator.wording.models import Origin
from incubator.wording.notes import note
from incubator.wording.queries import Passage


def said(reader, language, **known):
    with in_language(reader):
        return note(Passage("Küche", language, **known), BY_CODE[reader])


def test_in_their_own_language_nothing_is_said(app):
    assert said("en", "en") == ""


def test_an_original_in_another_language_says_that_nobody_translated_it(app):
    assert said("en", "de") == "Written in German; there is no translation yet."


def test_readers_of_easy_language_hear_no_foreign_name(app):
    with in_language("en"):
        assert note(Passage("Küche", "de"), BY_CODE["de-simple"]) == "There is no text in easy language yet."


@pytest.mark.parametrize("origin", Origin)
def test_a_translation_says_whose_it_is(app, origin):
    assert said("en", "en", is_translation=True, origin=origin) == f"{origin.label}."


def test_an_older_translation_says_so_also_in_a_second_language(app):
    words = said("en", "tr", is_translation=True, origin=Origin.MACHINE, is_stale=True)
    assert words == ("You read this in Turkish. Translated by a machine. "
                     "The original has changed since then: this translation may be out of date.")


def test_no_words_need_no_note(app):
    with in_language("en"):
        assert note(Passage("", "de"), BY_CODE["en"]) == ""
