"""Amounts: whole cents inside, each language's own way of writing them outside. No float comes near."""

import functools
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_currency, format_decimal, get_decimal_symbol, get_group_symbol

from incubator.foundation import digits, language

LARGEST_CENTS = 10_000_000_00
SPACES = "\u0020\u00a0\u2009\u202f"
SIGN = re.compile("€|EUR|eur")
LEFT = "\N{LEFT-TO-RIGHT MARK}"


class NotAnAmount(ValueError):
    """The text is not one amount, and only one, in the language it was written in."""


def parse(text: str, code: str) -> int:
    """Return the cents that a text means in a language: `1.234,56` in German, `1,234.56` in English.

    Never guesses: where a separator could mean two things, or stands in the wrong place, `NotAnAmount` is raised;
    so are negative amounts and those above ten million euros. Arabic digits may be used in every language,
    together with their own separators. Whoever does not read German copies receipts that are: an amount as the city
    prints it, with both its digits of cents (`45,50`), is read in every language, for it can mean nothing else.
    """
    text = digits.western(SIGN.sub("", unicodedata.normalize("NFC", text)))
    for group, decimal, least in _separators(code, text):
        if match := _pattern(group, decimal, least).fullmatch(text):
            whole = re.sub(r"\D", "", match["whole"])
            cents = int(whole) * 100 + int((match["part"] or "0").ljust(2, "0"))
            if cents <= LARGEST_CENTS:
                return cents
    raise NotAnAmount(text)


def _separators(code: str, text: str) -> list[tuple[str, str, int]]:
    """Return the signs that may part an amount, and how many digits of cents each way of writing must have."""
    if any(sign in text for sign in "٬٫"):
        return [("٬", "٫", 0)]
    own, printed = (
        (get_group_symbol(each.babel), get_decimal_symbol(each.babel))
        for each in (language.named(code), language.DEFAULT)
    )
    return [(*own, 0)] if own == printed else [(*own, 0), (*printed, 2)]


@functools.lru_cache(maxsize=32)
def _pattern(group: str, decimal: str, least: int) -> re.Pattern[str]:
    between = f"[{SPACES}]" if group in SPACES else re.escape(group)
    return re.compile(rf"(?P<whole>[0-9]{{1,12}}|[0-9]{{1,3}}(?:{between}[0-9]{{3}}){{1,4}})"
                      rf"(?:{re.escape(decimal)}(?P<part>[0-9]{{{least or 1},2}})){'' if least else '?'}")


@functools.lru_cache(maxsize=4096)
def format(cents: int, code: str) -> str:
    """Write an amount with its sign of currency, as the language does.

    Ukrainian would write the three letters: all languages show the one sign, as coins and receipts do. From right to
    left a minus would stand behind its number.
    """
    spoken = language.named(code)
    written = format_currency(Decimal(cents) / 100, "EUR", locale=spoken.babel).replace("EUR", "€")
    return written if spoken.dir == "ltr" else written.replace("-", f"{LEFT}-{LEFT}")


def plain(cents: int, code: str) -> str:
    """Write an amount without the sign of currency, so that `parse` reads it back."""
    return str(format_decimal(Decimal(cents) / 100, "#,##0.00", locale=language.named(code).babel))


def split(total: int, percents: Sequence[int]) -> list[int]:
    """Divide cents by percents that sum to a hundred; what rounding leaves goes to the last part."""
    parts = [total * percent // 100 for percent in percents]
    parts[-1] += total - sum(parts)
    return parts
