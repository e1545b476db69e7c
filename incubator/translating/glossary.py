"""The words of this programme in every language, so that one thing is called the same by everybody who translates."""

import csv
import functools
from collections.abc import Sequence
from dataclasses import dataclass

import config
from incubator.foundation.folding import words

FILE = config.ROOT / "incubator" / "translations" / "glossary.csv"
MOST = 12


@dataclass(frozen=True)
class Term:
    """A word that was found, and what it is called in the other language."""

    word: str
    other: str


@functools.cache
def rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def found(text: str, source: str, target: str) -> list[Term]:
    """Return the terms that occur in a text, also with other endings, in the order of the list."""
    said = list(words(text))
    terms = []
    for row in rows():
        word, other = row.get(source, ""), row.get(target, "")
        if word and other and word != other and _occurs(list(words(word.partition(":")[0])), said):
            terms.append(Term(word, other))
    return terms[:MOST]


def _occurs(term: Sequence[str], said: Sequence[str]) -> bool:
    places = range(len(said) - len(term) + 1)
    return bool(term) and any(all(map(_is_form_of, said[place:place + len(term)], term)) for place in places)


def _is_form_of(said: str, word: str) -> bool:
    """Say whether a word is another one with an ending; short words have short ones."""
    return said.startswith(word) and len(said) - len(word) <= (3 if len(word) > 5 else 2)
