"""What people wrote, made fit to stand in a document: data, never markup, and only what our fonts can draw."""

import bisect
import functools
import unicodedata
from pathlib import Path
from typing import Any

import config

COVERAGE = Path(config.ROOT) / "templates" / "documents" / "fonts" / "coverage.txt"
CANNOT_BE_DRAWN = "\N{REPLACEMENT CHARACTER}"
ISOLATE, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
DIRECTING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = frozenset("\u00ad\u034f\u200b\u2060\ufe0e\ufe0f\ufeff")
JOINERS = frozenset("\u200c\u200d")


def said(text: str, *, longest: int = 4000) -> str:
    """Return what somebody wrote as one run that cannot turn the words around it.

    Signs that would reorder the line are left out (an amount must read as it was decided), control characters too;
    what no font of ours can draw, such as an emoji, becomes a replacement character: PDF/UA refuses missing glyphs.
    """
    plain = _plain(text)[:longest].strip()
    return f"{ISOLATE}{plain}{END}" if plain else ""


def paragraphs(text: str, *, longest: int = 20_000) -> list[str]:
    """Return what somebody wrote in lines, each for itself."""
    lines = text[:longest].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for each in lines if (line := said(each))]


def _plain(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept = (sign for sign in spaced if sign not in DIRECTING and sign not in UNSEEN)
    return "".join(sign if sign in JOINERS or can_draw(sign) else _instead(sign) for sign in kept)


def _instead(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Mn", "Me") else CANNOT_BE_DRAWN


def can_draw(sign: str) -> bool:
    lows, highs = _ranges()
    at = bisect.bisect_right(lows, ord(sign)) - 1
    return at >= 0 and ord(sign) <= highs[at] and unicodedata.category(sign) not in ("Cc", "Cs")


@functools.cache
def _ranges() -> tuple[list[int], list[int]]:
    rows = [line.split("-") for line in COVERAGE.read_text().split()]
    return [int(low, 16) for low, _ in rows], [int(high, 16) for _, high in rows]


def without_isolates(value: Any) -> Any:
    """Return texts as they were before `said`, for a document's title, which readers show outside of any line."""
    return value.replace(ISOLATE, "").replace(END, "") if isinstance(value, str) else value
