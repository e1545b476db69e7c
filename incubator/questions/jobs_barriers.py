"""Who hears of barriers: whoever reported one, and the office that has to answer in time."""

from collections.abc import Iterator

from flask import current_app

from incubator import letters
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, now_and_then
from incubator.foundation.language import named
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations_remind as reminders
from incubator.letters.operations_remind import Reminder
from incubator.letters.rules import reached
from incubator.questions import operations_barriers, queries_barriers, rules_barriers
from incubator.questions.models_barriers import BarrierReport


@on("barrier.reported")
def confirm_and_tell_office(entry: Entry) -> None:
    report = db.session.get_one(BarrierReport, entry.subject_id)
    _write_back(report, "barrier_received")
    letters.tell(queries_barriers.office(), "barrier_to_answer", entry, report=report)


@on("barrier.answered")
def send_answer(entry: Entry) -> None:
    _write_back(db.session.get_one(BarrierReport, entry.subject_id), "barrier_answered")


def _write_back(report: BarrierReport, template: str) -> None:
    if rules_barriers.is_reachable(report):
        letters.write(
            report.mail, template, key=f"{operations_barriers.prefix_of(report)}{template}",
            language=named(report.language).code, report=report,
            conciliation=current_app.config["ACCESSIBILITY"]["conciliation"],
        )


@every_tick
def remind() -> None:
    """Remind the office a week before the last day, and when it is over."""
    reminders.remind(_about_waiting)


def _about_waiting() -> Iterator[Reminder]:
    today, office = clock.today(), None
    for report in queries_barriers.waiting():
        given = report.given_at.astimezone(clock.CITY).date()
        days = reached(rules_barriers.REMINDER_DAYS, report.due_on, given, today)
        if days is None:
            continue
        office = queries_barriers.office() if office is None else office
        for person in office:
            yield Reminder(f"barrier:{report.id}:{days}:{person.id}", person, "barrier_reminder",
                           {"report": report, "is_late": days < 0})


@now_and_then
def forget_old() -> None:
    operations_barriers.forget_old()
