"""What must hold before a project takes a step; nothing here reads the database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import Idea
from incubator.foundation.errors import RuleBroken
from incubator.organisations.rules import is_eligible
from incubator.projects.lifecycle import PUBLIC, Status, Step, Who, steps_from
from incubator.projects.models import Part, Project

EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
FINISHED = frozenset({
    Status.COMPLETED, Status.LAPSED, Status.INELIGIBLE, Status.REJECTED, Status.WITHDRAWN, Status.REVOKED,
})
DECIDED_FOR_THE_CITY = (
    "budget.approval_given", "budget.approved", "change.approval_given", "change.approved", "funds_request.confirmed",
    "payment.paid", "receipt.accepted", "receipt.cut", "report.accepted", "milestone.accepted", "award.recorded",
)
LONGEST_TITLE = 120
Missing = tuple[str, Any]


class Possible:
    """The steps that a status allows, as a list that is written in the reader's language when it is read."""

    def __init__(self, status: Status) -> None:
        self.steps = steps_from(status)

    def __str__(self) -> str:
        who = ((step.action.label, ", ".join(str(each.label) for each in step.who)) for step in self.steps)
        return "; ".join(f"{label} ({people})" for label, people in who)


def demand_possible(status: Status, step: Step, by: Any) -> None:
    """Refuse a step that is not in the table for this status, and say which are."""
    if status not in step.sources:
        possible = Possible(status)
        if not possible.steps:
            raise RuleBroken(_l("“%(action)s” is not possible: this project has ended (%(status)s).",
                                action=step.action.label, status=status.label))
        raise RuleBroken(_l("“%(action)s” is not possible now: the project stands at “%(status)s”. "
                            "Possible are: %(possible)s.",
                            action=step.action.label, status=status.label, possible=possible))
    if by is None and Who.CLOCK not in step.who:
        raise RuleBroken(_l("This step must be taken by a person."))


def demand_facts(target: Status, project: Project) -> None:
    """Refuse a status whose facts are not on file: what is missing and until when, why it ended, what was resolved."""
    if target is Status.RETURNED:
        if not project.return_reason.strip():
            raise RuleBroken(_l("Please say what is missing, so that the team can add it."), "reason")
        if project.return_due_on is None:
            raise RuleBroken(_l("Please say by when the changes are due."), "due_on")
    if target in (Status.INELIGIBLE, Status.REJECTED, Status.REVOKED) and not project.end_reason.strip():
        raise RuleBroken(_l("Please give a reason; the team will read it."), "reason")
    if target in PUBLIC and (project.resolution_on is None or not project.notice_number):
        raise RuleBroken(_l("The decision and the number of the notice must be recorded first."))


def reason_of(text: str) -> str:
    """Return a reason that says something."""
    if not text.strip():
        raise RuleBroken(_l("Please give a reason; the team will read it."), "reason")
    return text.strip()


def demand_same_round(round_id: int, idea: Idea) -> None:
    if idea.round_id != round_id:
        raise RuleBroken(_l("This idea belongs to another round."))


def demand_open_round(state: str, proposals_until: date | None, today: date) -> None:
    """Refuse a new proposal in a round that takes none: not open, or its last day is over (the day itself counts)."""
    if state != "open":
        raise RuleBroken(_l("This round does not take proposals now."))
    if proposals_until is not None and today > proposals_until:
        raise RuleBroken(_l("The last day for proposals of this round is over."))


def last_day(project: Project) -> date | None:
    """Return the last day on which a draft may be submitted or a returned proposal submitted again."""
    return project.return_due_on if project.status is Status.RETURNED else project.round.proposals_until


def may_still_submit(project: Project, today: date) -> bool:
    """Both last days count whole; a returned proposal may come after the round's last day, until its own."""
    limit = last_day(project)
    if project.status is not Status.RETURNED and project.round.state != "open":
        return False
    return limit is None or today <= limit


def demand_still_submittable(project: Project, today: date) -> None:
    if may_still_submit(project, today):
        return
    if project.status is Status.RETURNED:
        raise RuleBroken(_l("The time to send in the changes is over."))
    demand_open_round(project.round.state, project.round.proposals_until, today)


