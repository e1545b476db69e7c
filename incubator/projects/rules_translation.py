"""The official language (§ 23 VwVfG): when a translation is asked for, and which day then counts as that of receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import named
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.rules import EDITABLE, FINISHED

FIELDS: Mapping[str, Any] = {
    "title": _l("Title"), "summary": _l("What is it about?"), "need": _l("Why is it needed?"),
    "audience": _l("For whom is it?"), "activities": _l("What do you want to do?"),
    "outcome": _l("What will be different afterwards?"),
}
LONGEST = {"title": 160, "summary": 1500, "need": 4500, "audience": 1500, "activities": 6000, "outcome": 3000}
LONGEST_TIME = timedelta(days=180)
REMIND_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class Translated:
    """One answer and its translation; stale once the original was changed afterwards."""

    field: str
    original: str
    text: str
    is_stale: bool = False

    @property
    def label(self) -> Any:
        return FIELDS[self.field]

    @property
    def is_done(self) -> bool:
        return bool(self.text) and not self.is_stale


def base(code: str) -> str:
    """German in easy language is German."""
    return code.partition("-")[0]


def is_foreign(project: Project) -> bool:
    return base(project.language) != base(project.round.official_language)


def may_ask(project: Project) -> bool:
    """Say whether the office can ask now, while it checks a proposal in another language; again once it has arrived."""
    return project.round.asks_translation and is_foreign(project) and not is_waited_for(project) \
        and project.status is Status.SUBMITTED


def is_waited_for(project: Project) -> bool:
    return project.translation_asked_on is not None and project.translation_received_on is None


def demand_may_ask(project: Project, due_on: date, today: date) -> None:
    if not project.round.asks_translation:
        raise RuleBroken(_l("This round asks for no translations."))
    if not is_foreign(project):
        raise RuleBroken(_l("The proposal is written in the official language already."))
    if is_waited_for(project):
        raise RuleBroken(_l("A translation has been asked for already."))
    if project.status is not Status.SUBMITTED:
        raise RuleBroken(_l("This proposal does not wait for a check: it stands at “%(status)s”.",
                            status=project.status.label))
    if not today < due_on <= today + LONGEST_TIME:
        raise RuleBroken(_l("The last day lies ahead, at most half a year."), "due_on")


def is_awaited(project: Project) -> bool:
    """Say whether the translation was asked for and has not arrived, in a proposal that has not ended."""
    asked, arrived = project.translation_asked_on, project.translation_received_on
    return asked is not None and arrived is None and project.status not in FINISHED


def demand_awaited(project: Project) -> None:
    if not is_awaited(project):
        raise RuleBroken(_l("No translation is waited for now."))


def may_write(project: Project) -> bool:
    """The translation is written until it arrives, and again while the proposal itself can be written on."""
    return is_awaited(project) or (project.translation_asked_on is not None and project.status in EDITABLE)


def demand_may_write(project: Project) -> None:
    if not may_write(project):
        raise RuleBroken(_l("No translation is waited for now."))


def demand_complete(pieces: list[Translated]) -> None:
    for piece in pieces:
        if not piece.is_done:
            raise RuleBroken(_l("Please translate this too; then you can hand the translation in."), piece.field)


def first_receipt(project: Project) -> date | None:
    """Return the day on which the proposal came for the first time, as the city counts days."""
    if project.received_on is not None or project.submitted_at is None:
        return project.received_on
    return project.submitted_at.astimezone(clock.CITY).date()


def day_of_receipt(first: date, due_on: date, arrived_on: date) -> date:
    """In time, the last day included, the day of the first receipt counts; later the day of the translation."""
    return first if arrived_on <= due_on else arrived_on


def is_in_time(project: Project) -> bool:
    arrived, due = project.translation_received_on, project.translation_due_on
    return arrived is not None and due is not None and arrived <= due


def official(project: Project) -> str:
    """Return the official language by its own name."""
    return named(project.round.official_language).name
