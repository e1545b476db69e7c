"""The best passage of what was found, cut between words, with the words one looked for marked."""

from collections.abc import Sequence

from incubator.foundation.folding import LONGEST_TEXT, WORDS, folded
from incubator.progress.pages import Marked
from incubator.progress.pages_search import Piece
from incubator.progress.rules_search import Query

LONGEST_SNIPPET = 190
BEFORE = 60
Span = tuple[int, int, frozenset[str]]


def spans(text: str, query: Query) -> list[Span]:
    """Return (start, end, words found) of each word of a text by which it is found."""
    seen: dict[str, frozenset[str]] = {}
    found = []
    for place in WORDS.finditer(text[:LONGEST_TEXT]):
        if (word := place[0]) not in seen:
            seen[word] = query.found_in(word) if folded(word) else frozenset()
        if seen[word]:
            found.append((place.start(), place.end(), seen[word]))
    return found


def says_all(pieces: Sequence[Piece], query: Query) -> bool:
    """Say whether a thing, as it stands there now, holds all that was looked for."""
    missing = set(query.words)
    for piece in pieces:
        for _start, _end, found in spans(piece.text, query):
            missing -= found
        if not missing:
            return True
    return not missing


def snippet(pieces: Sequence[Piece], query: Query, reader: str) -> Marked | None:
    """Choose the passage that says most of it, the reader's language first where several say as much, names last.

    A title stands above the snippet anyway, so another passage comes before it.
    """
    best: tuple[tuple[int, bool, bool, bool], Piece, list[Span]] | None = None
    for piece in pieces:
        text = " ".join(piece.text.split())
        found = spans(text, query)
        said: frozenset[str] = frozenset().union(*(words for _start, _end, words in found))
        worth = (len(said), piece.language == reader, piece.language != "", not piece.is_title)
        if found and (best is None or worth > best[0]):
            best = (worth, Piece(text, piece.language, piece.is_title), found)
    if best is None:
        return None
    _worth, piece, found = best
    return marked(piece, found, *_window(piece.text, found))


def beginning(piece: Piece) -> Marked:
    """Return how a passage begins, for what is found by its title."""
    text = " ".join(piece.text.split())
    return marked(Piece(text, piece.language), [], 0, _end(text, LONGEST_SNIPPET))


def whole(piece: Piece, query: Query) -> Marked:
    """Return all of a title, marked."""
    return marked(piece, spans(piece.text, query), 0, len(piece.text))


def _window(text: str, found: Sequence[Span]) -> tuple[int, int]:
    """Choose where to begin and to end: around the place that says most of what was looked for."""
    def worth(first: int) -> int:
        within = [words for start, end, words in found[first:first + 20] if end <= found[first][0] + LONGEST_SNIPPET]
        return len(frozenset().union(*within))

    first = found[max(range(min(len(found), 50)), key=lambda place: (worth(place), -place))]
    start = _start(text, first[0] - BEFORE, first[0])
    return start, max(_end(text, start + LONGEST_SNIPPET), min(first[1], start + 2 * LONGEST_SNIPPET))


def _start(text: str, wanted: int, latest: int) -> int:
    if wanted <= 0:
        return 0
    space = text.find(" ", wanted, latest)
    return latest if space < 0 else space + 1


def _end(text: str, wanted: int) -> int:
    """End before the word that does not fit any more; a word without end is cut."""
    if wanted >= len(text):
        return len(text)
    space = text.rfind(" ", wanted - LONGEST_SNIPPET // 2, wanted + 1)
    return wanted if space < 0 else space


def marked(piece: Piece, found: Sequence[Span], start: int, end: int) -> Marked:
    parts, at = [("…", False)] if start > 0 else [], start
    for first, last, _words in found:
        if first < at or last > end:
            continue
        parts += [(piece.text[at:first], False), (piece.text[first:last], True)]
        at = last
    parts.append((piece.text[at:end] + ("…" if end < len(piece.text) else ""), False))
    return Marked(tuple(part for part in parts if part[0]), piece.language)
