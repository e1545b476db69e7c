"""Published updates with their photos."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.media.models import Photo
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState, update_photo
from incubator.progress.pages import News, Picture
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_words import Words
from incubator.projects.models import Project

PHOTO_PATH = "/media/{key}.jpg"
SMALL_PHOTO_PATH = "/media/{key}-small.jpg"


def news_rows(
    today: date, *, project_id: int | None = None, before: int | None = None,
    among: sa.ColumnElement[bool] | None = None, limit: int,
) -> list[Any]:
    """Return the newest published updates, one row for each photo, with one query.

    `before` is the id of an update: those older than it are wanted. `among` narrows the projects they come from. A
    milestone's report is news only once accepted.
    """
    newest = (
        sa.select(Update.id)
        .join(Project, Project.id == Update.project_id)
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(
            is_public(),
            Update.state == UpdateState.PUBLISHED,
            sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED),
        )
        .order_by(Update.published_at.desc(), Update.id.desc())
        .limit(limit)
    )
    if project_id is not None:
        newest = newest.where(Update.project_id == project_id)
    if among is not None:
        newest = newest.where(among)
    if before is not None:
        mark = sa.select(Update.published_at).where(Update.id == before).scalar_subquery()
        newest = newest.where(
            sa.or_(Update.published_at < mark, sa.and_(Update.published_at == mark, Update.id < before))
        )
    return list(db.session.execute(_with_photos(newest.subquery(), today)))


def _with_photos(newest: sa.Subquery, today: date) -> sa.Select[*tuple[Any, ...]]:
    shown = sa.and_(
        Photo.id == update_photo.c.photo_id,
        Photo.is_public,
        Photo.withdrawn_at.is_(None),
        sa.or_(~Photo.shows_people, Photo.consent_until >= today),
    )
    return (
        sa.select(
            Update.id, Update.title, Update.text, Update.language, Update.published_at,
            Project.id.label("project_id"), Project.slug, Project.title.label("project_title"),
            Project.language.label("project_language"),
            Milestone.id.label("milestone_id"), Milestone.title.label("milestone_title"),
            Milestone.language.label("milestone_language"),
            Photo.key, Photo.alt, Photo.alt_language, Photo.credit, Photo.width, Photo.height,
        )
        .join(newest, newest.c.id == Update.id)
        .join(Project, Project.id == Update.project_id)
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .outerjoin(update_photo, update_photo.c.update_id == Update.id)
        .outerjoin(Photo, shown)
        .order_by(Update.published_at.desc(), Update.id.desc(), Photo.id)
    )


def wanted(rows: Sequence[Any]) -> dict[str, set[int]]:
    """Name the owners of the passages these rows hold."""
    return {
        "update": {row.id for row in rows},
        "project": {row.project_id for row in rows},
        "milestone": {row.milestone_id for row in rows if row.milestone_id},
    }


def news(rows: Sequence[Any], said: Words) -> tuple[News, ...]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return tuple(_news(each, said) for each in grouped.values())


def _news(rows: Sequence[Any], said: Words) -> News:
    row = rows[0]
    milestone = None
    if row.milestone_id:
        milestone = said.of("milestone", row.milestone_id, "title", row.milestone_title, row.milestone_language)
    return News(
        id=row.id,
        title=said.of("update", row.id, "title", row.title, row.language),
        text=said.of("update", row.id, "text", row.text, row.language),
        published_at=row.published_at,
        project_slug=row.slug,
        project_title=said.of("project", row.project_id, "title", row.project_title, row.project_language),
        milestone=milestone,
        pictures=tuple(_picture(each) for each in rows if each.key),
    )


def _picture(row: Any) -> Picture:
    return Picture(
        url=PHOTO_PATH.format(key=row.key),
        small_url=SMALL_PHOTO_PATH.format(key=row.key),
        alt=row.alt,
        alt_language=row.alt_language,
        credit=row.credit,
        width=row.width,
        height=row.height,
    )
