"""Who hears of the final report and of money that goes back, and what the calendar reminds of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.closing import queries, rules
from incubator.closing.models import FinalReport, Recovery, RecoveryState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations_remind as reminders
from incubator.letters.operations_remind import Reminder
from incubator.letters.rules import reached
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part, Project


def _report(entry: Entry) -> tuple[FinalReport, Project]:
    report = db.session.get_one(FinalReport, entry.subject_id)
    return report, projects.project(report.project_id)


@on("report.submitted")
def tell_mentors(entry: Entry) -> None:
    _, project = _report(entry)
    letters.tell([*project.mentors, *project.people(Part.DEPUTY)], "report_to_read", entry, project=project)


@on("report.returned")
def tell_team_what_is_missing(entry: Entry) -> None:
    report, project = _report(entry)
    letters.tell(project.team, "report_returned", entry, project=project, reason=report.return_reason)


@on("report.signed")
def ask_second_person(entry: Entry) -> None:
    """Write to whoever is free to agree, unless the signature was dropped or carried out meanwhile."""
    report, project = _report(entry)
    waiting = projects.open_report_signature(project.id)
    if waiting is not None:
        people = queries.free_second_people(project, waiting.proposed_by_id)
        letters.tell(people, "report_second_signature", entry, project=project, report=report, signature=waiting)


@on("report.accepted")
def tell_team_of_the_end(entry: Entry) -> None:
    report, project = _report(entry)
    statement = queries.statement(project)
    asked_back = rules.is_asked_back(report.recovery_cents or 0, statement.waived_below)
    letters.tell(project.team, "report_accepted", entry, project=project, report=report, statement=statement,
                 asked_back=asked_back)


@on("recovery.asked")
def ask_for_the_money(entry: Entry) -> None:
    recovery = db.session.get_one(Recovery, entry.subject_id)
    leads = {each.id: each for each in recovery.project.leads}
    people = leads | {each.id: each for each in people_with_role(Role.COORDINATOR)}
    letters.tell(people.values(), "recovery_asked", entry, project=recovery.project, recovery=recovery,
                 leads=set(leads))


@on("recovery.settled", "recovery.waived")
def tell_lead_it_is_done(entry: Entry) -> None:
    """A waiver by the round's threshold stands in the letter about the accepted report already."""
    recovery = db.session.get_one(Recovery, entry.subject_id)
    if recovery.settled_by_id is not None:
        letters.tell(recovery.project.leads, "recovery_done", entry, project=recovery.project, recovery=recovery)


@every_tick
def remind() -> None:
    """Remind of reports and of money to be given back, before and after the last day, once for each day of the round.
    """
    reminders.remind(lambda: (*_about_reports(clock.today()), *_about_recoveries(clock.today())))


def _about_reports(today: date) -> Iterator[Reminder]:
    waiting = sa.select(Project).where(Project.status == Status.REPORTING, Project.report_due_on.is_not(None))
    for project in db.session.scalars(waiting.order_by(Project.id)):
        assert project.report_due_on is not None
        yield from _reminders("report_reminder", project, project.report_due_on, project.mentors, today)


def _about_recoveries(today: date) -> Iterator[Reminder]:
    waiting = sa.select(Recovery).where(Recovery.state == RecoveryState.ASKED)
    for recovery in db.session.scalars(waiting.order_by(Recovery.id)):
        yield from _reminders("recovery_reminder", recovery.project, recovery.due_on, [], today, recovery=recovery)


def _reminders(
    template: str, project: Project, due_on: date, mentors: list[Person], today: date, **more: Any
) -> Iterator[Reminder]:
    """Yield the newest reminder that is due: to the leads; once the day is over, to mentors and coordination too."""
    since = project.status_since.astimezone(clock.CITY).date()
    days = reached(project.round.reminder_days, due_on, since, today)
    if days is None:
        return
    people = {person.id: person for person in project.leads}
    if days < 0:
        people |= {person.id: person for person in (*mentors, *people_with_role(Role.COORDINATOR))}
    facts = {"project": project, "due_on": due_on, "days_late": rules.days_late(due_on, today),
             "leads": {person.id for person in project.leads}, **more}
    for person in people.values():
        yield Reminder(f"{template}:{project.id}:{due_on.isoformat()}:{days}:{person.id}", person, template, facts)
