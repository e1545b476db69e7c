"""A project's story, told from the journal: dates and plain sentences, no people."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.standing import Select, standing
from incubator.journal.models import Entry
from incubator.milestones.models import Milestone
from incubator.progress import rules, rules_money
from incubator.progress.pages_chain import HistoryPage
from incubator.progress.pages_project import Event
from incubator.progress.queries_chain import beginning, chain, chain_row
from incubator.projects.lifecycle import Action
from incubator.wording.queries import Words, words

MOVED = "project.moved"
MOST_TOLD = 200
TOLD = (MOVED, *rules.EVENT_SENTENCES, *rules_money.TOLD)


def project_entries(project_id: int) -> Sequence[Any]:
    """Return what the public may hear, oldest first."""
    return _newest_told(project_id)[::-1]


@standing
def _newest_told(project_id: int) -> Select:
    return (
        sa.select(Entry.at, Entry.action, Entry.subject_id, Entry.data)
        .where(Entry.project_id == project_id, Entry.action.in_(TOLD)).order_by(Entry.id.desc()).limit(MOST_TOLD)
    )


def history_page(slug: str, language: str) -> HistoryPage | None:
    """Return a project's chain and its story, with eight queries at most."""
    row = chain_row(slug)
    if row is None:
        return None
    planned = db.session.execute(
        sa.select(Milestone.id, Milestone.title, Milestone.language, Milestone.status, Milestone.actual_on)
        .where(Milestone.project_id == row.id)
    ).all()
    entries, begun = project_entries(row.id), beginning(row)
    evidence, idea, workshop = begun
    said = words(language, {
        "project": {row.id}, "milestone": {each.id for each in planned},
        "need_evidence": {each.id for each in evidence}, "idea": {idea.id} if idea else (),
        "workshop": {workshop.id} if workshop else (),
    })
    return HistoryPage(
        slug=row.slug,
        title=said.of("project", row.id, "title", row.title, row.language),
        chain=chain(row, begun, planned, entries, said),
        events=tuple(events(entries, {each.id: each for each in planned}, said)),
    )


def events(entries: Sequence[Any], milestones: Mapping[int, Any], said: Words) -> list[Event]:
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


def _step(entry: Any) -> Action | None:
    named = entry.data.get("action") if entry.action == MOVED else None
    return Action(named) if named in list(Action) else None
