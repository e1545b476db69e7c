"""How words are folded, so that people find what they mean."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incubator.foundation.folding import LONGEST_WORD, folded, spelled, words
from incubator.progress import rules_search, rules_snippets
from incubator.progress.pages_search import Piece
from incubator.progress.rules_search import MOST_WORDS, asked, fits, tokens

german = st.text(alphabet="aeouäöüßnrstABER", min_size=1, max_size=15)


def finds(wanted, text):
    """Say whether the words kept of a text answer what is asked for."""
    kept = tokens("p", [(text, False)]).split()
    return any(
        all(any(each.startswith(token) if goes_on else each == token for each in kept) for token, goes_on in tier)
        for tier in asked(wanted).tiers("p")
    )


@given(st.text())
@example("ﷺ ½ İı ΐ ﬃ ς ǰ ̈ ‏")
def test_folding_twice_is_folding_once(text):
    for word in words(text):
        assert spelled(word) == word and folded(word) == word
        assert list(words(word)) in ([word], list(word))  # scripts without spaces are words of one letter


@given(st.text())
def test_what_is_kept_is_letters_and_digits_only(text):
    for token in tokens("p", [(text, True)]).split(" "):
        assert token == "" or (token.isalnum() and len(token) <= LONGEST_WORD + 2)


@given(st.text(min_size=1))
def test_every_text_is_found_by_each_of_its_words(text):
    for word in list(words(text))[:5]:
        assert finds(word, text)


@given(german)
def test_umlauts_are_found_however_they_are_typed(word):
    typed = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    bare = word.replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")
    assert folded(word) == folded(typed)
    if "e" not in word.lower():
        assert folded(word) == folded(bare)


@given(german, st.integers(1, 15))
def test_every_beginning_of_a_word_finds_it(word, length):
    beginning = folded(word[:length])
    if len(beginning) > 1:
        assert fits(beginning, word) and folded(word).startswith(beginning)


@given(st.text(alphabet="aeouxyzäß", max_size=14), st.text(alphabet="aeouxyzäß ", max_size=40))
def test_what_is_marked_is_what_the_index_finds(wanted, text):
    query = asked(wanted)
    if query.words:
        assert rules_snippets.says_all([Piece(text)], query) == finds(wanted, text)


@pytest.mark.parametrize(("wanted", "text"), [
    ("Fahrrader", "Fahrräder"), ("Fahrraeder", "Fahrräder"), ("FAHRRÄDER", "fahrraeder"), ("strasse", "Straße"),
    ("STRASSE", "straße"), ("küche", "Nachbarschaftsküche"), ("kueche", "Nachbarschaftskueche"), ("rad", "Fahrradkurs"),
    ("erlebnis", "Kinoerlebnis"), ("nachbar", "Nachbarschaftsküche"), ("istanbul", "İstanbul"), ("isik", "ışık"),
    ("ISIK", "ışık"), ("елка", "ёлка"), ("ЁЛКА", "елка"), ("lodz", "Łódź"), ("francais", "français"),
    ("احمد", "أحمد"), ("إحمد", "احمد"), ("مدرسه", "مدرسة"), ("علي", "على"), ("بيت", "الْبَيْتُ"), ("الحي", "حي"),
    ("بيت", "وبيتنا"), ("مطبخ", "مـطـبـخ"), ("۲۰۲۶", "2026"), ("2026", "٢٠٢٦"), ("می‌خواهم", "میخواهم"),
    ("本語", "日本語"), ("한국", "한국어"), ("cafe", "cafe\u0301"), ("ﬁnden", "finden"),
])
def test_one_finds_the_other(wanted, text):
    assert finds(wanted, text)


@pytest.mark.parametrize(("wanted", "text"), [
    ("küche garten", "Küche"), ("ad", "Fahrrad"), ("a", "an"), ("kuchen", "Küche"), ("rad", "Rat"),
])
def test_one_does_not_find_the_other(wanted, text):
    assert not finds(wanted, text)


@given(st.text())
def test_what_is_asked_is_short(text):
    assert len(asked(text * 50).words) <= MOST_WORDS


@pytest.mark.parametrize("text", ["", "🏠", "\u0301\u0308", "*", '"', "( ) + - ^ : {}", "%_\\", "\u202e", "ـــ"])
def test_signs_alone_ask_for_nothing(text):
    assert asked(text).words == ()


def test_one_thing_never_fills_the_index():
    huge = " ".join(f"{number}{'ü' * 60}" for number in range(20_000))
    assert len(tokens("p", [(huge, True)] * 9).encode()) < 2 * rules_search.MOST_BYTES
