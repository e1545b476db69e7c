"""Words as they are compared: what people type and what they mean in one spelling, in every script.

Used where things are searched for and where similar ones are found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_WORD = 40
LONGEST_TEXT = 20_000

_joined = "".join(
    sign for number in range(0x1_0000) if unicodedata.category(sign := chr(number)) in ("Mn", "Mc", "Me", "Cf")
)
_ALONE = "฀-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # scripts without spaces
WORDS = re.compile(rf"[{_ALONE}][{re.escape(_joined)}]*|[^\W_{_ALONE}](?:[^\W_{_ALONE}]|[{re.escape(_joined)}ـ])*")
_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=..)")
AFTER_VOWEL = re.compile(r"(?<=[aou])e+")
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ґ": "г", "ς": "σ",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك",
    "ء": None, "ـ": None,
})


@lru_cache(maxsize=20_000)
def spelled(word: str) -> str:
    """Return a word in plain letters and digits: small, without accents, in one spelling of each letter."""
    while (simpler := _simpler(word)) != word:
        word = simpler
    return word


def _simpler(word: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    letters = "".join(
        str(unicodedata.digit(sign, sign)) for sign in apart.translate(_LETTERS) if sign.isalnum()
    )
    return _ARTICLE.sub("", letters)[:LONGEST_WORD]


def folded(word: str) -> str:
    """Return a word as it is compared: ä, ae and a are one, as are ö, oe, o and ü, ue, u."""
    return AFTER_VOWEL.sub("", spelled(word))


def words(text: str) -> Iterator[str]:
    """Give the folded words of a text, in their order."""
    for found in WORDS.finditer(text[:LONGEST_TEXT]):
        if word := folded(found[0]):
            yield word
