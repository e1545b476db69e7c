"""What differs between two wordings, word by word."""

import re
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
    old_at, new_at = _cuts(before), _cuts(now)
    return Compared(
        tuple(Part(before[old_at[first]:old_at[last]], kind != "equal")
              for kind, first, last, _first, _last in steps if first < last),
        tuple(Part(now[new_at[first]:new_at[last]], kind != "equal")
              for kind, _first, _last, first, last in steps if first < last),
    )


def _cuts(text: str) -> list[int]:
    """Return where each word begins, with the spaces behind it, and where the last one ends."""
    starts = [found.start() for found in WORD.finditer(text)]
    return [0, *starts[1:], len(text)] if starts else [len(text)]
