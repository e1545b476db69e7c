"""Take what anybody writes to a project, and forget it when its time is over."""

import sqlalchemy as sa

from incubator.accounts.operations_sign_in import count_try
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import record
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.projects import queries as projects
from incubator.questions import rules
from incubator.questions.models import HelpKind, Message, MessageKind, MessageState
from incubator.questions.rules import Fate
from incubator.wording import operations as wording

PREFIX = f"{letters.CONFIDENTIAL}message:"
AT_ONCE = 500


def ask(project_id: int, *, text: str, name: str, mail: str, language: str, network: str) -> Message:
    """Take a question; nobody but the office reads it before it was passed on."""
    return _take(project_id, network, Message(
        kind=MessageKind.QUESTION, text=text, name=name, mail=mail, language=language))


def offer(
    project_id: int, *, help_kind: HelpKind, quantity: str, text: str, name: str, mail: str, language: str,
    network: str,
) -> Message:
    """Take an offer of help; its address is for the answer."""
    return _take(project_id, network, Message(
        kind=MessageKind.OFFER, help_kind=HelpKind(help_kind), quantity=quantity, text=text, name=name, mail=mail,
        language=language))


def _take(project_id: int, network: str, message: Message) -> Message:
    project = projects.project(project_id)
    rules.demand_taking(project.status, project.round.takes_questions)
    count_try("message from", network)
    if message.mail:
        count_try("message of", message.mail)
    message.text = rules.demand_text(message.text, "text")
    message.project_id, message.state, message.written_at = project.id, MessageState.WAITING, clock.now()
    db.session.add(message)
    record("message.received", None, message, kind=message.kind)
    return message


def forget_old() -> None:
    """Do with every message what its time says, and delete the letters to writers a month after they went out."""
    now = clock.now()
    for message in _old():
        what = rules.fate(message, now)
        if what is Fate.DELETE:
            _delete(message)
        elif what is Fate.FORGET_WRITER:
            message.name, message.text, message.quantity = "", "", ""
            message.mail = rules.FORGOTTEN if message.kind is MessageKind.OFFER else ""
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(PREFIX), Letter.state.in_((LetterState.SENT, LetterState.FAILED)),
        Letter.written_at < now - rules.WRITER_KEPT_FOR))


def _old() -> list[Message]:
    """Return messages whose time may be over; those that no longer know their writer are left alone."""
    now = clock.now()
    done = sa.and_(
        Message.state.in_(rules.FINISHED), Message.answered_at <= now - rules.WRITER_KEPT_FOR,
        sa.or_(Message.text != "", Message.name != "", Message.mail.not_in(("", rules.FORGOTTEN)),
               sa.and_(~Message.is_public, Message.pledge_id.is_(None))),
    )
    return list(db.session.scalars(sa.select(Message).where(sa.or_(
        done,
        sa.and_(Message.state == MessageState.KEPT_BACK, Message.moderated_at <= now - rules.KEPT_BACK_FOR),
        sa.and_(Message.state.in_((MessageState.WAITING, MessageState.PASSED)),
                Message.written_at <= now - rules.UNANSWERED_FOR),
    )).order_by(Message.id).limit(AT_ONCE)))


def _delete(message: Message) -> None:
    wording.forget("message", message.id)
    db.session.execute(sa.delete(Letter).where(Letter.key == f"{PREFIX}{message.id}"))
    db.session.delete(message)
