"""Write letters down, and send what was written."""

import logging
import re
import smtplib
import ssl
from collections.abc import Iterable
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app, render_template

from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal.models import Entry
from incubator.letters.models import Letter, LetterState

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = 12
PATIENCE = timedelta(hours=6)
TIMEOUT = 20
CONFIDENTIAL = "secret:"


def write(to: Any, template: str, *, key: str, language: str | None = None, **context: Any) -> Letter | None:
    """Write a letter in the recipient's language, once per key; None where it was written before.

    `to` is a person or a mail address. The template's first line is the subject. The text of a letter whose key
    begins with `CONFIDENTIAL` is forgotten once it was sent: a link in it opens an account.
    """
    address = to if isinstance(to, str) else to.mail
    if not address or db.session.scalar(sa.select(Letter.id).where(Letter.key == key)):
        return None
    with in_language(language or getattr(to, "language", None) or "de") as spoken:
        content = render_template(f"letters/{template}.txt", to=to, base_url=current_app.config["BASE_URL"], **context)
    subject, _, text = content.strip().partition("\n")
    text = re.sub(r"\n{3,}", "\n\n", text)  # what is not said leaves no gap
    letter = Letter(
        key=key, address=address, person_id=getattr(to, "id", None), language=spoken.code,
        subject=" ".join(subject.split()), text=text.strip() + "\n",
        message_id=make_msgid(domain=current_app.config["MAIL_FROM"].partition("@")[2]),
        written_at=clock.now(), due_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    number = letter.id
    after_commit(lambda: queue.wake("incubator.letters.jobs.post", number))
    return letter


def tell(people: Iterable[Any], template: str, entry: Entry, **context: Any) -> None:
    """Write to each person once about an entry of the journal, but never to the one who did it."""
    for person in people:
        if person.seal != entry.actor:
            write(person, template, key=f"{entry.id}:{template}:{person.id}", **context)


def forget(keys: Iterable[str]) -> None:
    """Blank letters whose links no longer open anything; those that wait are not sent any more."""
    for letter in db.session.scalars(sa.select(Letter).where(Letter.key.in_(keys), Letter.text != "")):
        letter.text = ""
        if letter.state is LetterState.WAITING:
            letter.state, letter.error = LetterState.FAILED, "out of date"


def post(number: int | None = None, *, limit: int = 50) -> int:
    """Send what is due and return how many went out; without a mail server letters stay where they are."""
    if not current_app.config["SMTP_URL"]:
        return 0
    sent = 0
    for taken in _take(number, limit):
        sent += _send(taken)
    return sent


def _take(number: int | None, limit: int) -> list[int]:
    """Lease letters to this process; one that dies while sending loses them after five minutes."""
    now = clock.now()
    with transaction():
        due = sa.select(Letter).where(
            Letter.state.in_((LetterState.WAITING, LetterState.SENDING)), Letter.due_at <= now
        )
        if number is not None:
            due = due.where(Letter.id == number)
        letters = db.session.scalars(due.order_by(Letter.id).limit(limit).with_for_update(skip_locked=True)).all()
        for letter in letters:
            letter.state, letter.due_at = LetterState.SENDING, now + LEASE
        return [letter.id for letter in letters]


def _send(number: int) -> int:
    letter = db.session.get_one(Letter, number)
    mail = _mail(letter)
    db.session.rollback()
    error = ""
    try:
        _speak(mail)
    except (OSError, smtplib.SMTPException) as fault:
        error = type(fault).__name__
        log.warning("letter %s: %s", number, error)
    with transaction():
        letter = hold(db.session.get_one(Letter, number))
        letter.attempts += 1
        letter.error = error
        if not error:
            letter.state, letter.sent_at = LetterState.SENT, clock.now()
            letter.text = "" if letter.key.startswith(CONFIDENTIAL) else letter.text
        elif letter.attempts >= GIVE_UP_AFTER:
            letter.state = LetterState.FAILED
        else:
            letter.state = LetterState.WAITING
            letter.due_at = clock.now() + min(timedelta(seconds=30 * 2**letter.attempts), PATIENCE)
    return 0 if error else 1


def _mail(letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = current_app.config["MAIL_FROM"]
    mail["To"] = letter.address
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail["Content-Language"] = named(letter.language).html
    return mail


def _speak(mail: EmailMessage) -> None:
    """Send over smtp:// (STARTTLS where the server offers it and it is not this machine) or smtps://."""
    url = urlsplit(current_app.config["SMTP_URL"])
    host = url.hostname or "127.0.0.1"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(url.username, url.password or "")
        server.send_message(mail)
