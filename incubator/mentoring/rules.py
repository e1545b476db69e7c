"""What must hold about mentors, talks and agreed steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.mentoring.models import AssignmentState, SessionKind
from incubator.projects.lifecycle import Status
from incubator.projects.models import TEAM, Part

MOST_STEPS = 5
LONGEST_MINUTES = 720
TALKING = frozenset({
    Status.MENTORING, Status.BUDGET_REVIEW, Status.BUDGET_APPROVED, Status.WAITLISTED, Status.AWARDED, Status.ACTIVE,
    Status.SUSPENDED, Status.REPORTING, Status.REPORT_SUBMITTED, Status.RECOVERY,
})
FINDING = TALKING | {Status.SUBMITTED, Status.RETURNED}
OPEN = frozenset({AssignmentState.PROPOSED, AssignmentState.ACCEPTED})

CLOSING_TOO = TALKING | {Status.COMPLETED}
PLANNING = frozenset({
    Status.MENTORING, Status.BUDGET_REVIEW, Status.BUDGET_APPROVED, Status.WAITLISTED, Status.AWARDED,
})
TO_CLOSE = frozenset({Status.REPORTING, Status.REPORT_SUBMITTED, Status.RECOVERY, Status.COMPLETED})

AgreedWith = tuple[str, Any, date | None]


@dataclass(frozen=True)
class Facts:
    """What is known of somebody who could mentor a project."""

    is_mentor: bool
    is_active: bool
    parts: frozenset[Part]
    is_asked: bool
    has_declared_conflict: bool
    ties: frozenset[int]
    load: int


def obstacle(facts: Facts, names: Mapping[int, str], largest: int) -> Any | None:
    """Return the sentence that says why somebody may not mentor a project (C1, C2, load), None where they may.

    `names` are the organisations concerned: carrier and partners by id; `ties` those on whose board somebody sits,
    where they are employed, or whose board members they are related to.
    """
    if not facts.is_active or not facts.is_mentor:
        return _l("Is not in the pool of city mentors.")
    if facts.parts & set(TEAM):
        return _l("Belongs to the team of this project.")
    if facts.is_asked:
        return _l("Was already asked.")
    if facts.has_declared_conflict:
        return _l("Has declared a conflict of interest.")
    if common := sorted(names[number] for number in facts.ties & names.keys()):
        return _l("Is on the board of %(name)s, employed there, or related to its board.", name=common[0])
    if facts.load >= largest:
        return _l("Accompanies %(number)s projects already; that is the limit of this round.", number=facts.load)
    return None


def demand_free(sentence: Any | None) -> None:
    if sentence is not None:
        raise RuleBroken(_l("This person cannot mentor the project. %(sentence)s", sentence=sentence), "person_id")


def demand_finding(status: Status) -> None:
    if status not in FINDING:
        raise RuleBroken(_l("A mentor is looked for between the submission and the end of a project. "
                            "This one stands at “%(status)s”.", status=status.label))


def demand_open_question(state: AssignmentState) -> None:
    if state is not AssignmentState.PROPOSED:
        raise RuleBroken(_l("This question was answered already."))


def demand_reason(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken(_l("Please give a reason in one sentence."), "reason")
    return reason.strip()


def may_talk(status: Status, kind: SessionKind | None = None, *, is_closed: bool = False) -> bool:
    """Say whether a talk can be written down; once a project is completed only the closing talk, and that once."""
    return status in TALKING or (status is Status.COMPLETED and kind is SessionKind.CLOSING and not is_closed)


def demand_talk(
    status: Status, held_on: date, minutes: int, next_on: date | None, today: date, *,
    kind: SessionKind = SessionKind.ACCOMPANIMENT, is_closed: bool = False,
) -> None:
    if not may_talk(status, kind, is_closed=is_closed):
        if status is Status.COMPLETED:
            raise RuleBroken(_l("The project is completed. Only one closing talk can still be written down."), "kind")
        raise RuleBroken(_l("Talks are written down from the admission on. This project stands at “%(status)s”.",
                            status=status.label))
    if held_on > today:
        raise RuleBroken(_l("A talk is written down when it has taken place."), "held_on")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise RuleBroken(_l("A talk lasts between one minute and twelve hours."), "minutes")
    if next_on is not None and next_on < held_on:
        raise RuleBroken(_l("The next talk comes after this one."), "next_on")


def demand_steps(steps: Sequence[AgreedWith]) -> None:
    if len(steps) > MOST_STEPS:
        raise RuleBroken(_l("At most %(number)s steps can be agreed in one talk.", number=MOST_STEPS), "steps")
    if any(not what.strip() for what, _who, _due in steps):
        raise RuleBroken(_l("Please say what was agreed."), "steps")


def demand_owners(owners: Collection[int], people: Collection[int]) -> None:
    """A step belongs to somebody who still takes part."""
    if not set(owners) <= set(people):
        raise RuleBroken(_l("A step can only be given to somebody of the team or to a mentor of this project."))


def demand_mentor(states: Collection[AssignmentState]) -> None:
    """A project is admitted when at least one mentor has said yes."""
    if AssignmentState.ACCEPTED not in states:
        raise RuleBroken(_l("No mentor has accepted yet. Ask one first; "
                            "the project can be admitted when they say yes."))
