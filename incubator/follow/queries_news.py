"""What is news: published updates, projects that begin, projects that are completed. Public facts only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow import rules
from incubator.follow.models import Topic
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.progress.queries_cards import is_public
from incubator.projects.models import Project
from incubator.wording.queries import Passage, words

MOST_IN_A_WEEK = 400


@dataclass(frozen=True)
class Event:
    """One piece of news before it is put into words; an update (with its milestone, if any) or a step."""

    key: str
    at: datetime
    project_id: int
    topics: frozenset[tuple[Topic, int]]
    update_id: int | None = None
    step: str = ""


@dataclass(frozen=True)
class News:
    """One piece of news in a reader's language."""

    slug: str
    project: Passage
    title: Passage
    text: Passage
    milestone: Passage | None
    update_id: int | None = None

    @property
    def path(self) -> str:
        """Where it stands on the pages, behind the language: an update has a page of its own, a step has none."""
        project = f"projects/{self.slug}"
        return f"{project}/updates/{self.update_id}" if self.update_id else project

    @property
    def excerpt(self) -> str:
        return rules.excerpt(self.text.text)


def _topics(row: Any) -> frozenset[tuple[Topic, int]]:
    found = {(Topic.PROJECT, row.project_id), (Topic.PROGRAMME, 0)}
    if row.district_id:
        found.add((Topic.DISTRICT, row.district_id))
    if row.theme_id:
        found.add((Topic.THEME, row.theme_id))
    return frozenset(found)


def _updates() -> sa.Select[*tuple[Any, ...]]:
    """Select what is public today: withdrawn news is not there, and a milestone's only once it was accepted."""
    return (
        sa.select(Update.id, Update.published_at, Update.project_id, Project.district_id, Project.theme_id)
        .join(Project, Project.id == Update.project_id)
        .outerjoin(Milestone, Milestone.id == Update.milestone_id)
        .where(
            is_public(), Update.state == UpdateState.PUBLISHED,
            sa.or_(Update.milestone_id.is_(None), Milestone.status == MilestoneStatus.ACCEPTED),
        )
    )


def _of_update(row: Any) -> Event:
    return Event(update_key(row.id), row.published_at, row.project_id, _topics(row), update_id=row.id)


def update_key(update_id: int) -> str:
    return f"update-{update_id}"


def update(update_id: int) -> Event | None:
    """Return a published update as news, or None where it is none (any more)."""
    row = db.session.execute(_updates().where(Update.id == update_id)).one_or_none()
    return _of_update(row) if row else None


def _steps() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Entry.id, Entry.at, Entry.data, Entry.project_id, Project.district_id, Project.theme_id)
        .join(Project, Project.id == Entry.project_id)
        .where(is_public(), Entry.action == "project.moved")
    )


def _of_step(row: Any) -> Event | None:
    if row.data.get("action") not in rules.STEPS:
        return None
    return Event(f"step-{row.id}", row.at, row.project_id, _topics(row), step=row.data["action"])


def step(entry_id: int) -> Event | None:
    """Return an entry as news, if it tells of a step that everybody hears of."""
    row = db.session.execute(_steps().where(Entry.id == entry_id)).one_or_none()
    return _of_step(row) if row else None


def between(start: datetime, end: datetime) -> list[Event]:
    """Return all news of a time, oldest first; of more than 400 the newest."""
    newest = _updates().where(Update.published_at >= start, Update.published_at < end)
    rows = db.session.execute(newest.order_by(Update.published_at.desc(), Update.id.desc()).limit(MOST_IN_A_WEEK))
    steps = db.session.execute(
        _steps().where(Entry.at >= start, Entry.at < end).order_by(Entry.id.desc()).limit(MOST_IN_A_WEEK * 10))
    found = [_of_update(row) for row in rows] + [event for row in steps if (event := _of_step(row))]
    return sorted(found, key=lambda event: (event.at, event.key))[-MOST_IN_A_WEEK:]


def in_words(events: Collection[Event], language: str) -> dict[str, News]:
    """Put news into a reader's language, by key, with four queries however many there are."""
    updates = {row.id: row for row in _rows(Update, {event.update_id for event in events if event.update_id})}
    projects = {row.id: row for row in _rows(Project, {event.project_id for event in events})}
    reached = {row.id: row for row in _rows(Milestone, {each.milestone_id for each in updates.values()} - {None})}
    said = words(language, {"update": updates, "project": projects, "milestone": reached})
    found = {}
    for event in events:
        project = projects[event.project_id]
        name = said.of("project", project.id, "title", project.title, project.language)
        if event.update_id is None:
            told = rules.STEPS[event.step]
            found[event.key] = News(
                project.slug, name, Passage(str(told.title), language), Passage(str(told.sentence), language), None)
            continue
        row = updates[event.update_id]
        milestone = reached.get(row.milestone_id)
        found[event.key] = News(
            project.slug, name,
            said.of("update", row.id, "title", row.title, row.language),
            said.of("update", row.id, "text", row.text, row.language),
            milestone and said.of("milestone", milestone.id, "title", milestone.title, milestone.language),
            row.id,
        )
    return found


def _rows(kind: Any, ids: Collection[int]) -> Sequence[Any]:
    """Read only what may be shown of rows."""
    names = [name for name in ("id", "slug", "title", "text", "language", "milestone_id") if hasattr(kind, name)]
    if not ids:
        return []
    return db.session.execute(sa.select(*(getattr(kind, name) for name in names)).where(kind.id.in_(ids))).all()
