"""Digits and signs as people type them: Arabic and Persian keyboards have their own, and mean the same."""

import re
from datetime import date

WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛٪", "01234567890123456789,;%")
MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})")
SLASHES = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")


def western(text: str) -> str:
    """Write digits, commas and percent signs as a program reads them; marks that only turn the writing are left out."""
    return MARKS.sub("", text).translate(WESTERN).strip()


def day(text: str, slashes: bool = True) -> date:
    """Read a day as a browser sends it or as people type it; `slashes` says that the day comes first between them.

    English readers write both 3/4 and 4/3: nobody guesses which. A `ValueError` says that it is no day.
    """
    text = western(text)
    for shape in (YEAR_FIRST, DAY_FIRST, SLASHES) if slashes else (YEAR_FIRST, DAY_FIRST):
        if match := shape.fullmatch(text):
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
    raise ValueError(text)
