"""How similar two titles are: by the groups of three letters that both have, whatever their script or spelling."""

from incubator.foundation.folding import words

MOST_ASKED = 40  # groups of a title that are looked for; longer titles are similar in their beginnings
FEWEST_ASKED = 3
BAR = 0.45
NO_WORDS = "   "  # stands for a title of signs only, so that it counts as indexed


def trigrams(title: str) -> frozenset[str]:
    """Return the groups of three letters in the words of a title; a space marks where a word begins."""
    found: set[str] = set()
    for word in words(title):
        marked = f" {word}".ljust(3)
        found.update(marked[start:start + 3] for start in range(len(marked) - 2))
    return frozenset(found)


def kept(title: str) -> frozenset[str]:
    """Return what is stored of a title, never nothing."""
    return trigrams(title) or frozenset({NO_WORDS})


def asked(title: str) -> list[str]:
    """Return which groups are looked for, none where too little was typed to mean anything."""
    found = sorted(trigrams(title))
    if len(found) < FEWEST_ASKED:
        return []
    step = max(1, -(-len(found) // MOST_ASKED))
    return found[::step]


def similarity(one: str, other: str) -> float:
    """Return how similar two titles are, from 0 to 1; half of it asks whether the shorter one is part of the longer."""
    mine, theirs = trigrams(one), trigrams(other)
    if not mine or not theirs:
        return 0.0
    both = len(mine & theirs)
    return both / (len(mine) + len(theirs)) + both / min(len(mine), len(theirs)) / 2
