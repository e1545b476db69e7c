"""What the calendar reminds of: projects whose mentor has neither noted nor planned a talk for long."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.letters.operations_remind import Reminder, remind
from incubator.mentoring import rules_reminders as rules
from incubator.mentoring.models import Assignment, AssignmentState, Session
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.projects.models import Project


@every_tick
def remind_of_silence() -> None:
    """Write to a mentor who has been silent for as long as the round says, and to the coordination a week later."""
    remind(_silent)


def _silent() -> Iterator[Reminder]:
    today, office = clock.today(), people_with_role(Role.COORDINATOR)
    last = sa.select(Session.project_id, sa.func.max(Session.held_on).label("held_on")).group_by(
        Session.project_id).subquery()
    planned = sa.select(PlannedTalk.project_id, sa.func.max(PlannedTalk.starts_at).label("starts_at")).where(
        PlannedTalk.state == TalkState.PLANNED).group_by(PlannedTalk.project_id).subquery()
    rows = db.session.execute(
        sa.select(Assignment, last.c.held_on, planned.c.starts_at)
        .join(Assignment.project)
        .outerjoin(last, last.c.project_id == Project.id)
        .outerjoin(planned, planned.c.project_id == Project.id)
        .where(Assignment.state == AssignmentState.ACCEPTED, Project.status.in_(rules.ACCOMPANIED))
        .options(joinedload(Assignment.person), joinedload(Assignment.project).joinedload(Project.round))
        .order_by(Assignment.id)
    )
    for assignment, held_on, starts_at in rows:
        project = assignment.project
        moments = (assignment.answered_at, project.status_since, starts_at)
        since = rules.silent_from((held_on, *(each and each.astimezone(clock.CITY).date() for each in moments)))
        people = {"mentor": [assignment.person], "coordinator": office}
        for who in rules.told_about_silence(since, project.round.mentor_silence_alert_days, today):
            for person in people[who]:
                yield Reminder(
                    f"silent:{assignment.id}:{since.isoformat()}:{person.id}", person, "mentor_silent",
                    {"project": project, "mentor": assignment.person, "days": (today - since).days})
