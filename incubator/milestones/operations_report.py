"""Report milestones, and answer what was reported."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.rows import change, number_of, put
from incubator.journal import record
from incubator.mentoring import queries as mentoring
from incubator.milestones import queries, rules
from incubator.milestones.models import Milestone, MilestoneStatus, Update
from incubator.milestones.operations_updates import add_photos, publish
from incubator.projects import operations as projects
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Project
from incubator.projects.rules import demand_no_tie


def report(
    milestone: Milestone, by, *, actual_on: date, evidence: str, text: str, title: str = "",
    photos: Iterable[dict[str, Any]] = (), language: str | None = None,
) -> Update:
    """Say that a milestone is reached and write the news of it; after a return the same news is written anew.

    Nothing of it is public before the mentor accepts.
    """
    queries.held(milestone)
    rules.demand_report(milestone, actual_on, evidence, text, clock.today())

    words = {
        "title": title or milestone.title, "text": text, "language": language or milestone.project.language,
        "written_by_id": number_of(by), "written_at": clock.now(),
    }
    update = queries.report_of(milestone.id) if queries.reports(milestone.id) else None
    if update is None:
        update = put(Update(project_id=milestone.project_id, milestone_id=milestone.id, **words))
    else:
        change(update, **words)
    change(milestone, status=MilestoneStatus.REPORTED, reported_at=clock.now(), actual_on=actual_on, evidence=evidence)
    add_photos(update, by, photos)
    record("milestone.reported", by, milestone, update=update.id, actual_on=actual_on, due_on=milestone.due_on)
    return update


def accept(milestone: Milestone, by) -> None:
    """Agree that a milestone is reached and publish the news of it; the last one opens the final report."""
    queries.held(milestone)
    rules.demand_reported(milestone)
    demand_no_tie(mentoring.tie(milestone.project, by.id, clock.today()))

    milestone.status, milestone.accepted_at = MilestoneStatus.ACCEPTED, clock.now()
    milestone.accepted_by_id = by.id
    milestone.return_reason = ""
    update = queries.report_of(milestone.id)
    record("milestone.accepted", by, milestone, update=update.id if update else None, is_gate=milestone.is_gate)
    if update is not None:
        publish(update, by)
    open_reporting(milestone.project)


def return_report(milestone: Milestone, by, reason: str) -> None:
    """Send a report back and say what is missing."""
    queries.held(milestone)
    rules.demand_reported(milestone)
    rules.demand_reason(reason)

    milestone.status, milestone.return_reason = MilestoneStatus.RETURNED, reason
    record("milestone.returned", by, milestone)


def cancel(milestone: Milestone, by, reason: str) -> None:
    """Give up a milestone of an awarded project; nobody waits for it any longer."""
    queries.held(milestone)
    rules.demand_cancel(milestone, reason)

    milestone.status, milestone.cancel_reason = MilestoneStatus.CANCELLED, reason
    record("milestone.cancelled", by, milestone)
    open_reporting(milestone.project)


def open_reporting(project: Project) -> None:
    """Open the final report of an active project once its milestones are done or its period is over."""
    db.session.flush()
    if project.status is Status.ACTIVE and project.id in queries.finished_projects(clock.today()):
        projects.move(project, Action.OPEN_REPORTING, None)
