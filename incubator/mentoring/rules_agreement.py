"""What an agreement must say, who may sign it, and the mark by which its words are known again."""

import hashlib
import json
from collections.abc import Collection
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.mentoring.rules import TALKING
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part

WORDS = ("aim", "rhythm", "starts_on", "ends_on", "spoken_language", "confidentiality", "limits", "how_it_ends")
MARKED = ("project_id", "assignment_id", "number", *WORDS, "language")
NEEDED = ("lead", "mentor")
ROLES = {"lead": _l("Project lead"), "mentor": _l("City mentor"), "coordinator": _l("Coordination")}

AIM = _l("The mentor advises the team from the idea to the closing: about the plan, the budget, the milestones, and "
         "the way through the administration. The team decides about its project itself.")
RHYTHM = _l("About every two weeks, and whenever it is needed")
CONFIDENTIALITY = _l("What is said stays between the team, the mentor and the coordination. The public only sees how "
                     "many talks there were. Nobody is asked about health, residence status or religion.")
LIMITS = _l("The mentor gives no legal or tax advice, cannot promise any decision of the city, does not do the work of "
            "the team, and takes no money or gifts. If a conflict of interest comes up, the mentor says so at once.")
HOW_IT_ENDS = _l("The mentoring ends with a closing talk when the project is completed. Each side may end it earlier "
                 "by telling the coordination why; open steps go to the next mentor.")


def content_hash(agreement: Any) -> str:
    """Return the SHA-256 of everything written in an agreement, in the order of its columns."""
    said = [getattr(agreement, name) for name in MARKED]
    plain = [each.isoformat() if isinstance(each, date) else each for each in said]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def demand_writing(status: Status, assignment: Assignment | None, starts_on: date, ends_on: date) -> Assignment:
    if assignment is None or assignment.state is not AssignmentState.ACCEPTED:
        raise RuleBroken(_l("Only a mentor who accompanies the project writes the agreement."))
    if status not in TALKING:
        raise RuleBroken(_l("An agreement is written between the admission and the end of a project. "
                            "This one stands at “%(status)s”.", status=status.label))
    if ends_on < starts_on:
        raise RuleBroken(_l("The end comes after the beginning."), "ends_on")
    return assignment


def demand_change(is_same: bool) -> None:
    if is_same:
        raise RuleBroken(_l("Nothing has changed. The agreement stays as it is, and so do its signatures."))


def role_of(parts: Collection[Part], is_coordinator: bool) -> str | None:
    """Return as what somebody signs: by their part in the project first. Nobody of the team signs for the city (C2)."""
    if Part.LEAD in parts:
        return "lead"
    if Part.MENTOR in parts:
        return "mentor"
    return "coordinator" if is_coordinator and Part.MEMBER not in parts else None


def demand_signing(role: str | None, signed: Collection[str], *, is_in_force: bool, is_own: bool) -> str:
    """Refuse what nobody may sign: other people's agreements, old words, and the same role twice."""
    if role is None or (role == "mentor" and not is_own):
        raise RuleBroken(_l("The lead, the mentor and the coordination sign this agreement."))
    if not is_in_force:
        raise RuleBroken(_l("These words are not in force any more. Please read the newest version."))
    if role in signed:
        raise RuleBroken(_l("This agreement was signed for this side already."))
    return role


def is_complete(signed: Collection[str]) -> bool:
    return set(NEEDED) <= set(signed)
