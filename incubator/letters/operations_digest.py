"""The letter of the day: what somebody wants to hear once a day, named together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incubator.letters import queries
from incubator.letters.models import Letter, LetterState, Wish
from incubator.letters.operations import write


@dataclass(frozen=True)
class Note:
    """One gathered letter as its digest names it."""

    subject: str
    link: str


def tell_day(person: Any, end: datetime) -> Letter | None:
    """Write somebody's letter of the day and note what it names as told; None where there is nothing to tell."""
    gathered = _wanted(person, queries.gathered(person.id, end))
    if not gathered:
        return None
    letter = write(person, "digest", key=queries.digest_key(person.id, end), number=len(gathered),
                   projects=_by_project(gathered))
    if letter is not None:
        for each in gathered:
            each.state = LetterState.TOLD
    return letter


def _wanted(person: Any, gathered: Iterable[Letter]) -> list[Letter]:
    """Give up what nobody is there to hear, or does not want to hear any more; return the rest."""
    is_there = person.is_active and person.mail
    never = {topic for topic, wish in queries.wishes(person.id).items() if wish is Wish.NEVER}
    kept = []
    for each in gathered:
        if is_there and each.topic not in never:
            kept.append(each)
        else:
            each.state, each.text, each.error = LetterState.FAILED, "", "not wanted" if is_there else "nobody to tell"
    return kept


def _by_project(letters: Any) -> list[tuple[str, list[Note]]]:
    """Group letters under their project's title, in the order in which each was first spoken of; others come last."""
    groups: dict[str, list[Note]] = {}
    for each in letters:
        project, _, link = each.text.partition("\n")
        groups.setdefault(project, []).append(Note(each.subject, link))
    return sorted(groups.items(), key=lambda group: not group[0])
