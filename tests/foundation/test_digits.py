"""What is typed on Arabic and Persian keyboards means the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from incubator.foundation import digits


@pytest.mark.parametrize("text", [
    "2026-07-04", "۲۰۲۶-۰۷-۰۴", "٢٠٢٦-٠٧-٠٤", "4.7.2026", "04. 07. 2026", "04/07/2026", "4\u200f/7\u200f/2026",
    "2026/07/04", " ۴/۷/۲۰۲۶ ",
])
def test_a_day_is_read_as_people_type_it(text):
    assert digits.day(text) == date(2026, 7, 4)


@pytest.mark.parametrize("text", ["", "4.7.", "4.7.26", "31.2.2026", "2026-13-01", "2026-07/04", "heute", "٤",
                                  "20260704"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):
        digits.day(text)


def test_nobody_guesses_whether_the_month_comes_first():
    with pytest.raises(ValueError):
        digits.day("04/07/2026", slashes=False)


@given(some.dates(date(1000, 1, 1)), some.sampled_from("٠٦۰"))
def test_every_day_is_read_in_every_kind_of_digits(day, zero):
    first = ord(zero) if zero != "٦" else ord("0")
    assert digits.day(day.isoformat().translate({ord(str(n)): first + n for n in range(10)})) == day


@given(some.text())
def test_what_is_western_stays_as_it_is(text):
    assert digits.western(digits.western(text)) == digits.western(text)
