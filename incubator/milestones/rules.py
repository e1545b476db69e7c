"""When milestones may be planned, reported, accepted; and what a slip does to those that wait."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.foundation.rendering import day
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.projects.lifecycle import BEFORE_AWARD, Status

S, M = Status, MilestoneStatus
PLANNING = frozenset({S.MENTORING, S.BUDGET_REVIEW, S.BUDGET_APPROVED, S.WAITLISTED})
UNDER_WAY = frozenset({S.AWARDED, S.ACTIVE, S.SUSPENDED})
ACCEPTING = frozenset({S.ACTIVE, S.SUSPENDED, S.REPORTING})
REPORTABLE = frozenset({M.PLANNED, M.IN_PROGRESS, M.RETURNED})
LATE_AFTER = {"lead": 1, "mentor": 7, "coordinator": 14}


@dataclass(frozen=True)
class Waiting:
    """What `slipped` needs to know of one milestone."""

    id: int
    needs_id: int | None
    forecast_on: date
    is_open: bool = True


def demand_planning(status: Status, *, is_agreed: bool = True, is_new: bool = False) -> None:
    """Milestones are planned from mentoring on; with the award the plan becomes what the city agreed to.

    New ones may still be added until the project starts, and after that where none was agreed before the start.
    """
    if status in PLANNING or (is_new and status is S.AWARDED) or (is_new and status is S.ACTIVE and not is_agreed):
        return
    if status in BEFORE_AWARD:
        raise RuleBroken(_l("Milestones are planned together with the mentor, once the project is in mentoring."))
    raise RuleBroken(
        _l("The milestones were agreed with the award. Say when you expect to reach this one, or ask the coordinator.")
    )


def demand_day(due_on: date, first: date | None, last: date | None) -> None:
    """A milestone is due within the project's period, as far as that is known."""
    if first is not None and due_on < first:
        raise RuleBroken(_l("The project begins on %(day)s. Please choose a later day.", day=day(first)), "due_on")
    if last is not None and due_on > last:
        raise RuleBroken(_l("The project ends on %(day)s. Please choose an earlier day.", day=day(last)), "due_on")


def demand_needs(milestone: Milestone | None, needs: Milestone, due_on: date, others: Iterable[Milestone]) -> None:
    """A milestone waits for one of the same project that is due no later; nothing waits for itself in a circle."""
    project_others = {each.id: each.needs_id for each in others}
    if needs.id not in project_others:
        raise RuleBroken(_l("Please choose a milestone of this project."), "needs_id")
    if needs.status is M.CANCELLED:
        raise RuleBroken(_l("This milestone was cancelled. Please choose another one."), "needs_id")
    if milestone is not None and is_circle(milestone.id, needs.id, project_others):
        raise RuleBroken(_l("These milestones would wait for each other. Please choose another one."), "needs_id")
    if needs.due_on > due_on:
        raise RuleBroken(
            _l("What this milestone waits for is due on %(day)s. Please choose that day or a later one.",
               day=day(needs.due_on)), "due_on",
        )


def demand_order(milestone: Milestone, due_on: date, others: Iterable[Milestone]) -> None:
    """A milestone may not be due after one that waits for it."""
    for other in others:
        if other.needs_id == milestone.id and other.status.is_open and other.due_on < due_on:
            raise RuleBroken(
                _l("“%(title)s” waits for this milestone and is due on %(day)s. Please choose an earlier day.",
                   title=other.title, day=day(other.due_on)), "due_on",
            )


def is_circle(milestone_id: int, needs_id: int | None, needs: Mapping[int, int | None]) -> bool:
    """Say whether a milestone would in the end wait for itself; `needs` maps each to what it waits for."""
    passed: set[int] = set()
    while needs_id is not None and needs_id not in passed:
        if needs_id == milestone_id:
            return True
        passed.add(needs_id)
        needs_id = needs.get(needs_id)
    return False


