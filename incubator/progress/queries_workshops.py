"""Workshops: those one can still come to, those that were, and what came out of one."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea, Workshop, WorkshopState, workshop_theme
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.programme.models import Round, Theme
from incubator.progress import queries_dialogue as listed
from incubator.progress.pages import Link
from incubator.progress.pages_dialogue import WorkshopList, WorkshopPage
from incubator.progress.queries_cards import cards, theme_name
from incubator.progress.queries_cards import listed as projects_listed
from incubator.progress.queries_words import words
from incubator.projects.models import Project

ON_LIST = 20


def workshop_list(before: int | None, language: str) -> WorkshopList:
    """Return what lies ahead, next first, then what was, newest first; three queries."""
    ahead, past = [] if before else _ahead(), page_of(_past(before), ON_LIST)
    said = words(language, {"workshop": [row.id for row in [*ahead, *past.rows]]})
    return WorkshopList(
        ahead=listed.workshops(ahead, said),
        past=listed.workshops(past.rows, said),
        older=past.after,
        is_first=before is None,
    )


def _ahead() -> list[Any]:
    """Return what is still to come; what was called off stays there until its day, for those who wanted to come."""
    return list(db.session.execute(
        listed.workshops_listed()
        .where(Workshop.ends_at > clock.now(), Workshop.state != WorkshopState.HELD)
        .order_by(Workshop.starts_at, Workshop.id).limit(listed.ON_PAGE)
    ).all())


def _past(before: int | None) -> list[Any]:
    query = (
        listed.workshops_listed()
        .where(sa.or_(Workshop.ends_at <= clock.now(), Workshop.state == WorkshopState.HELD))
        .order_by(Workshop.starts_at.desc(), Workshop.id.desc()).limit(ON_LIST + 1)
    )
    if before is not None:
        mark = sa.select(Workshop.starts_at).where(Workshop.id == before).scalar_subquery()
        query = query.where(sa.or_(
            Workshop.starts_at < mark, sa.and_(Workshop.starts_at == mark, Workshop.id < before)
        ))
    return list(db.session.execute(query).all())


def workshop_page(slug: str, language: str, today: date) -> WorkshopPage | None:
    """Return a workshop with what came out of it, with seven queries."""
    row = _workshop(slug)
    if row is None:
        return None
    given = db.session.execute(listed.ideas_listed().where(Idea.workshop_id == row.id).limit(listed.ON_PAGE)).all()
    grown = db.session.execute(projects_listed().where(Project.idea_id.in_(
        sa.select(Idea.id).where(Idea.workshop_id == row.id, listed.idea_is_public())
    )).limit(listed.ON_PAGE)).all()
    said = words(language, {"workshop": [row.id], "idea": [each.id for each in given]})
    return WorkshopPage(
        card=listed.workshop(row, said, clock.now()),
        text=said.of("workshop", row.id, "text", row.text, row.language),
        summary=said.of("workshop", row.id, "summary", row.summary, row.language),
        languages=tuple(row.languages),
        has_interpreters=row.has_interpreters,
        has_childcare=row.has_childcare,
        is_step_free=row.is_step_free,
        participants=row.participants,
        themes=_themes(row.id, language),
        round=Link(row.round_slug, row.round),
        ideas=listed.ideas(given, said),
        projects=cards(grown, language, today),
    )


def _workshop(slug: str) -> Any | None:
    return db.session.execute(
        listed.workshops_listed().add_columns(
            Workshop.text, Workshop.summary, Workshop.languages, Workshop.has_interpreters, Workshop.has_childcare,
            Workshop.is_step_free, Workshop.participants, Round.slug.label("round_slug"), Round.name.label("round"),
        ).join(Round, Round.id == Workshop.round_id).where(Workshop.slug == slug)
    ).one_or_none()


def _themes(workshop_id: int, language: str) -> tuple[Link, ...]:
    rows = db.session.execute(
        sa.select(Theme.slug, Theme.names).join(workshop_theme, workshop_theme.c.theme_id == Theme.id)
        .where(workshop_theme.c.workshop_id == workshop_id).order_by(Theme.position, Theme.id)
    )
    return tuple(Link(row.slug, theme_name(row.names, language)) for row in rows)
