"""What is over today, rule by rule: how many rows, and how old the oldest is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from incubator.accounts.models import Person, SignIn
from incubator.accounts.models_proofs import Challenge
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.deadlines import months_on
from incubator.journal.models import Entry
from incubator.letters.models import Letter, LetterState
from incubator.privacy import register_times
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.privacy.operations_projects import PAPERS
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import FORGOTTEN

UNAWARDED = (Status.LAPSED, Status.INELIGIBLE, Status.REJECTED, Status.WITHDRAWN)
PAID = (Status.COMPLETED, Status.REVOKED)
ARRIVED = (LetterState.SENT, LetterState.FAILED, LetterState.TOLD)
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """One rule and what it would take away today: the numbers of rows, and the day of the oldest."""

    key: str
    what: Any
    words: Any
    ids: Sequence[int]
    oldest: date | None


def dues(today: date | None = None) -> list[Due]:
    """Ask every rule what is over today."""
    today = today or clock.today()
    return [ask(today) for ask in RULES.values()]


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.CITY)


def _due(key: str, what: Any, words: Any, rows: Sequence[Any]) -> Due:
    oldest = min((row[1] for row in rows), default=None)
    return Due(key, what, words, [row[0] for row in rows],
               oldest.astimezone(clock.CITY).date() if isinstance(oldest, datetime) else oldest)


def _longest(setting: str) -> int:
    return db.session.scalar(sa.select(sa.func.max(getattr(Round, setting)))) or 10


def letters(today: date) -> Due:
    keeps = register_times.LETTER
    rows = db.session.execute(
        sa.select(Letter.id, Letter.written_at)
        .where(Letter.state.in_(ARRIVED), Letter.written_at < _moment(today - timedelta(days=keeps.days)))
        .order_by(Letter.id).limit(AT_ONCE)
    ).all()
    return _due("letters", _l("Letters that arrived long ago"), keeps.words(keeps.days), rows)


def challenges(today: date) -> Due:
    keeps = register_times.CHALLENGE
    rows = db.session.execute(
        sa.select(Challenge.id, Challenge.expires_at)
        .where(Challenge.expires_at < _moment(today - timedelta(days=keeps.days))).limit(AT_ONCE)
    ).all()
    return _due("challenges", _l("Questions to devices that nobody answers any more"), keeps.words(keeps.days), rows)


def unawarded(today: date) -> Due:
    """Projects that never got money and whose round keeps them no longer; those that are empty already are left out."""
    years = _longest(register_times.PROJECT.unawarded)
    rows = _ended(UNAWARDED, Round.retention_rejected_years, today, FORGOTTEN)
    words = ngettext("Until %(num)s year after the project has ended.",
                     "Until %(num)s years after the project has ended.", years)
    return _due("unawarded", _l("Projects that got no money"), words, rows)


def papers(today: date) -> Due:
    keeps = register_times.MONEY
    rows = _ended(PAID, Round.retention_finance_years, today, PAPERS)
    return _due("papers", _l("Papers, notes and names of projects that are over"), keeps.words(_longest(keeps.setting)),
                rows)


def _ended(states: Sequence[Status], years: Any, today: date, done: str) -> Sequence[Any]:
    """Return projects that ended so many years ago, each by the setting of its own round."""
    forgotten = sa.select(Entry.subject_id).where(Entry.action == done)
    rows = db.session.execute(
        sa.select(Project.id, Project.status_since, years.label("years")).join(Round, Round.id == Project.round_id)
        .where(Project.status.in_(states), Project.id.not_in(forgotten)).order_by(Project.status_since)
    ).all()
    over = [row for row in rows
            if months_on(row.status_since.astimezone(clock.CITY).date(), 12 * row.years) < today]
    return over[:AT_ONCE]


def requests(today: date) -> Due:
    keeps = register_times.ERASURE
    rows = db.session.execute(
        sa.select(ErasureRequest.id, ErasureRequest.decided_at).where(
            ErasureRequest.state != ErasureState.ASKED,
            ErasureRequest.decided_at < _moment(months_on(today, -keeps.months)))
    ).all()
    return _due("requests", _l("Requests to be forgotten that were decided"), keeps.words(keeps.months), rows)


def accounts(today: date) -> Due:
    """Accounts in which nobody has done anything for years, nor signed in."""
    years = _longest(register_times.JOURNAL.setting)
    since = _moment(months_on(today, -12 * years))
    lately = sa.select(Entry.id).where(Entry.actor == Person.seal, Entry.at >= since).exists()
    signed_in = sa.select(SignIn.id).where(SignIn.person_id == Person.id, SignIn.seen_at >= since).exists()
    rows = db.session.execute(
        sa.select(Person.id, Person.joined_at)
        .where(Person.erased_at.is_(None), Person.joined_at < since, ~lately, ~signed_in)
        .order_by(Person.id).limit(AT_ONCE)
    ).all()
    words = ngettext("Until %(num)s year after the last step.", "Until %(num)s years after the last step.", years)
    return _due("accounts", _l("Accounts in which nothing has happened for years"), words, rows)


RULES: dict[str, Callable[[date], Due]] = {
    "letters": letters, "challenges": challenges, "requests": requests, "unawarded": unawarded, "papers": papers,
    "accounts": accounts,
}
