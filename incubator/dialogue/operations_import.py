"""Write down many findings at once, from a file that somebody has looked through."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from incubator.dialogue import queries_evidence, rules_import
from incubator.dialogue.operations_evidence import record_evidence
from incubator.dialogue.rules_import import Line
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken


@dataclass(frozen=True)
class Taken:
    """How many findings were stored, and the lines that were left out."""

    number: int
    left_out: tuple[int, ...]


def look_through(text: str) -> list[Line]:
    """Say of each line of a file what becomes of it; nothing is stored."""
    return rules_import.read(text, queries_evidence.places(), queries_evidence.known(), clock.today().year)


def take_findings(by, *, carried: str) -> Taken:
    """Store every line that can be taken, each with its entry in the book, or nothing."""
    lines = look_through(rules_import.unpacked(carried))
    good = [line.fields for line in lines if line.fields is not None]
    if not good:
        raise RuleBroken(_l("No line of this file can be taken. Nothing was stored."))
    for fields in good:
        record_evidence(by, **fields)
    return Taken(len(good), tuple(line.number for line in lines if line.fields is None))
