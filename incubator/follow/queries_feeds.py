"""News for feeds: the newest of the programme, a theme, a district or a project, with four queries at most."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from incubator.follow.feeds import Channel
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.programme.models import District, Theme
from incubator.progress.queries_cards import is_public, theme_name
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.projects.models import Project
from incubator.wording.queries import Passage, words

IN_FEED = 30
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # nothing has been told yet
TOLD = (
    "update.published", "update.corrected", "update.withdrawn", "milestone.accepted", "photo.published", "photo.hidden",
    "photo.withdrawn", "passage.published", "passage.withdrawn",
)


def programme(language: str, today: date) -> Channel:
    return _channel("projects", "", None, sa.true(), language, today)


def theme(slug: str, language: str, today: date) -> Channel | None:
    row = db.session.execute(sa.select(Theme.id, Theme.names).where(Theme.slug == slug)).one_or_none()
    if row is None:
        return None
    name = Passage(theme_name(row.names, language), language)
    return _channel(f"theme/{row.id}", slug, name, Project.theme_id == row.id, language, today)


def district(slug: str, language: str, today: date) -> Channel | None:
    row = db.session.execute(sa.select(District.id, District.name).where(District.slug == slug)).one_or_none()
    if row is None:
        return None
    name = Passage(row.name, "de")
    return _channel(f"district/{row.id}", slug, name, Project.district_id == row.id, language, today)


def project(slug: str, language: str, today: date) -> Channel | None:
    """Return a public project's news; one that is not public is as if it were not there."""
    row = db.session.execute(
        sa.select(Project.id, Project.title, Project.language).where(Project.slug == slug, is_public())
    ).one_or_none()
    if row is None:
        return None
    name = Passage(row.title, row.language)
    return _channel(f"project/{row.id}", slug, name, Project.id == row.id, language, today, title_of=row.id)


def _channel(
    key: str, slug: str, name: Passage | None, among: sa.ColumnElement[bool], language: str, today: date,
    title_of: int | None = None,
) -> Channel:
    """Collect the news; where the name is the title of a project it comes translated."""
    rows = news_rows(today, among=among, limit=IN_FEED)
    owners = wanted(rows)
    if title_of is not None:
        owners["project"].add(title_of)
    said = words(language, owners)
    if title_of is not None and name is not None:
        name = said.of("project", title_of, "title", name.text, name.language)
    told = news(rows, said)
    newest = max((each.changed_at for each in told), default=BEGINNING)
    return Channel(key, slug, name, told, max(newest, _changed_at(among, title_of)))


def _changed_at(among: sa.ColumnElement[bool], project_id: int | None) -> datetime:
    """Return when news or their photos last appeared or vanished: readers that ask by time must see both.

    Entries are looked at one kind after the other, from the newest on, until one is of a project that is wanted.
    """
    if project_id is not None:
        one = sa.select(Entry.at).where(Entry.project_id == project_id, Entry.action.in_(TOLD))
        return db.session.scalar(one.order_by(Entry.id.desc()).limit(1)) or BEGINNING
    told = sa.exists().where(Project.id == Entry.project_id, is_public(), among).correlate(Entry)
    newest = [
        sa.select(Entry.id, Entry.at).where(Entry.action == action, told).order_by(Entry.id.desc()).limit(1).subquery()
        for action in TOLD
    ]
    found = sa.union_all(*(sa.select(each) for each in newest)).subquery()
    return db.session.scalar(sa.select(found.c.at).order_by(found.c.id.desc()).limit(1)) or BEGINNING
