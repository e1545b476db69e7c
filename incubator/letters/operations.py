"""Write letters down, each as its reader wants to hear of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import make_msgid
from typing import Any

import sqlalchemy as sa
from flask import current_app, render_template

from incubator.foundation import clock, queue
from incubator.foundation.database import db, insert
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import after_commit
from incubator.journal.models import Entry
from incubator.letters import names, queries, rules
from incubator.letters.models import Letter, LetterState, Wish
from incubator.letters.rules import CONFIDENTIAL as CONFIDENTIAL
from incubator.letters.sending import GIVE_UP_AFTER as GIVE_UP_AFTER
from incubator.letters.sending import LEASE as LEASE
from incubator.letters.sending import on_refusal as on_refusal
from incubator.letters.sending import post as post
from incubator.letters.topics import Topic, topic_of

CHOICES = "desk/me/letters"


@dataclass(frozen=True)
class Draft:
    """One of many letters, written already."""

    key: str
    address: str
    language: str
    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)


def write(
    to: Any, template: str, *, key: str, language: str | None = None, calendar: str = "", **context: Any
) -> Letter | None:
    """Write a letter in the recipient's language, once per key; None where it was written before or is not wanted.

    `to` is a person or a mail address. The template's first line is the subject. A person who wants to hear of this
    topic once a day gets it with the next digest. The text of a letter whose key begins with `CONFIDENTIAL` is
    forgotten once it was sent: a link in it opens an account. `calendar` is an iCalendar object with its METHOD, for
    letters that cannot wait for a digest.
    """
    address, person_id = (to, None) if isinstance(to, str) else (to.mail, to.id)
    if not address or db.session.scalar(sa.select(Letter.id).where(Letter.key == key)):
        return None
    topic = topic_of(template)
    if person_id is not None and not rules.is_there(to.is_active, topic):
        return None
    wish = Wish.NOW if topic is None or person_id is None else queries.wish(person_id, topic)
    if wish is Wish.NEVER:
        return None
    spoken = named(language or getattr(to, "language", None)).code
    subject, text = compose(template, spoken, to=to, **context)
    if wish is Wish.DIGEST:
        text = rules.note_of(text, current_app.config["BASE_URL"], getattr(context.get("project"), "title", ""))
    elif person_id is not None and not key.startswith(CONFIDENTIAL):
        text += _how_to_change(spoken, topic)
    letter = Letter(
        key=key, address=address, person_id=person_id, topic=topic or "", language=spoken, subject=subject, text=text,
        calendar=calendar, message_id=_message_id(), written_at=clock.now(), due_at=clock.now(),
        state=LetterState.GATHERED if wish is Wish.DIGEST else LetterState.WAITING,
    )
    db.session.add(letter)
    db.session.flush()
    if wish is Wish.NOW:
        number = letter.id
        after_commit(lambda: queue.wake("incubator.letters.jobs.post", number))
    return letter


def _how_to_change(language: str, topic: Topic | None) -> str:
    """Say at the end where somebody chooses what they hear; never beside a link that opens their account."""
    with in_language(language):
        sentence = str(rules.CHOOSE if topic else rules.ALWAYS_COMES)
    return f"\n{sentence}\n{current_app.config['BASE_URL']}/{language}/{CHOICES}\n"


def compose(template: str, language: str, **context: Any) -> tuple[str, str]:
    """Return the subject and the text of a letter in a language."""
    with in_language(language):
        base_url = current_app.config["BASE_URL"]
        content = render_template(f"letters/{template}.txt", base_url=base_url, **names.SAID, **context)
    subject, _, text = content.strip().partition("\n")
    text = re.sub(r"\n{3,}", "\n\n", text)  # what is not said leaves no gap
    return " ".join(subject.split()), text.strip() + "\n"


def _message_id() -> str:
    return make_msgid(domain=current_app.config["MAIL_FROM"].partition("@")[2])


def write_many(drafts: Sequence[Draft]) -> None:
    """Write letters to many, each once per key; nobody is woken: the clock sends them, some at a time."""
    if not drafts:
        return
    now = clock.now()
    db.session.connection().execute(insert(Letter).on_conflict_do_nothing(index_elements=["key"]), [
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
    """Blank letters whose links no longer open anything; those that wait or were taken to be sent stay here."""
    for letter in db.session.scalars(sa.select(Letter).where(Letter.key.in_(keys), Letter.text != "")):
        letter.text = ""
        if letter.state in (LetterState.WAITING, LetterState.SENDING):
            letter.state, letter.error = LetterState.FAILED, rules.OUT_OF_DATE
