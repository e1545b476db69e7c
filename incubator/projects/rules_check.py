"""What the office looks at in a proposal, point by point; a round without points is checked the simple way."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.models_proposal import CheckMark, CheckResult

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Point:
    """One point of the round's list and what was found at it, if anybody has looked; `key` names it in a form."""

    text: str
    result: CheckResult | None = None
    note: str = ""

    @property
    def key(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:10]

    @property
    def is_missing(self) -> bool:
        return self.result is CheckResult.MISSING


def points(texts: Sequence[str], marks: Iterable[CheckMark]) -> list[Point]:
    """Return the round's points in their order; marks of points that the round no longer has are left aside."""
    found = {mark.point: mark for mark in marks}
    return [
        Point(text, found[text].result, found[text].note) if text in found else Point(text)
        for text in dict.fromkeys(texts)
    ]


def missing(found: Iterable[Point]) -> list[Point]:
    return [each for each in found if each.is_missing]


def words_of(found: Iterable[Point]) -> str:
    """Write what is missing as the return of the proposal begins with it: one point in each line."""
    return "\n".join(f"{each.text}: {each.note}" if each.note else each.text for each in missing(found))


def other_words(reason: str, found: Iterable[Point]) -> str:
    """Return what a return of the proposal says besides the points, which are shown as a list."""
    return "" if reason == words_of(found) else reason


def demand_checking(project: Project) -> None:
    if project.status is not Status.SUBMITTED:
        raise RuleBroken(_l("This proposal does not wait for a check: it stands at “%(status)s”.",
                            status=project.status.label))


def demand_known(marks: Mapping[str, Any], texts: Iterable[str]) -> None:
    """Refuse a point that the round does not have any more: its list was changed meanwhile."""
    if not set(marks) <= set(texts):
        raise RuleBroken(_l("The points of this round were changed meanwhile. Please look at them again."))


def demand_nothing_missing(found: Iterable[Point]) -> None:
    first = next(iter(missing(found)), None)
    if first is not None:
        raise RuleBroken(_l("Something is still missing: %(point)s. Return the proposal, or mark the point anew.",
                            point=first.text))


def step_named_in(point: str, steps: Mapping[str, str]) -> str | None:
    """Return the step at which a point can be mended: the one whose name it begins with, as in “Carrier: …”."""
    name, colon, _rest = point.partition(":")
    wanted = name.strip().casefold()
    return next((key for key, label in steps.items() if colon and wanted in (key, label.casefold())), None)
