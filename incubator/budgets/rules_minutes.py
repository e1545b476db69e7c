"""What the minutes of a round say: each decision, who took it, and who did not take part and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from incubator.foundation.clock import CITY


@dataclass(frozen=True)
class Absence:
    """Somebody who took no part in a decision; `ground` is a sentence, `since` and `until` when it holds."""

    person_id: int
    name: str
    ground: Any
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Decision:
    """One decision about one project; `by` holds names with the role in which each decided."""

    at: datetime
    project_id: int
    project_title: str
    project_language: str
    what: Any
    result: Any
    by: Sequence[tuple[str, Any]]
    decided_by_ids: frozenset[int]
    absent: Sequence[Absence] = field(default=())

    @property
    def day(self) -> date:
        return self.at.astimezone(CITY).date()


def absent_on(absences: Iterable[Absence], day: date, decided: frozenset[int]) -> list[Absence]:
    """Return who took no part on a day, each once with the first ground; never somebody who decided."""
    found: dict[int, Absence] = {}
    for each in absences:
        if each.holds_on(day) and each.person_id not in decided:
            found.setdefault(each.person_id, each)
    return sorted(found.values(), key=lambda each: each.name)
