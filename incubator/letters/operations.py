"""Write letters down, and send what was written."""

import logging
import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app, render_template
from sqlalchemy.dialects import postgresql, sqlite

from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold, is_sqlite
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal.models import Entry
from incubator.letters import rules
from incubator.letters.models import Letter, LetterState

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = 12
PATIENCE = timedelta(hours=6)
TIMEOUT = 20
CONFIDENTIAL = "secret:"
LONG_LINES = policy.SMTP.clone(max_line_length=900)  # a folded link would be read as something else
refusals: list[Callable[[Letter], None]] = []


@dataclass(frozen=True)
class Draft:
    """One of many letters, written already."""

    key: str
    address: str
    language: str
    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)


def on_refusal(listener: Callable[[Letter], None]) -> Callable[[Letter], None]:
    """Register who wants to hear, in the transaction of the sending, that a letter to many was refused for good."""
    refusals.append(listener)
    return listener


def write(to: Any, template: str, *, key: str, language: str | None = None, **context: Any) -> Letter | None:
    """Write a letter in the recipient's language, once per key; None where it was written before.

    `to` is a person or a mail address. The template's first line is the subject. The text of a letter whose key
    begins with `CONFIDENTIAL` is forgotten once it was sent: a link in it opens an account.
    """
    address = to if isinstance(to, str) else to.mail
    if not address or db.session.scalar(sa.select(Letter.id).where(Letter.key == key)):
        return None
    spoken = named(language or getattr(to, "language", None))
    subject, text = compose(template, spoken.code, to=to, **context)
    letter = Letter(
        key=key, address=address, person_id=getattr(to, "id", None), language=spoken.code, subject=subject, text=text,
        message_id=_message_id(), written_at=clock.now(), due_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    number = letter.id
    after_commit(lambda: queue.wake("incubator.letters.jobs.post", number))
    return letter


def compose(template: str, language: str, **context: Any) -> tuple[str, str]:
    """Return the subject and the text of a letter in a language."""
    with in_language(language):
        content = render_template(f"letters/{template}.txt", base_url=current_app.config["BASE_URL"], **context)
    subject, _, text = content.strip().partition("\n")
    text = re.sub(r"\n{3,}", "\n\n", text)  # what is not said leaves no gap
    return " ".join(subject.split()), text.strip() + "\n"


def _message_id() -> str:
    return make_msgid(domain=current_app.config["MAIL_FROM"].partition("@")[2])


def write_many(drafts: Sequence[Draft]) -> None:
    """Write letters to many, each once per key; nobody is woken: the clock sends them, some at a time."""
    if not drafts:
        return
    insert = sqlite.insert(Letter) if is_sqlite() else postgresql.insert(Letter)
    now = clock.now()
    db.session.connection().execute(insert.on_conflict_do_nothing(index_elements=["key"]), [
        {
            "key": draft.key, "address": draft.address, "language": draft.language, "subject": draft.subject,
            "text": draft.text, "headers": draft.headers, "message_id": _message_id(), "written_at": now, "due_at": now,
        }
        for draft in drafts
    ])


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
    error, refused = "", False
    try:
        _speak(mail)
    except (OSError, smtplib.SMTPException) as fault:
        error, refused = type(fault).__name__, _is_for_good(fault)
        log.warning("letter %s: %s", number, error)
    with transaction():
        letter = hold(db.session.get_one(Letter, number))
        letter.attempts += 1
        letter.error = error
        if not error:
            letter.state, letter.sent_at = LetterState.SENT, clock.now()
            letter.text = "" if letter.key.startswith(CONFIDENTIAL) else letter.text
        elif refused and letter.headers:
            letter.state = LetterState.FAILED
            for listener in refusals:
                listener(letter)
        elif letter.attempts >= GIVE_UP_AFTER:
            letter.state = LetterState.FAILED
        else:
            letter.state = LetterState.WAITING
            letter.due_at = clock.now() + min(timedelta(seconds=30 * 2**letter.attempts), PATIENCE)
    return 0 if error else 1


def _is_for_good(fault: Exception) -> bool:
    """Say whether the mail server does not want the one recipient, today or tomorrow (5xx)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= 500


def _mail(letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=LONG_LINES if letter.headers else policy.SMTP)
    mail["From"] = current_app.config["MAIL_FROM"]
    mail["To"] = letter.address
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    if letter.headers:
        mail.add_alternative(rules.html_of(letter.text, named(letter.language)), subtype="html")
        for name, value in letter.headers.items():
            mail[name] = value
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
