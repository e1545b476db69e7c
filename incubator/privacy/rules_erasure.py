"""Who can be forgotten, by whom, and until when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Role
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.privacy.models import ErasureState
from incubator.projects.lifecycle import Stage, Status

MONTHS = 1
NEEDED = (Role.COORDINATOR, Role.ADMINISTRATOR)
LAST = {
    Role.COORDINATOR: _l("You are the only coordinator. Somebody else must get this role first."),
    Role.ADMINISTRATOR: _l("You are the only administrator. Somebody else must get this role first."),
}
DECIDED = _l("This request was decided already.")
OVER = (Status.DRAFT, Status.COMPLETED, *(status for status in Status if status.stage is Stage.ENDED))


@dataclass(frozen=True)
class Standing:
    """What keeps somebody from being forgotten today: roles nobody else holds, projects nobody else leads."""

    only: Collection[Role] = ()
    leads: Sequence[str] = ()

    @property
    def hindrances(self) -> list[Any]:
        found = [LAST[role] for role in NEEDED if role in self.only]
        return found + [
            _l("You are the only lead of “%(project)s”, which is under way. Hand it over to somebody first: make "
               "somebody else of the team its lead.", project=title) for title in self.leads
        ]


def due_on(asked: date) -> date:
    """Return the last day of an answer: one month (Art. 12 (3) GDPR)."""
    return months_on(asked, MONTHS)


def demand_standing(standing: Standing) -> None:
    for sentence in standing.hindrances:
        raise RuleBroken(sentence)


def demand_open(state: ErasureState) -> None:
    if state is not ErasureState.ASKED:
        raise RuleBroken(DECIDED)


def demand_second(person_id: int, by: Any) -> None:
    """Nobody carries out their own request; None stands for a backup that is brought back, or the clock."""
    if by is not None and by.id == person_id:
        raise RuleBroken(_l("This is your own request. A second person carries it out."))


def until(ended: date | None, years: int) -> date | None:
    """Return the last day on which papers stay, None while the project goes on."""
    return months_on(ended, 12 * years) if ended is not None else None
