"""The letter of the day: what somebody wants to hear once a day, named together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incubator.letters import queries
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import write


@dataclass(frozen=True)
class Note:
    """One gathered letter as its digest names it."""

    subject: str
    link: str


def tell_day(person: Any, end: datetime) -> Letter | None:
    """Write somebody's letter of the day and note what it names as told; None where there is nothing to tell."""
    gathered = queries.gathered(person.id, end)
    if not gathered:
        return None
    if not person.is_active or not person.mail:
        for each in gathered:
            each.state, each.text, each.error = LetterState.FAILED, "", "nobody to tell"
        return None
    letter = write(person, "digest", key=queries.digest_key(person.id, end), number=len(gathered),
                   projects=_by_project(gathered))
    if letter is not None:
        for each in gathered:
            each.state = LetterState.TOLD
    return letter


def _by_project(letters: Any) -> list[tuple[str, list[Note]]]:
    """Group letters under their project's title, in the order in which each was first spoken of; others come last."""
    groups: dict[str, list[Note]] = {}
    for each in letters:
        project, _, link = each.text.partition("\n")
        groups.setdefault(project, []).append(Note(each.subject, link))
    return sorted(groups.items(), key=lambda group: not group[0])
