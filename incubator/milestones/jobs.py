"""Who hears of what happens to milestones, and what the calendar does by itself."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator import letters
from incubator.accounts import queries as accounts
from incubator.accounts.models import Role
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.milestones import jobs_updates as jobs_updates
from incubator.milestones import operations, queries, rules
from incubator.milestones.models import Milestone
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
def tell_of_lateness() -> None:
    """Write about late milestones, once to each: lead after a day, mentor after a week, coordinator after two."""
    today = clock.today()
    if not _unwritten(today):
        return
    with transaction():
        for key, (person, milestone) in _unwritten(today).items():
            letters.write(person, "milestone_late", key=key, milestone=milestone, project=milestone.project,
                          days=(today - milestone.due_on).days)


def _unwritten(today: date) -> dict[str, tuple[Any, Milestone]]:
    """Return by key the letters about lateness that nobody has written yet."""
    late = queries.overdue(today)
    if not late:
        return {}
    people = {"coordinator": accounts.people_with_role(Role.COORDINATOR)}
    wanted: dict[str, tuple[Any, Milestone]] = {}
    for milestone in late:
        people |= {"lead": milestone.project.leads, "mentor": milestone.project.mentors}
        for who in rules.told_about_lateness((today - milestone.due_on).days):
            for person in people[who]:
                key = f"late:{milestone.id}:{milestone.due_on.isoformat()}:{person.id}"
                wanted.setdefault(key, (person, milestone))
    written = set(db.session.scalars(sa.select(Letter.key).where(Letter.key.in_(wanted))))
    return {key: letter for key, letter in wanted.items() if key not in written}


@every_tick
def open_final_reports() -> None:
    for number in queries.finished_projects(clock.today()):
        with transaction():
            operations.open_reporting(db.session.get_one(Project, number))
