"""What differs between two wordings, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Part:
    """Some words of one wording; changed are those that do not stand in the other."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Compared:
    """Both wordings in parts; put together these are the wordings again."""

    before: tuple[Part, ...]
    now: tuple[Part, ...]


def compare(before: str, now: str) -> Compared:
    old, new = WORD.findall(before), WORD.findall(now)
    steps = SequenceMatcher(None, old, new).get_opcodes()
    return Compared(
        tuple(_parts(before, ((kind, first, last) for kind, first, last, _first, _last in steps))),
        tuple(_parts(now, ((kind, first, last) for kind, _first, _last, first, last in steps))),
    )


def _parts(text: str, steps: Iterable[tuple[str, int, int]]) -> Iterator[Part]:
    """Cut a wording into parts; the spaces behind changed words are not marked with them."""
    cuts = _cuts(text)
    for kind, first, last in steps:
        part = text[cuts[first]:cuts[last]]
        if kind == "equal":
            yield Part(part)
        elif part:
            words = part.rstrip()
            yield Part(words, is_changed=True)
            yield Part(part[len(words):])


def _cuts(text: str) -> list[int]:
    """Return where each word begins, with the spaces behind it, and where the last one ends."""
    starts = [found.start() for found in WORD.finditer(text)]
    return [0, *starts[1:], len(text)] if starts else [len(text)]
