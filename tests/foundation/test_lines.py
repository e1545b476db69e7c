"""Catalogues are read where they lie: each says what it would say if it were read as a whole, and takes no memory."""

import io
import struct

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.support import Translations
from flask_babel import get_translations
from flask_babel import lazy_gettext as _l

from incubator.foundation import catalogues
from incubator.foundation.language import in_language
from incubator.foundation.lines import Catalogue

SAID = {"free": "frei", "": "", "Zeta": "Z", "alpha": "a", "ä": "ae", "free time": "Freizeit", "\U0001f600": "froh"}


@pytest.fixture
def small(tmp_path):
    """A catalogue with a sentence in a context, one with forms, and neighbours that begin alike."""
    made, file = Catalog(locale="ar"), tmp_path / "small.mo"
    for sentence, said in SAID.items():
        made.add(sentence, said)
    made.add("free", "lose", context="of a knot")
    made.add(("one day", "%(num)d days"), tuple("abcdef"))
    made.add(("free", "free ones"), tuple("uvwxyz"), context="of seats")
    with file.open("wb") as target:
        write_mo(target, made)
    with file.open("rb") as source:
        return Catalogue(source)


def _both(code):
    path = catalogues.catalogue_path(code).with_suffix(".mo")
    with path.open("rb") as file, path.open("rb") as again:
        return Translations(file), Catalogue(again)


@pytest.mark.parametrize("code", catalogues.translated())
def test_every_language_says_the_same_as_a_catalogue_that_is_read_as_a_whole(app, code):
    whole, ours = _both(code)
    assert dict(ours._catalog) == whole._catalog and len(whole._catalog) > 1000
    assert (ours.info(), ours.charset()) == (whole.info(), whole.charset())
    assert [ours.plural(number) for number in range(300)] == [whole.plural(number) for number in range(300)]
    for key, said in whole._catalog.items():
        assert ours._catalog[key] == said
        if isinstance(key, str) and key:
            assert ours.gettext(key) == whole.gettext(key)


def test_neighbours_contexts_and_forms_are_told_apart(small):
    assert {sentence: small.gettext(sentence) for sentence in SAID if sentence} == {
        sentence: said for sentence, said in SAID.items() if sentence}
    assert small.pgettext("of a knot", "free") == "lose"
    assert [small.ngettext("one day", "%(num)d days", number) for number in (0, 1, 2, 3, 11, 100)] == list("abcdef")
    assert small.npgettext("of seats", "free", "free ones", 2) == "w"


@pytest.mark.parametrize("word", [
    "", "fre", "free\0", "one day\0%(num)d days", "of a knot", "of a knot\x04", "\ud800", "\U0010ffff" * 3, "~",
    "A" * 999,
])
def test_what_it_lacks_comes_back_as_it_is(small, word):
    assert (small.gettext(word) == word) is (word != ""), "the empty sentence is the head, as everywhere"
    assert small.ngettext(word, "many", 2) == "many" and small.pgettext("nowhere", word) == word
    assert word == "" or word not in small._catalog


def test_only_sentences_that_were_asked_for_are_taken_into_memory(small):
    assert small._catalog.read == {}
    small.gettext("free"), small.gettext("never heard")
    assert set(small._catalog.read) == {"free"}


def test_a_sentence_that_knows_itself_only_later_is_found(app):
    with app.test_request_context(), in_language("de"):
        assert get_translations().gettext(_l("Sign out")) in ("Abmelden", "Sign out")


def test_pages_take_their_sentences_from_there(app):
    with app.test_request_context(), in_language("uk"):
        assert isinstance(get_translations(), Catalogue)
    with app.test_request_context(), in_language("en"):
        assert get_translations().gettext("Sign out") == "Sign out"


def test_a_file_that_was_compiled_elsewhere_is_refused():
    file = io.BytesIO(struct.pack(">I", Translations.LE_MAGIC) + bytes(24))
    file.name = "foreign.mo"
    with pytest.raises(OSError, match="magic"):
        Catalogue(file)
