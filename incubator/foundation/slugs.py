"""Readable parts of addresses, made from what people call things."""

import re
import secrets
import unicodedata
from collections.abc import Callable

LONGEST = 60
TRIES = 50

_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфыэіїєґ",
        ("a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "y", "e",
         "i", "yi", "ye", "g"),
        strict=True,
    )
)
_CYRILLIC |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "yo"}
_CYRILLIC |= {"ь": "", "ъ": ""}
_LETTERS = str.maketrans(
    _CYRILLIC
    | {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ı": "i", "ł": "l"}
    | {"đ": "d", "þ": "th", "&": " und ", "'": "", "’": ""}
)


def plain(text: str) -> str:
    """Return text in lower-case ASCII words joined by hyphens; scripts we do not transliterate leave nothing."""
    lower = unicodedata.normalize("NFC", text).replace("İ", "i").lower()
    spelled = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in spelled if not unicodedata.combining(sign))).strip("-")


def slug_of(text: str, taken: Callable[[str], bool]) -> str:
    """Return a free slug of at most sixty ASCII characters; a number is added where the plain one is taken.

    Where nothing can be spelled in ASCII (Arabic, Chinese, signs only) it is "p-" and random letters.
    """
    base = _cut(plain(text), LONGEST) or _random()
    if not taken(base):
        return base
    for number in range(2, TRIES):
        numbered = f"{_cut(base, LONGEST - 4)}-{number}"
        if not taken(numbered):
            return numbered
    return f"{_cut(base, LONGEST - 12)}-{secrets.token_hex(5)}"


def _random() -> str:
    return f"p-{secrets.token_hex(4)}"


def _cut(slug: str, length: int) -> str:
    """Shorten at a hyphen where there is one late enough, so that no word ends in the middle."""
    if len(slug) <= length:
        return slug
    short = slug[:length]
    at = short.rfind("-") if slug[length] != "-" else length
    return (short[:at] if at > length // 2 else short).strip("-")
