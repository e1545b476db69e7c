"""Who hears of what happens to milestones, and what the calendar does by itself."""

from incubator import letters
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.milestones import operations, queries
from incubator.projects.models import Project

TO_TEAM = {
    "milestone.accepted": "milestone_accepted", "milestone.returned": "milestone_returned",
    "milestone.cancelled": "milestone_cancelled",
}


@on("milestone.reported")
def tell_mentors(entry: Entry) -> None:
    milestone = queries.milestone(entry.subject_id)
    project = milestone.project
    letters.tell(project.mentors, "milestone_reported", entry, milestone=milestone, project=project)


@on(*TO_TEAM)
def tell_team(entry: Entry) -> None:
    milestone = queries.milestone(entry.subject_id)
    project = milestone.project
    letters.tell(project.team, TO_TEAM[entry.action], entry, milestone=milestone, project=project)


@every_tick
def open_final_reports() -> None:
    for number in queries.finished_projects(clock.today()):
        with transaction():
            operations.open_reporting(db.session.get_one(Project, number))
