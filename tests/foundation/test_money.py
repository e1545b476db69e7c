"""Amounts are read in the language they are written in, and never guessed."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from incubator.foundation import money
from incubator.foundation.language import BY_CODE

CENTS = some.integers(0, money.LARGEST_CENTS)
CODES = some.sampled_from(sorted(BY_CODE))


@pytest.mark.parametrize(("text", "code", "cents"), [
    ("1.234,56", "de", 123456),
    ("1234,5", "de", 123450),
    ("1.500", "de", 150000),
    ("12 €", "de", 1200),
    ("0", "de", 0),
    ("1,234.56", "en", 123456),
    ("€1,500", "en", 150000),
    ("1.50", "en", 150),
    ("١٬٢٣٤٫٥٠", "ar", 123450),
    ("١٢٣٤", "ar", 123400),
    ("1,234.50", "ar", 123450),
    ("۱۲", "de", 1200),
    ("45,50", "ar", 4550),
    ("٤٥,٥٠", "ar", 4550),
    ("1.234,56", "en", 123456),
    ("۱٬۲۳۴٫۵۰", "fa", 123450),
    ("۱٬۲۳۴٫۵۰ €", "de", 123450),
    ("۴۵،۵۰", "fa", 4550),
    ("١،٢٣٤", "ar", 123400),
    ("1 234,56", "ru", 123456),
    ("1\u202f234,56 €", "fr", 123456),
    ("1 234,56 EUR", "uk", 123456),
    ("€12.345,60", "tr", 1234560),
    ("12,5", "pl", 1250),
])
def test_an_amount_is_read_as_its_language_writes_it(text, code, cents):
    assert money.parse(text, code) == cents


@pytest.mark.parametrize(("text", "code"), [
    ("1.50", "de"), ("1,234.56", "de"), ("1,5", "en"), ("1،5", "fa"), ("۱۲/۵", "fa"), ("1.50", "pl"),
    ("1,234.56", "de-simple"),
    ("1,5", "ar"), ("12,34.56", "ar"), ("1.2345", "de"),
    ("12,345", "de"), ("-5", "de"), ("", "de"), ("abc", "de"), ("1e3", "de"), ("1.23.456", "de"), ("1 2", "de"),
    ("99999999999", "de"), ("½", "de"), ("NaN", "en"), ("1,", "de"), (",5", "de"), ("1..000", "de"),
])
def test_what_could_mean_two_things_is_refused(text, code):
    with pytest.raises(money.NotAnAmount):
        money.parse(text, code)


@given(CENTS, CODES)
def test_what_is_written_is_read_back(cents, code):
    assert money.parse(money.plain(cents, code), code) == cents
    assert money.parse(money.format(cents, code), code) == cents


@given(some.text(max_size=20), CODES)
def test_any_text_is_an_amount_or_refused(text, code):
    with contextlib.suppress(money.NotAnAmount):
        assert 0 <= money.parse(text, code) <= money.LARGEST_CENTS


@given(CENTS, some.lists(some.integers(1, 60), min_size=1, max_size=5))
def test_the_parts_of_a_sum_are_the_sum(total, percents):
    assert sum(money.split(total, percents)) == total


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_language_writes_the_one_sign_of_currency(code):
    assert "€" in money.format(123450, code)
    assert "EUR" not in money.format(123450, code)


@pytest.mark.parametrize(("code", "written"), [
    ("de", "-12,50\u00a0€"), ("ar", "\u200f\u200e-\u200e12.50\u00a0€"), ("fa", "\u200e-\u200e\u200e€\u00a012.50"),
])
def test_what_is_missing_has_its_minus_before_the_number(code, written):
    assert money.format(-1250, code) == written


def test_instalments_of_fifty_forty_and_ten():
    assert money.split(7600_00, [50, 40, 10]) == [3800_00, 3040_00, 760_00]
