"""When news may be written, read before everybody does, corrected and taken back."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.milestones.models import Update, UpdateState
from incubator.projects.lifecycle import Status

U = UpdateState
WAITING = frozenset({U.PROPOSED, U.RETURNED})
NOT_PUBLIC = _l("This is not public.")


def demand_public(project: Any) -> None:
    if not project.status.is_public or project.status is Status.REVOKED:
        raise RuleBroken(_l("News can be written once the project is public: from the award on."))


def demand_changeable(update: Update) -> None:
    """What was proposed may be changed until everybody can read it; after that it is corrected, and says so."""
    if update.state not in WAITING:
        raise RuleBroken(_l("This news does not wait any more."))


def demand_proposed(update: Update) -> None:
    if update.state is not U.PROPOSED:
        raise RuleBroken(_l("There is no news that waits to be read."))
    demand_public(update.project)


def demand_note(note: str) -> None:
    if not note.strip():
        raise RuleBroken(_l("Please say what the team should change."), "note")


def demand_correction(update: Update, changed: Collection[str], note: str) -> None:
    if update.state is not U.PUBLISHED:
        raise RuleBroken(NOT_PUBLIC)
    if not changed:
        raise RuleBroken(_l("Nothing was changed."))
    if not note.strip():
        raise RuleBroken(_l("Please say what you corrected, and why: everybody reads it."), "note")


def demand_withdrawable(update: Update) -> None:
    """News can be taken back while it is public or waits; it is not put back, but can be written anew."""
    if update.state is not U.PUBLISHED and update.state not in WAITING:
        raise RuleBroken(NOT_PUBLIC)
