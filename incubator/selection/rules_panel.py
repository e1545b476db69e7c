"""What must hold about criteria, panel members and sheets; nothing here reads the database."""

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status

MOST_CRITERIA = 12
HEAVIEST = 100
LONGEST_REASON = 2000
LONGEST_URL = 500
PRESETS = (
    (_l("Need"), _l("How much does the city, or this district, need it?"), 3),
    (_l("Involvement"), _l("People with experience of migration develop and carry the project."), 3),
    (_l("Effect in the district"), _l("What changes for neighbours, and does it last?"), 2),
    (_l("Feasibility"), _l("Can this team do it in this time with these partners?"), 1),
    (_l("Costs"), _l("Are the costs fitting for what comes of them?"), 1),
)


class Ground(enum.StrEnum):
    """Why somebody takes no part in scoring a project (rules C1 and C2)."""

    TIES = "ties"
    DECLARED = "declared"
    TEAM = "team"
    MENTOR = "mentor"

    @property
    def label(self) -> Any:
        return GROUNDS[self]


GROUNDS = {
    Ground.TIES: _l("Ties of board, work or family with the carrier or a partner."),
    Ground.DECLARED: _l("A conflict of interest was declared."),
    Ground.TEAM: _l("Belongs to the team of the project."),
    Ground.MENTOR: _l("Accompanies the project as its mentor."),
}


def ground_label(kept: str) -> Any:
    """Return the sentence for a ground as it was kept with a sheet."""
    return GROUNDS.get(Ground(kept), "") if kept in set(Ground) else _l("Conflict of interest")


@dataclass(frozen=True)
class Filled:
    """What was filled in for one criterion; either half may still be missing."""

    points: int | None = None
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return self.points is None and not self.reason

    @property
    def is_whole(self) -> bool:
        return self.points is not None and bool(self.reason)


def demand_criterion(title: str, weight: int | None) -> None:
    if not title:
        raise RuleBroken(_l("Please write what the panel looks at."), "title")
    if weight is None or not 1 <= weight <= HEAVIEST:
        raise RuleBroken(_l("A weight lies between 1 and 100."), "weight")


def demand_room(number: int) -> None:
    if number >= MOST_CRITERIA:
        raise RuleBroken(_l("At most %(number)s criteria can be scored sensibly.", number=MOST_CRITERIA))


def demand_nobody_scored(sheets: int) -> None:
    if sheets:
        raise RuleBroken(_l("Somebody has begun to score. The criteria stay as they are now."))


def demand_open(is_closed: bool) -> None:
    if is_closed:
        raise RuleBroken(_l("The scoring of this round is closed."))


def demand_scorable(status: Status) -> None:
    if status is not Status.BUDGET_APPROVED:
        raise RuleBroken(_l("Only projects with an approved budget that are not decided yet can be scored. This one "
                            "stands at “%(status)s”.", status=status.label))


def demand_halves_fit(filled: Mapping[int, Filled], most: int) -> None:
    """Refuse points out of range, and points without a reason or a reason without points."""
    for number, each in filled.items():
        if each.points is not None and not 0 <= each.points <= most:
            raise RuleBroken(_l("Points lie between 0 and %(most)s.", most=most), f"points_{number}")
        if each.points is not None and not each.reason:
            raise RuleBroken(_l("Please write why in a sentence; points without a reason are not kept."),
                             f"reason_{number}")
        if each.points is None and each.reason:
            raise RuleBroken(_l("Please choose the points for this reason."), f"points_{number}")


def demand_complete(filled: Mapping[int, Filled], criteria: Collection[int]) -> None:
    """Refuse to hand in a sheet with gaps."""
    for number in criteria:
        each = filled.get(number, Filled())
        if each.points is None:
            raise RuleBroken(_l("Please choose the points here before you hand in."), f"points_{number}")
        if not each.reason:
            raise RuleBroken(_l("Please write why in a sentence before you hand in."), f"reason_{number}")


def demand_because(because: str) -> None:
    if not because.strip():
        raise RuleBroken(_l("You could read the sheets of others. Please write why you correct yours; it stands in the "
                            "minutes."), "because")


def paper_address(text: str) -> str:
    """Return the address of a council paper, or nothing; only https leads anywhere."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        wrong = parts.scheme != "https" or "." not in (parts.hostname or "") or bool(parts.username or parts.password)
    except ValueError:
        wrong = True
    if wrong or len(text) > LONGEST_URL or not text.isprintable() or any(sign in text for sign in " <>\"'\\`{}|^"):
        raise RuleBroken(_l("This is not the address of a paper. It begins with https:// and looks like "
                            "https://www.example.org/paper."), "url")
    return text
