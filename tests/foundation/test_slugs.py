"""Addresses are made from names in any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Förderrunde 2026 (Demo)", "foerderrunde-2026-demo"),
        ("Nachbarn am Bahndamm e.V.", "nachbarn-am-bahndamm-e-v"),
        ("IĞDIR'lı Kadınlar Çarşısı", "igdirli-kadinlar-carsisi"),
        ("Łódź & Co", "lodz-und-co"),
        ("Сад языков", "sad-yazykov"),
        ("Straße Ä", "strasse-ae"),
        ("  --  Über  -- ", "ueber"),
    ],
)
def test_names_are_spelled_in_ascii(name, slug):
    assert slug_of(name, lambda slug: False) == slug


def test_arabic_names_get_random_letters():
    assert re.fullmatch(r"p-[0-9a-f]{8}", slug_of("حديقة اللغات", lambda slug: False))


def test_a_taken_slug_gets_a_number():
    taken = {"garten", "garten-2"}
    assert slug_of("Garten", taken.__contains__) == "garten-3"


def test_long_names_end_with_a_whole_word():
    assert slug_of("Wort " * 30, lambda slug: False).endswith("-wort")


@given(st.text(max_size=300), st.sets(st.text(max_size=20)))
def test_every_text_has_a_free_slug(text, taken):
    slug = slug_of(text, taken.__contains__)
    assert slug not in taken
    assert len(slug) <= 60
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


@given(st.text(max_size=80))
def test_a_slug_is_found_even_where_almost_all_are_taken(text):
    seen = []

    def taken(slug):
        seen.append(slug)
        return len(seen) < 60

    assert len(slug_of(text, taken)) <= 60