def slipped(milestones: Sequence[Waiting], moved_id: int, to: date) -> dict[int, date]:
    """Return the new forecasts when one milestone is expected on another day: its own and those that wait for it.

    Who waits moves by as many days, and never stands before what it waits for. Nothing moves to an earlier day by
    itself; what is reached or cancelled stays where it is, and who waits for it as well.
    """
    by_id = {each.id: each for each in milestones}
    moved = {moved_id: to}
    queue = [moved_id]
    while queue:
        needed = by_id[queue.pop()]
        shift = moved[needed.id] - needed.forecast_on
        if shift <= timedelta():
            continue
        for each in milestones:
            if each.needs_id == needed.id and each.is_open and each.id not in moved:
                moved[each.id] = max(each.forecast_on + shift, moved[needed.id])
                queue.append(each.id)
    return moved


def demand_forecast(milestone: Milestone, forecast_on: date, today: date) -> None:
    if milestone.project.status not in UNDER_WAY:
        raise RuleBroken(_l("Days are foreseen anew only between the award and the final report."))
    if milestone.status not in REPORTABLE:
        raise RuleBroken(_l("This milestone is not open any more."))
    if forecast_on < today:
        raise RuleBroken(_l("The day you expect cannot lie in the past."), "forecast_on")


def demand_under_way(project: Any) -> None:
    """Work is begun and reported only while the project is active."""
    if project.status is S.SUSPENDED:
        raise RuleBroken(_l("The project is suspended. You can go on here as soon as it is resumed."))
    if project.status in BEFORE_AWARD or project.status is S.AWARDED:
        raise RuleBroken(_l("The project has not started yet. Milestones can be reported once it is under way."))
    if project.status is not S.ACTIVE:
        raise RuleBroken(_l("The project is not under way any more."))


def demand_start(milestone: Milestone) -> None:
    demand_under_way(milestone.project)
    if milestone.status is not M.PLANNED:
        raise RuleBroken(_l("This milestone was begun already."))


def demand_report(milestone: Milestone, actual_on: date, evidence: str, text: str, today: date) -> None:
    demand_under_way(milestone.project)
    if milestone.status is M.REPORTED:
        raise RuleBroken(_l("This milestone was reported already. Your mentor looks at it now."))
    if milestone.status not in REPORTABLE:
        raise RuleBroken(_l("This milestone is not open any more."))
    if actual_on > today:
        raise RuleBroken(_l("A milestone cannot be reached in the future."), "actual_on")
    if not evidence.strip():
        raise RuleBroken(_l("Please say how your mentor can see that it is reached."), "evidence")
    if not text.strip():
        raise RuleBroken(_l("Please write what happened."), "text")


def demand_reported(milestone: Milestone) -> None:
    """A mentor answers what was reported, also while the project rests or its final report is written."""
    if milestone.status is not M.REPORTED:
        raise RuleBroken(_l("There is no report that waits for an answer."))
    if milestone.project.status not in ACCEPTING:
        raise RuleBroken(_l("The project is not under way any more."))


def demand_cancel(milestone: Milestone, reason: str) -> None:
    if milestone.project.status not in UNDER_WAY:
        raise RuleBroken(_l("Milestones are cancelled only while a project is under way. Before, they are removed."))
    if not milestone.status.is_open:
        raise RuleBroken(_l("This milestone is not open any more."))
    demand_reason(reason)


def demand_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_l("Please say why: the others read it."), "reason")


def percent_reached(milestones: Iterable[tuple[MilestoneStatus, int]]) -> int | None:
    """Return the reached share of all weights in whole percent, rounded down; None where nothing is planned.

    Cancelled milestones count on neither side. Only what a mentor accepted is reached.
    """
    counted = [(status, weight) for status, weight in milestones if status is not M.CANCELLED]
    total = sum(weight for _status, weight in counted)
    if not total:
        return None
    return sum(weight for status, weight in counted if status is M.ACCEPTED) * 100 // total


def told_about_lateness(days_late: int) -> tuple[str, ...]:
    """Return who hears of it: the lead first, then the mentor, then the coordinator; never the public."""
    return tuple(who for who, after in LATE_AFTER.items() if days_late >= after)


def is_publicly_late(status: MilestoneStatus, due_on: date, today: date, after_days: int | None) -> bool:
    """Say whether everybody is told that a milestone is late: only so many days after, never where none is set.

    What waits for the mentor's answer is not late.
    """
    return after_days is not None and status in REPORTABLE and (today - due_on).days > after_days
