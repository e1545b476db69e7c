"""Messages, as the office and the team read them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.organisations.models import Organisation
from incubator.partners import queries as partners
from incubator.projects.models import Participation, Project
from incubator.questions.models import Message, MessageKind, MessageState
from incubator.questions.rules import SEEN_BY_TEAM

LATELY = 30
ON_PAGE = 50


def message(message_id: int) -> Message:
    """Return a message with its project, for the office."""
    return db.session.get_one(Message, message_id, options=[joinedload(Message.project)])


def passed_question(message_id: int) -> Message | None:
    return _passed(message_id, MessageKind.QUESTION)


def passed_offer(message_id: int) -> Message | None:
    return _passed(message_id, MessageKind.OFFER)


def passed(message_id: int) -> Message | None:
    """Return a message the team may know of; one that waits or was kept back is as if it were not there."""
    found = message(message_id)
    return found if found.state in SEEN_BY_TEAM else None


def _passed(message_id: int, kind: MessageKind) -> Message | None:
    found = passed(message_id)
    return found if found is not None and found.kind is kind else None


def public_answer(message_id: int) -> Message | None:
    found = message(message_id)
    return found if found.is_public else None


def _for_office(person_id: int) -> sa.Select[Message]:
    """Select messages to projects in which somebody has no part: nobody moderates for their own."""
    joined = sa.select(Message).join(Message.project).options(contains_eager(Message.project))
    return joined.where(_of_others(person_id))


def _of_others(person_id: int) -> sa.ColumnElement[bool]:
    return Message.project_id.not_in(sa.select(Participation.project_id).where(
        Participation.person_id == person_id, Participation.until.is_(None)))


def waiting(person_id: int, after: int = 0) -> Page:
    """Return what waits to be read, who has waited longest first."""
    chosen = _for_office(person_id).where(Message.state == MessageState.WAITING, Message.id > after)
    return page_of(db.session.scalars(chosen.order_by(Message.id).limit(ON_PAGE + 1)).all(), ON_PAGE)


def number_waiting(person_id: int) -> int:
    waits = sa.and_(Message.state == MessageState.WAITING, _of_others(person_id))
    return db.session.scalar(sa.select(sa.func.count(Message.id)).where(waits)) or 0


def moderated(person_id: int) -> Sequence[Message]:
    """Return what was decided lately, the newest first."""
    return db.session.scalars(
        _for_office(person_id).where(Message.state != MessageState.WAITING)
        .order_by(Message.moderated_at.desc(), Message.id.desc()).limit(LATELY)
    ).all()


def of_project(project_id: int) -> Sequence[Message]:
    """Return what was passed on to a project, the newest first."""
    return db.session.scalars(
        sa.select(Message).where(Message.project_id == project_id, Message.state.in_(SEEN_BY_TEAM))
        .order_by(Message.id.desc())
    ).all()


def waiting_before(later: Message, since: datetime) -> Sequence[Project]:
    """Return the projects of earlier messages of the last hours that still wait: their readers were told already."""
    earlier = sa.select(Message.project_id).where(
        Message.state == MessageState.WAITING, Message.id < later.id, Message.written_at >= since)
    return db.session.scalars(
        sa.select(Project).where(Project.id.in_(earlier)).options(selectinload(Project.participations))).all()


def organisations_for(project: Project) -> list[Organisation]:
    """Return through whom the help of private persons can be written down: the carrier first, then the partners."""
    found = [project.carrier] if project.carrier else []
    found += [each.organisation for each in partners.partnerships(project.id)]
    return list(dict.fromkeys(found))
