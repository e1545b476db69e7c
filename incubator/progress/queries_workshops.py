"""Workshops: those one can still come to, those that were, and what came out of one."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dialogue import queries_signup, rules_signup
from incubator.dialogue.models import Idea, Workshop, WorkshopState, workshop_theme
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.programme.models import Round, Theme
from incubator.progress import queries_dialogue as listed
from incubator.progress.pages import Link
from incubator.progress.pages_dialogue import Room, WorkshopList, WorkshopPage
from incubator.progress.queries_boards import has_minutes
from incubator.progress.queries_cards import cards, theme_name
from incubator.progress.queries_cards import listed as projects_listed
from incubator.projects.models import Project
from incubator.wording.queries import words

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
        .where(Workshop.ends_at > clock.minute(), Workshop.state != WorkshopState.HELD)
        .order_by(Workshop.starts_at, Workshop.id).limit(listed.ON_PAGE)
    ).all())


def _past(before: int | None) -> list[Any]:
    query = (
        listed.workshops_listed()
        .where(sa.or_(Workshop.ends_at <= clock.minute(), Workshop.state == WorkshopState.HELD))
        .order_by(Workshop.starts_at.desc(), Workshop.id.desc()).limit(ON_LIST + 1)
    )
    if before is not None:
        mark = sa.select(Workshop.starts_at).where(Workshop.id == before).scalar_subquery()
        query = query.where(sa.or_(
            Workshop.starts_at < mark, sa.and_(Workshop.starts_at == mark, Workshop.id < before)
        ))
    return list(db.session.execute(query).all())


def workshop_page(slug: str, language: str, today: date) -> WorkshopPage | None:
    """Return a workshop with what came out of it, with eight queries at most."""
    row = _workshop(slug)
    if row is None:
        return None
    given = db.session.execute(listed.ideas_listed().where(Idea.workshop_id == row.id).limit(listed.ON_PAGE)).all()
    grown = db.session.execute(projects_listed().where(Project.idea_id.in_(
        sa.select(Idea.id).where(Idea.workshop_id == row.id, listed.idea_is_public())
    )).limit(listed.ON_PAGE)).all()
    said = words(language, {"workshop": [row.id], "idea": [each.id for each in given]})
    return WorkshopPage(
        card=listed.workshop(row, said, clock.minute()),
        room=_room(row),
        closed=_closed(row),
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
        has_minutes=row.has_minutes,
    )


def _room(row: Any) -> Room | None:
    if rules_signup.closed_because(row, clock.minute()):
        return None
    return Room(queries_signup.seats(row.id, row.places).free)


def _closed(row: Any) -> str:
    """Say why nobody can sign up any more, while the workshop itself is still to come."""
    is_asked = row.takes_signups and rules_signup.is_ahead(row, clock.minute())
    return str(rules_signup.closed_because(row, clock.minute()) or "") if is_asked else ""


def _workshop(slug: str) -> Any | None:
    return db.session.execute(
        listed.workshops_listed().add_columns(
            Workshop.text, Workshop.summary, Workshop.languages, Workshop.has_interpreters, Workshop.has_childcare,
            Workshop.is_step_free, Workshop.participants, Workshop.takes_signups, Workshop.places,
            Workshop.signups_until, Round.slug.label("round_slug"), Round.name.label("round"),
            has_minutes().label("has_minutes"),
        ).join(Round, Round.id == Workshop.round_id).where(Workshop.slug == slug)
    ).one_or_none()


def _themes(workshop_id: int, language: str) -> tuple[Link, ...]:
    rows = db.session.execute(
        sa.select(Theme.slug, Theme.names).join(workshop_theme, workshop_theme.c.theme_id == Theme.id)
        .where(workshop_theme.c.workshop_id == workshop_id).order_by(Theme.position, Theme.id)
    )
    return tuple(Link(row.slug, theme_name(row.names, language)) for row in rows)
