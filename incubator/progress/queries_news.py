"""Published updates with their photos."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea
from incubator.foundation.database import db
from incubator.foundation.standing import Select, standing
from incubator.media.models import Photo
from incubator.media.pages import Picture
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState, update_photo
from incubator.progress.pages import Beside, News, NewsPage
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import idea_is_public
from incubator.projects.models import Project
from incubator.wording.models import Origin
from incubator.wording.queries import Passage, Words, words

PHOTO_PATH = "/media/{key}.jpg"
SMALL_PHOTO_PATH = "/media/{key}-small.jpg"


def is_told() -> sa.ColumnElement[bool]:
    """Say of an update beside its milestone, if it has any, whether everybody may read it."""
    reached = sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED)
    return sa.and_(Update.state == UpdateState.PUBLISHED, reached)


def news_rows(
    today: date, *, project_id: int | None = None, before: int | None = None,
    among: sa.ColumnElement[bool] | None = None, limit: int,
) -> list[Any]:
    """Return the newest published updates, one row for each photo, with one query.

    `before` is the id of an update: those older than it are wanted. `among` narrows the projects they come from. A
    milestone's report is news only once accepted.
    """
    if among is None:
        return list(_standing_rows(today, project_id, before, limit))
    return list(db.session.execute(_news_rows(today, project_id, before, limit, among)))


def _news_rows(
    today: date, project_id: int | None, before: int | None, limit: int, among: sa.ColumnElement[bool] | None = None
) -> Select:
    newest = (
        sa.select(Update.id)
        .join(Project, Project.id == Update.project_id)
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(is_public(), is_told())
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
    return _with_photos(newest.subquery(), today)


@standing
def _standing_rows(today: date, project_id: int | None, before: int | None, limit: int) -> Select:
    return _news_rows(today, project_id, before, limit)


def shown(today: date) -> sa.ColumnElement[bool]:
    """The condition under which everybody may see a photo today."""
    return sa.and_(
        Photo.is_public,
        Photo.withdrawn_at.is_(None),
        sa.or_(~Photo.shows_people, Photo.consent_until >= today),
    )


def is_seen(today: date) -> sa.ColumnElement[bool]:
    """The condition under which a photo stands on a page: with news that everybody reads, or with such an idea."""
    with_news = (
        sa.select(update_photo.c.photo_id).join(Update, Update.id == update_photo.c.update_id)
        .join(Project, Project.id == Update.project_id).outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(is_public(), is_told())
    )
    with_idea = sa.select(Idea.photo_id).where(Idea.photo_id.is_not(None), idea_is_public())
    return sa.and_(shown(today), sa.or_(Photo.id.in_(with_news), Photo.id.in_(with_idea)))


def _with_photos(newest: sa.Subquery, today: date) -> Select:
    return (
        sa.select(
            Update.id, Update.title, Update.text, Update.language, Update.published_at, Update.corrected_at,
            Update.correction_note,
            Project.id.label("project_id"), Project.slug, Project.title.label("project_title"),
            Project.language.label("project_language"),
            Milestone.id.label("milestone_id"), Milestone.title.label("milestone_title"),
            Milestone.language.label("milestone_language"),
            *photo_columns(),
        )
        .join(newest, newest.c.id == Update.id)
        .join(Project, Project.id == Update.project_id)
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .outerjoin(update_photo, update_photo.c.update_id == Update.id)
        .outerjoin(Photo, sa.and_(Photo.id == update_photo.c.photo_id, shown(today)))
        .order_by(Update.published_at.desc(), Update.id.desc(), Photo.id)
    )


def wanted(rows: Sequence[Any]) -> dict[str, set[int]]:
    """Name the owners of the passages these rows hold."""
    return {
        "update": {row.id for row in rows},
        "project": {row.project_id for row in rows},
        "milestone": {row.milestone_id for row in rows if row.milestone_id},
        "photo": {row.photo_id for row in rows if row.photo_id},
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
        pictures=tuple(picture(each, said) for each in rows if each.photo_id),
        corrected_at=row.corrected_at,
        correction=Passage(row.correction_note, row.language) if row.corrected_at else None,
    )


def photo_columns() -> tuple[Any, ...]:
    """The columns that `picture` needs."""
    return (Photo.id.label("photo_id"), Photo.key, Photo.alt, Photo.alt_language, Photo.credit, Photo.width,
            Photo.height)


def picture(row: Any, said: Words) -> Picture:
    """Return a photo of a row that holds the columns of one; what stands for it is in a reader's language if it can.

    Nothing can be said beside it, so a machine's words say themselves whose they are.
    """
    alt = said.of("photo", row.photo_id, "alt", row.alt, row.alt_language)
    return Picture(
        url=PHOTO_PATH.format(key=row.key),
        small_url=SMALL_PHOTO_PATH.format(key=row.key),
        alt=f"{alt.text} ({alt.origin.label})" if alt.origin is Origin.MACHINE else alt.text,
        alt_language=alt.language,
        credit=row.credit,
        width=row.width,
        height=row.height,
    )


def news_page(slug: str, update_id: int, language: str, today: date) -> NewsPage | None:
    """Return one piece of news with those around it, None where there is none (any more); three queries."""
    one = sa.select(Update.id).join(Project, Project.id == Update.project_id).outerjoin(
        Milestone, Milestone.id == Update.milestone_id
    ).where(is_public(), is_told(), Project.slug == slug, Update.id == update_id)
    rows = list(db.session.execute(_with_photos(one.subquery(), today)))
    if not rows:
        return None
    around = {each.side: each for each in _around(rows[0])}
    owners = wanted(rows)
    owners["update"] |= {each.id for each in around.values()}
    said = words(language, owners)
    older, newer = (_beside(around.get(side), said) for side in ("older", "newer"))
    return NewsPage(news(rows, said)[0], older, newer)


def _around(row: Any) -> Sequence[Any]:
    """Return the neighbours in the order in which news are told."""
    at, number = Update.published_at, Update.id
    before = sa.or_(at < row.published_at, sa.and_(at == row.published_at, number < row.id))
    after = sa.or_(at > row.published_at, sa.and_(at == row.published_at, number > row.id))
    sides = []
    for side, where, order in (("older", before, (at.desc(), number.desc())), ("newer", after, (at, number))):
        nearest = (
            sa.select(sa.literal(side).label("side"), number.label("id"), Update.title, Update.language)
            .outerjoin(Milestone, Milestone.id == Update.milestone_id)
            .where(Update.project_id == row.project_id, is_told(), where).order_by(*order).limit(1).subquery()
        )
        sides.append(sa.select(nearest))
    return db.session.execute(sa.union_all(*sides)).all()


def _beside(row: Any, said: Words) -> Beside | None:
    return Beside(row.id, said.of("update", row.id, "title", row.title, row.language)) if row else None


def was_told(slug: str, update_id: int) -> bool:
    """Say whether everybody could read this once, and it was withdrawn."""
    found = db.session.scalar(
        sa.select(Update.id).join(Project, Project.id == Update.project_id)
        .where(is_public(), Project.slug == slug, Update.id == update_id, Update.state == UpdateState.WITHDRAWN,
               Update.published_at.is_not(None))
    )
    return found is not None
