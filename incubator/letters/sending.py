"""Send what was written: each letter is leased, sent over one line with others, and noted by itself.

A letter is noted as sent before the next one leaves, so that a worker killed in the middle repeats at most the one it
was speaking about, under the same Message-ID. Noting several at once would be quicker and repeat them all. What else it
had taken leaves with the next look; the lease is for a worker that lives and hangs.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from incubator.foundation import clock, jobs, queue, turns
from incubator.foundation.database import db
from incubator.foundation.language import named
from incubator.foundation.transaction import transaction
from incubator.letters import rules
from incubator.letters.lines import FAULTS, Line, Unreachable, is_for_good
from incubator.letters.models import Letter, LetterState

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
LONGEST_TALK = timedelta(minutes=3)  # one letter over a line that answers each word at the last moment
BATCH = 100
GIVE_UP_AFTER = 12
LONGEST_REST = timedelta(minutes=15)  # between two looks whether an absent mail server is back
LONG_LINES = policy.SMTP.clone(max_line_length=900)  # a folded link would be read as something else
BROKEN = (*FAULTS, ValueError, LookupError, MessageError)  # the server's faults, and letters that make no mail
refusals: list[Callable[[Letter], None]] = []


def on_refusal(listener: Callable[[Letter], None]) -> Callable[[Letter], None]:
    """Register who wants to hear, in the transaction of the sending, that a letter to many was refused for good."""
    refusals.append(listener)
    return listener


def post(number: int | None = None, *, limit: int = BATCH) -> int:
    """Send what is due and return how many went out; without a mail server letters stay where they are."""
    if not current_app.config["SMTP_URL"]:
        return 0
    with _taken(number, limit) as (taken, lease), Line(current_app.config["SMTP_URL"]) as line:
        return _send_all(taken, lease, line)


def _send_all(taken: Sequence[int], lease: datetime, line: Line) -> int:
    sent = 0
    for place, each in enumerate(taken):
        if jobs.stopping.is_set() or clock.now() + LONGEST_TALK > lease:  # others take the rest, now or then
            _give_back(taken[place:], lease)
            break
        try:
            sent += _send(each, lease, line)
        except Unreachable as away:
            log.warning("mail server: %s", type(away.fault).__name__)
            _put_off(taken[place:], lease, type(away.fault).__name__)
            break
    return sent


@contextmanager
def _taken(number: int | None, limit: int) -> Iterator[tuple[Sequence[int], datetime]]:
    """Lease letters to this process, which holds a turn named after the lease for as long as it sends them."""
    now = clock.now()
    lease = now + LEASE
    due = sa.or_(sa.and_(Letter.state.in_((LetterState.WAITING, LetterState.SENDING)), Letter.due_at <= now),
                 sa.and_(Letter.state == LetterState.SENDING, Letter.due_at.in_(_left_behind(now))))
    if number is not None:
        due = sa.and_(due, Letter.id == number)
    db.session.rollback()
    if db.session.scalar(sa.select(Letter.id).where(due).limit(1)) is None:
        yield [], lease
        return
    with turns.leased("letters", lease) as is_mine:
        yield (_take(due, limit, lease) if is_mine else []), lease


def _left_behind(now: datetime) -> list[datetime]:
    """Return leases that nobody holds any more: who had taken these letters was killed, whatever the clock says."""
    held = sa.select(Letter.due_at).where(Letter.state == LetterState.SENDING, Letter.due_at > now).distinct()
    leases = db.session.scalars(held).all()
    db.session.rollback()
    return turns.left_behind("letters", leases)


def _take(due: sa.ColumnElement[bool], limit: int, lease: datetime) -> Sequence[int]:
    chosen = sa.select(Letter.id).where(due).order_by(Letter.id).limit(limit).with_for_update(skip_locked=True)
    with transaction():
        taken = db.session.scalars(chosen).all()
        db.session.execute(
            sa.update(Letter).where(Letter.id.in_(taken)).values(state=LetterState.SENDING, due_at=lease))
    return taken


def _leased(numbers: Sequence[int], lease: datetime) -> sa.ColumnElement[bool]:
    """Letters that are still ours: nobody deleted them, took them back or took them over."""
    return sa.and_(Letter.id.in_(numbers), Letter.state == LetterState.SENDING, Letter.due_at == lease)


def _give_back(numbers: Sequence[int], lease: datetime) -> None:
    with transaction():
        db.session.execute(
            sa.update(Letter).where(_leased(numbers, lease)).values(state=LetterState.WAITING, due_at=clock.now()))


def _put_off(numbers: Sequence[int], lease: datetime, error: str) -> None:
    """Wait for a mail server that is away: it is no letter's fault, so none is ever given up for that."""
    with transaction():
        for letter in db.session.scalars(sa.select(Letter).where(_leased(numbers, lease)).with_for_update()):
            letter.attempts = min(letter.attempts + 1, max(letter.attempts, GIVE_UP_AFTER // 2))
            letter.state, letter.error = LetterState.WAITING, error
            letter.due_at = clock.now() + min(queue.wait(letter.attempts, 30), LONGEST_REST)


def _send(number: int, lease: datetime, line: Line) -> int:
    letter = db.session.execute(sa.select(*Letter.__table__.columns).where(_leased([number], lease))).one_or_none()
    db.session.rollback()
    if letter is None:
        return 0
    try:
        line.send(_mail(letter))
    except BROKEN as fault:
        log.warning("letter %s: %s", number, type(fault).__name__)
        _note_fault(number, lease, fault)
        return 0
    _note_sent(letter)
    return 1


def _note_sent(letter: Any) -> None:
    text = "" if letter.key.startswith(rules.CONFIDENTIAL) else letter.text
    with transaction():
        db.session.execute(sa.update(Letter).where(Letter.id == letter.id).values(
            state=LetterState.SENT, sent_at=clock.now(), attempts=Letter.attempts + 1, error="", text=text))


def _note_fault(number: int, lease: datetime, fault: Exception) -> None:
    with transaction():
        letter = db.session.scalar(sa.select(Letter).where(_leased([number], lease)).with_for_update())
        if letter is None:
            return
        _fail(letter, type(fault).__name__)
        if letter.headers and is_for_good(fault):
            letter.state = LetterState.FAILED
            for listener in refusals:
                listener(letter)


def _fail(letter: Letter, error: str) -> None:
    """Note an attempt that failed; the next one waits longer each time."""
    letter.attempts += 1
    letter.error = error
    if letter.attempts >= GIVE_UP_AFTER:
        letter.state = LetterState.FAILED
    else:
        letter.state = LetterState.WAITING
        letter.due_at = clock.now() + queue.wait(letter.attempts, 30)


def _as_typed(text: str) -> str:
    """Keep what looks like an encoded word (RFC 2047) from being decoded: a line break in one would begin a head."""
    return text.replace("=?", "= ?")


def _mail(letter: Any) -> EmailMessage:
    """Give a letter its two shapes: plain, and HTML whose paragraphs keep their own direction."""
    mail = EmailMessage(policy=LONG_LINES)
    mail["From"] = current_app.config["MAIL_FROM"]
    mail["To"] = _as_typed(letter.address)
    mail["Subject"] = _as_typed(letter.subject)
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(rules.html_of(letter.text, named(letter.language)), subtype="html")
    if letter.calendar:
        _invite(mail, letter.calendar)
    for name, value in (letter.headers or {}).items():
        mail[name] = _as_typed(value)
    mail["Content-Language"] = named(letter.language).html
    return mail


def _invite(mail: EmailMessage, calendar: str) -> None:
    """Add an invitation in the two ways that calendars read (RFC 6047): as the last shape, and as a file.

    Programs that know invitations show buttons for the shape; the others offer the file. In base64 no server on the
    way can break a line of it.
    """
    mail.add_alternative(calendar, subtype="calendar", cte="base64", params={"method": rules.method_of(calendar)})
    mail.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="invite.ics")
