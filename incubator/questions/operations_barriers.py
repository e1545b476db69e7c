"""Take the report of a barrier, answer it, and forget who wrote it when the time is over."""

from datetime import timedelta

import sqlalchemy as sa

from incubator.accounts.operations_sign_in import count_try
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.letters import operations as letters
from incubator.letters.models import Letter
from incubator.questions import rules, rules_barriers
from incubator.questions.models_barriers import BarrierReport

PREFIX = f"{letters.CONFIDENTIAL}barrier:"
AT_ONCE = 500


def report(*, where: str, text: str, mail: str, language: str, network: str) -> BarrierReport:
    """Take a report; it has to be answered within a month."""
    count_try("barrier from", network)
    if mail:
        count_try("barrier of", mail)
    made = BarrierReport(
        path=where, text=rules.demand_text(text, "text", rules_barriers.LONGEST_TEXT), mail=mail, language=language,
        given_at=clock.now(), due_on=rules_barriers.due_on(clock.today()),
    )
    db.session.add(made)
    record("barrier.reported", None, made, due=made.due_on.isoformat())
    return made


def note(report: BarrierReport, by, *, note: str, version: int | None = None) -> None:
    """Keep what the office writes for itself: what was found, who mends it."""
    hold(report)
    seen(report, version, {"note": report.note})
    report.note = note.strip()
    record("barrier.noted", by, report)


def answer(report: BarrierReport, by, *, text: str, language: str, version: int | None = None) -> None:
    """Say what becomes of a barrier; whoever left an address reads it."""
    hold(report)
    rules_barriers.demand_open(report)
    seen(report, version, {})
    words = rules.demand_text(text, "text", rules_barriers.LONGEST_ANSWER)
    report.answer, report.answer_language = words, language
    report.answered_at, report.answered_by_id = clock.now(), by.id
    record("barrier.answered", by, report, in_time=clock.today() <= report.due_on)


def forget_old() -> None:
    """Take the addresses away some months after the answer, with the letters that went there; at last the reports."""
    for old in _answered():
        assert old.answered_at is not None
        answered = old.answered_at.astimezone(clock.CITY).date()
        if old.mail and rules_barriers.is_forgotten(answered, clock.today()):
            old.mail = ""
            db.session.execute(sa.delete(Letter).where(Letter.key.startswith(prefix_of(old))))
        if rules_barriers.is_over(answered, clock.today()):
            db.session.delete(old)


def prefix_of(report: BarrierReport) -> str:
    """Return how the keys of all letters to a reporter begin."""
    return f"{PREFIX}{report.id}:"


def _answered() -> list[BarrierReport]:
    """Return answered reports whose time may be over: those that still know an address, and the old ones."""
    long_ago = clock.now() - timedelta(days=365 * rules_barriers.YEARS_KEPT)
    return list(db.session.scalars(
        sa.select(BarrierReport)
        .where(BarrierReport.answered_at.is_not(None),
               sa.or_(BarrierReport.mail != "", BarrierReport.answered_at < long_ago))
        .order_by(BarrierReport.answered_at).limit(AT_ONCE)))
