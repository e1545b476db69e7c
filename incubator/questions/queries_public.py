"""Answered questions as everybody reads them; nothing here selects who asked, or what was written at first."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.partners.models import Pledge, PledgeState
from incubator.programme.models import Round
from incubator.projects.lifecycle import PUBLIC
from incubator.projects.models import Project
from incubator.questions import rules
from incubator.questions.models import Message
from incubator.questions.pages import Answered, AnsweredPage, Target
from incubator.wording.queries import Passage, words

ON_A_PAGE = 20
Said = Callable[[str, int, str, str, str], Passage]


def target(slug: str, language: str) -> Target | None:
    """Return a project one can write to; None where the public does not know it, or its round takes nothing."""
    row = db.session.execute(
        sa.select(Project.id, Project.slug, Project.title, Project.language, Project.status)
        .join(Round, Round.id == Project.round_id)
        .where(Project.slug == slug, Project.status.in_(PUBLIC), Round.takes_questions)
    ).one_or_none()
    if row is None:
        return None
    title = words(language, {"project": [row.id]}).of("project", row.id, "title", row.title, row.language)
    return Target(row.id, row.slug, title, rules.takes(row.status, True))


def newest(slug: str, limit: int) -> sa.Subquery:
    """Select the newest answered questions of a project, to be joined to what else is read of it."""
    return (
        _answered().join(Project, Project.id == Message.project_id).where(Project.slug == slug).limit(limit).subquery()
    )


def columns(asked: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    """Return what is read of `newest` beside a project's own columns."""
    return [column for column in asked.c if column.name != "project_id"]


def _answered() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Message.id.label("message_id"), Message.project_id, Message.public_text,
            Message.language.label("message_language"), Message.answer, Message.answer_language, Message.answered_at,
        )
        .where(Message.is_public)
        .order_by(Message.answered_at.desc(), Message.id.desc())
    )


def helpers() -> sa.ScalarSelect[int]:
    """Count those whose help was accepted and not withdrawn, for a query over projects."""
    return (
        sa.select(sa.func.count(Message.id)).join(Pledge, Pledge.id == Message.pledge_id)
        .where(Message.project_id == Project.id, Pledge.state != PledgeState.WITHDRAWN).scalar_subquery()
    )


def of_neighbours() -> sa.Select[int | None]:
    """Select the pledge at hand if it came of an offer: of these the public sees only how many."""
    return sa.select(Message.pledge_id).where(Message.pledge_id == Pledge.id).correlate(Pledge)


def answered(rows: Sequence[Any], said: Said) -> tuple[Answered, ...]:
    return tuple(
        Answered(
            row.message_id,
            said("message", row.message_id, "public_text", row.public_text, row.message_language),
            said("message", row.message_id, "answer", row.answer, row.answer_language),
            row.answered_at,
        )
        for row in rows if row.message_id is not None
    )


def page(slug: str, language: str, before: int | None) -> AnsweredPage | None:
    """Return answered questions, the newest first; `before` is the id of one, those older than it are wanted."""
    found = target(slug, language)
    if found is None:
        return None
    wanted = _answered().where(Message.project_id == found.id).limit(ON_A_PAGE + 1)
    if before is not None:
        mark = sa.select(Message.answered_at).where(Message.id == before).scalar_subquery()
        wanted = wanted.where(sa.or_(
            Message.answered_at < mark, sa.and_(Message.answered_at == mark, Message.id < before)))
    rows = db.session.execute(wanted).all()
    shown = answered(rows[:ON_A_PAGE], words(language, {"message": [row.message_id for row in rows]}).of)
    return AnsweredPage(found, shown, shown[-1].id if len(rows) > ON_A_PAGE else None)
