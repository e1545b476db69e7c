"""Letters about receipts: mentors hear once a day that some wait, teams of each question and each cut."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from incubator import letters
from incubator.budgets import queries_approval
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.letters.operations_remind import Reminder, remind
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.rules_receipts import CHECKING
from incubator.projects.models import Part, Project

TO_LEADS = {"receipt.asked_back": "receipt_asked_back", "receipt.cut": "receipt_cut"}
QUIET = timedelta(minutes=30)  # people enter ten in a row
ONCE_IN = timedelta(hours=24)


@on(*TO_LEADS)
def tell_leads(entry: Entry) -> None:
    receipt = db.session.get_one(Receipt, entry.subject_id)
    letters.tell(receipt.project.leads, TO_LEADS[entry.action], entry, receipt=receipt, project=receipt.project)


@on("receipt.answered")
def tell_checkers(entry: Entry) -> None:
    receipt = db.session.get_one(Receipt, entry.subject_id)
    letters.tell(_checkers(receipt.project), "receipt_answered", entry, receipt=receipt, project=receipt.project)


def _checkers(project: Project) -> list[Any]:
    """Return who may check: mentors and deputies, without those whom a conflict of interest excludes."""
    people = {each.id: each for each in [*project.mentors, *project.people(Part.DEPUTY)]}
    excluded = queries_approval.exclusions(project, people, clock.today(), editing=False)
    return [person for number, person in people.items() if number not in excluded]


@every_tick
def tell_of_receipts_that_wait() -> None:
    """Write to those who check when new receipts wait, at most once in a day, and not while they are being entered."""
    remind(_waiting)


def _waiting() -> Iterator[Reminder]:
    """Yield the letters that are due: none was written since the newest receipt, and none within a day."""
    now = clock.now()
    rows = db.session.execute(
        sa.select(Receipt.project_id, sa.func.count(Receipt.id), sa.func.max(Receipt.id),
                  sa.func.max(Receipt.entered_at))
        .join(Project, Project.id == Receipt.project_id)
        .where(Receipt.state == ReceiptState.ENTERED, Project.status.in_(CHECKING))
        .group_by(Receipt.project_id)
    ).all()
    for project_id, count, newest, entered_at in rows:
        if entered_at > now - QUIET:
            continue
        project = db.session.get_one(Project, project_id)
        for person in _checkers(project):
            told_of, told_at = _last_letter(project_id, person.id)
            if told_of < newest and (told_at is None or told_at <= now - ONCE_IN):
                yield Reminder(f"receipts:{project_id}:{person.id}:{newest}", person, "receipts_wait",
                               {"project": project, "count": int(count)})


def _last_letter(project_id: int, person_id: int) -> tuple[int, datetime | None]:
    """Return up to which receipt somebody was told last, and when."""
    last = db.session.execute(
        sa.select(Letter.key, Letter.written_at).where(Letter.key.startswith(f"receipts:{project_id}:{person_id}:"))
        .order_by(Letter.id.desc()).limit(1)).one_or_none()
    return (int(last.key.rpartition(":")[2]), last.written_at) if last else (0, None)