def missing_for_submission(project: Project) -> list[Missing]:
    """Return (field, sentence) for everything that keeps the proposal from being complete."""
    found: list[Missing] = [
        (field, sentence) for field, sentence in ASKED if getattr(project, field) in (None, "")
    ]
    if not project.is_citywide and project.district_id is None:
        found.append(("district_id", WHEN_EMPTY["district_id"]))
    found += _missing_in_time(project) + _missing_in_money(project) + _missing_in_carrier(project)
    return sorted(found, key=lambda each: ORDER.index(each[0]))


ASKED: tuple[Missing, ...] = (
    ("title", _l("Give the project a title.")),
    ("summary", _l("Say in a few sentences what the project is about.")),
    ("theme_id", _l("Choose a theme.")),
    ("need", _l("Say why the project is needed.")),
    ("audience", _l("Say for whom the project is.")),
    ("activities", _l("Say what you want to do.")),
    ("outcome", _l("Say what will be different afterwards.")),
    ("starts_on", _l("Say when the project begins.")),
    ("ends_on", _l("Say when the project ends.")),
    ("asked_cents", _l("Say how much money you ask for.")),
    ("carrier_id", _l("Choose the organisation that receives the money (carrier).")),
    ("group_name", _l("Say under which name your group appears.")),
)
WHEN_EMPTY = dict(ASKED) | {
    "district_id": _l("Choose a district, or say that the project is for the whole city."),
}
ORDER = (
    "title", "summary", "theme_id", "need", "audience", "district_id", "activities", "outcome", "starts_on", "ends_on",
    "asked_cents", "carrier_id", "group_name",
)


def _missing_in_time(project: Project) -> list[Missing]:
    first, last = project.round.period_from, project.round.period_until
    found: list[Missing] = []
    if first and project.starts_on and project.starts_on < first:
        found.append(("starts_on", _l("The project begins before the time this round pays for.")))
    if last and project.ends_on and project.ends_on > last:
        found.append(("ends_on", _l("The project ends after the time this round pays for.")))
    return found


def _missing_in_money(project: Project) -> list[Missing]:
    asked = project.asked_cents
    if asked is None:
        return []
    if asked < project.round.grant_min_cents:
        return [("asked_cents", _l("This is less than the smallest grant of this round."))]
    if asked > project.round.grant_max_cents:
        return [("asked_cents", _l("This is more than the largest grant of this round."))]
    return []


def _missing_in_carrier(project: Project) -> list[Missing]:
    if project.carrier is None or is_eligible(project.carrier, project.round):
        return []
    return [("carrier_id", _l("This organisation cannot receive money in this round. Please choose another one."))]


def demand_period(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_l("The end cannot be before the beginning."), "ends_on")


def demand_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_l("Give the project a title."), "title")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(_l("This title is too long."), "title")
    return title


def demand_due_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise RuleBroken(_l("The last day for the changes cannot lie in the past."), "due_on")


def is_lapsed(project: Project, today: date) -> bool:
    """The due day itself still counts."""
    return project.status is Status.RETURNED and project.return_due_on is not None and project.return_due_on < today


def is_final(project: Project, today: date) -> bool:
    """An award is final from the day on which its notice can no longer be contested."""
    return project.award_final_on is not None and project.award_final_on <= today


def demand_no_tie(organisation: str | None) -> None:
    """Whoever is on the board, employed by or related to a concerned organisation does not decide (C1)."""
    if organisation is not None:
        raise RuleBroken(_l("Conflict of interest: ties of board, work or family with %(name)s. "
                            "Somebody else must decide here.", name=organisation))


def demand_place(kinds: set[Part], kind: Part) -> None:
    """Refuse a part that does not go with those somebody has already: nobody mentors their own project (C2)."""
    if kind in kinds:
        raise RuleBroken(_l("This person takes part already."), "mail")
    if Part.MENTOR in kinds and kind is not Part.MENTOR:
        raise RuleBroken(_l("This person mentors the project and cannot belong to its team."), "mail")
    if kind is Part.MENTOR and kinds:
        raise RuleBroken(_l("Who belongs to the team cannot mentor the project."), "person_id")
    if kind is Part.MEMBER and Part.LEAD in kinds:
        raise RuleBroken(_l("This person takes part already."), "mail")


def first_missing(missing: Sequence[Missing]) -> RuleBroken:
    """Return the refusal for an incomplete proposal: it names how many answers are missing and the first of them."""
    return RuleBroken(_l("The proposal is not complete yet. %(sentence)s", sentence=missing[0][1]))
