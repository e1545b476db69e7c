"""Where a passage stands in one language, what comes first, and whose words those of a person are."""

import enum
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Role
from incubator.wording.models import DraftState, Origin

AT_ONCE = 100  # so many things are published with one button, so many passages are asked of the machine


class Standing(enum.StrEnum):
    """Where one passage stands in one language; the order is that in which they are worked on."""

    STALE = "stale"
    MISSING = "missing"
    WAITING = "waiting"
    REVIEWED = "reviewed"
    DONE = "done"

    @property
    def label(self) -> str:
        return str(STANDING_LABELS[self])


STANDING_LABELS = {
    Standing.STALE: _l("The original has changed"),
    Standing.MISSING: _l("Missing"),
    Standing.WAITING: _l("Waits for a second reader"),
    Standing.REVIEWED: _l("Waits to be published"),
    Standing.DONE: _l("Up to date"),
}
TO_WRITE = (Standing.STALE, Standing.MISSING)


@dataclass(frozen=True)
class Words:
    """What there is of one passage in one language: published and drafted, each with the mark of its original."""

    text: str = ""
    made_from: str = ""
    origin: Origin | None = None
    author: str | None = None
    state: DraftState | None = None
    id: int = 0
    version: int = 0


def standing(original: str, published: Words | None, draft: Words | None) -> Standing:
    """Say where a passage stands; `original` is the mark of its words of today.

    A draft of older words, or one that is still written, changes nothing for those who look for work.
    """
    if draft is not None and draft.made_from == original and draft.state in (DraftState.READY, DraftState.REVIEWED):
        return Standing.WAITING if draft.state is DraftState.READY else Standing.REVIEWED
    if published is None:
        return Standing.MISSING
    return Standing.DONE if published.made_from == original else Standing.STALE


def version_of(marks: Iterable[str]) -> int:
    """Return the number of what a form was drawn from: it changes with every word of the original and of the drafts."""
    return zlib.crc32("\0".join(marks).encode()) & 0x7FFF_FFFF


def origin_of(person: Any, project: Any) -> Origin:
    """Say whose words somebody writes: those of the project's team, of the city, or of a volunteer."""
    if project is not None and project.part_of(person.id) & {"lead", "member"}:
        return Origin.AUTHOR
    return Origin.OFFICIAL if person.has_role(Role.COORDINATOR) else Origin.VOLUNTEER


def may_alone(person: Any, project: Any) -> bool:
    """Say whether somebody answers for words by themselves: the coordination, and a lead for their own project's."""
    is_lead = project is not None and "lead" in project.part_of(person.id)
    return bool(is_lead or person.has_role(Role.COORDINATOR))


def share(done: int, total: int) -> int:
    """Return whole percents, rounded down: a hundred means that nothing is missing."""
    return 100 if total == 0 else done * 100 // total


def machine_knows(language: str) -> bool:
    """Easy language is written by people: machines only make it shorter."""
    return "-" not in language
