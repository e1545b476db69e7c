"""How words are folded so that people find what they mean, whatever keyboard, spelling or script they write with.

The same rules fold what is kept and what is asked for, so both databases need only compare letters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from incubator.foundation.folding import AFTER_VOWEL, LONGEST_TEXT, WORDS, spelled, words

FOLDING = 1  # raise it when these rules or those of folding change: the index is then made anew
LONGEST_QUERY = 100
MOST_WORDS = 6
MOST_BYTES = 400_000  # of one thing's tokens; PostgreSQL takes a million
SHORTEST_PART = 3
TITLE, WORD, ANY = "t", "w", "a"


def _parts(plain: str) -> Iterator[str]:
    """Give the ends of a word, so that "küche" finds the "Nachbarschaftsküche".

    In Arabic "and", "with" and "for" are one letter before the word; elsewhere a part begins behind two.
    """
    for start in range(1 if "\u0600" <= plain[:1] <= "\u06ff" else 2, len(plain) - SHORTEST_PART + 1):
        yield AFTER_VOWEL.sub("", plain[start:])


def tokens(mark: str, pieces: Iterable[tuple[str, bool]]) -> str:
    """Return what the index keeps of (text, is title) pieces: every word behind the marks of its kind and place.

    `mark` is the kind's letter. A word of a title is kept as TITLE, every word as WORD, and words with their ends as
    ANY. One token then answers one question, and the index need not know where in the text a word stands.
    """
    kept: dict[str, None] = {}
    size = 0
    for text, is_title in pieces:
        for found in WORDS.finditer(text[:LONGEST_TEXT]):
            for token in _tokens(mark, spelled(found[0]), is_title):
                if token not in kept:
                    kept[token] = None
                    size += len(token.encode()) + 1
            if size > MOST_BYTES:
                return " ".join(kept)
    return " ".join(kept)


def _tokens(mark: str, plain: str, is_title: bool) -> Iterator[str]:
    if not (word := AFTER_VOWEL.sub("", plain)):
        return
    if is_title:
        yield f"{mark}{TITLE}{word}"
    yield f"{mark}{WORD}{word}"
    yield f"{mark}{ANY}{word}"
    for part in _parts(plain):
        if len(part) >= SHORTEST_PART:
            yield f"{mark}{ANY}{part}"


@dataclass(frozen=True)
class Query:
    """What somebody looks for: folded words, all of which must be there."""

    words: tuple[str, ...]

    def tiers(self, mark: str) -> tuple[list[tuple[str, bool]], ...]:
        """Return, best first, (token, may go on) pairs that must all be there.

        Best is what says all of it in its title, then what says it in whole words, then what says it in parts.
        """
        return (
            [(f"{mark}{TITLE}{word}", len(word) > 1) for word in self.words],
            [(f"{mark}{WORD}{word}", False) for word in self.words],
            [(f"{mark}{ANY if len(word) >= SHORTEST_PART else WORD}{word}", len(word) > 1) for word in self.words],
        )

    def found_in(self, word: str) -> frozenset[str]:
        """Say which of the words somebody finds in a word of a text."""
        return frozenset(each for each in self.words if fits(each, word))


def asked(text: str) -> Query:
    """Read what somebody typed: signs mean nothing, doubled words nothing more."""
    return Query(tuple(dict.fromkeys(words(text[:LONGEST_QUERY])))[:MOST_WORDS])


@lru_cache(maxsize=20_000)
def fits(wanted: str, word: str) -> bool:
    """Say whether a folded word finds a word of a text: its beginning, or from three letters on any part of it."""
    plain = spelled(word)
    whole = AFTER_VOWEL.sub("", plain)
    if len(wanted) < 2:
        return whole == wanted
    if whole.startswith(wanted):
        return True
    if len(wanted) < SHORTEST_PART:
        return False
    return any(part.startswith(wanted) for part in _parts(plain))
