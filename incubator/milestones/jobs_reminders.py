"""What the calendar reminds of: milestones that come soon, and, in private, those that are late."""

from collections.abc import Iterator
from datetime import date

from incubator.accounts import queries as accounts
from incubator.accounts.models import Role
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.letters.operations_remind import Reminder, remind
from incubator.milestones import queries, queries_reminders, rules, rules_reminders
from incubator.milestones.models import Milestone
from incubator.projects.models import TEAM, Project


def _since(project: Project) -> date:
    return project.status_since.astimezone(clock.CITY).date()


@every_tick
def remind_of_milestones() -> None:
    """Write to each of a team before the day a milestone is expected: one letter for all that comes."""
    remind(_coming)


def _coming() -> Iterator[Reminder]:
    today = clock.today()
    found = queries_reminders.expected_from(today)
    said = queries_reminders.said_on([each.id for milestones in found.values() for each in milestones])
    for project, milestones in found.items():
        for part in project.participations:
            if part.kind in TEAM and part.until is None:
                coming = rules_reminders.coming(
                    {each.id: each.forecast_on for each in milestones}, said, project.round.milestone_reminder_days,
                    max(part.since, _since(project)), today)
                if day := rules_reminders.newest_day(coming):
                    by_id = {each.id: each for each in milestones}
                    named = [(by_id[each.milestone_id], (each.expected_on - today).days) for each in coming]
                    yield Reminder(f"due:{project.id}:{day.isoformat()}:{part.person_id}", part.person,
                                   "milestone_due", {"project": project, "coming": named})


@every_tick
def tell_of_lateness() -> None:
    """Write about late milestones, once to each: lead after a day, mentor after a week, coordinator after two."""
    remind(_late)


def _late() -> Iterator[Reminder]:
    today = clock.today()
    late = queries.overdue(today)
    people = {"coordinator": accounts.people_with_role(Role.COORDINATOR)} if late else {}
    for milestone in late:
        people |= {"lead": milestone.project.leads, "mentor": milestone.project.mentors}
        for who in rules.told_about_lateness(_days_late(milestone, today)):
            for person in people[who]:
                yield Reminder(f"late:{milestone.id}:{milestone.due_on.isoformat()}:{person.id}", person,
                               "milestone_late", {"milestone": milestone, "project": milestone.project,
                                                  "days": (today - milestone.due_on).days})


def _days_late(milestone: Milestone, today: date) -> int:
    """Count from the day the project began or went on, if that is later: nobody is late while a project rests."""
    return (today - max(milestone.due_on, _since(milestone.project))).days
