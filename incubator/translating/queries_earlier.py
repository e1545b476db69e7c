"""What an original said when its translation was made, where that is kept: of news every earlier wording is."""

from collections.abc import Sequence

from incubator.foundation.database import fingerprint
from incubator.milestones import queries as milestones
from incubator.translating.queries_thing import Piece, Thing
from incubator.translating.rules_difference import Compared, compare


def compared(thing: Thing, pieces: Sequence[Piece]) -> dict[str, Compared]:
    """Compare what was translated with what stands there now, by passage; those whose earlier words nobody kept lack.

    The mark of a translation's original says which of the earlier wordings it was.
    """
    changed = [each for each in pieces if each.old_mark]
    kept = milestones.versions(thing.id) if changed and thing.kind == "update" else []
    found = {}
    for piece in changed:
        for version, _person in kept:
            if fingerprint(before := getattr(version, piece.name)) == piece.old_mark:
                found[piece.name] = compare(before, piece.original)
    return found
