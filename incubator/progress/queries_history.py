"""A project's story, told from the journal: dates and plain sentences, no people."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.journal.queries import of_project
from incubator.milestones.models import Milestone
from incubator.progress import rules, rules_money
from incubator.progress.pages_project import Event, HistoryPage
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_words import Words, words
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project

MOVED = "project.moved"
TOLD = (MOVED, *rules.EVENT_SENTENCES, *rules_money.TOLD)


def project_entries(project_id: int) -> Sequence[Entry]:
    """Return what the public may hear, oldest first."""
    return list(reversed(of_project(project_id, TOLD)))


def history_page(slug: str, language: str) -> HistoryPage | None:
    row = db.session.execute(
        sa.select(Project.id, Project.slug, Project.title, Project.language).where(Project.slug == slug, is_public())
    ).one_or_none()
    if row is None:
        return None
    planned = db.session.execute(
        sa.select(Milestone.id, Milestone.title, Milestone.language).where(Milestone.project_id == row.id)
    ).all()
    entries = project_entries(row.id)
    said = words(language, {"project": {row.id}, "milestone": {each.id for each in planned}})
    return HistoryPage(
        slug=row.slug,
        title=said.of("project", row.id, "title", row.title, row.language),
        events=tuple(events(entries, {each.id: each for each in planned}, said)),
    )


def events(entries: Sequence[Entry], milestones: Mapping[int, Any], said: Words) -> list[Event]:
    """Turn entries, oldest first, into sentences; what has none is not for the public."""
    steps = [_step(entry) for entry in entries]
    story = []
    for entry, step, is_told in zip(entries, steps, rules.told(steps), strict=True):
        if step is not None and is_told:
            story.append(Event(entry.at, rules.STEP_SENTENCES[step]))
        elif entry.action in rules.EVENT_SENTENCES and (row := milestones.get(entry.subject_id)) is not None:
            title = said.of("milestone", row.id, "title", row.title, row.language)
            story.append(Event(entry.at, rules.EVENT_SENTENCES[entry.action], title))
        elif (sentence := rules_money.event(entry.action, entry.data)) is not None:
            story.append(Event(entry.at, sentence))
    return story


def _step(entry: Entry) -> Action | None:
    named = entry.data.get("action") if entry.action == MOVED else None
    return Action(named) if named in list(Action) else None
