"""An idea as whoever gave it sees it: its own words, every step with its day, and what grew from it."""

from typing import Any

import sqlalchemy as sa

from incubator.dialogue import queries_ideas, rules_ideas
from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.progress.pages import Link
from incubator.progress.pages_dialogue import MinePage, MineStep
from incubator.projects.lifecycle import PUBLIC
from incubator.projects.models import Project
from incubator.wording.queries import words

STEPS = ("idea.given", "idea.shown", "idea.moved")
MOST_STEPS = 50


def mine_page(idea: Idea, language: str) -> MinePage:
    """Return the page behind a link that was found to be right, with four queries."""
    said = words(language, {"idea": [idea.id]})
    has_joined = queries_ideas.has_joined(idea.id)
    return MinePage(
        id=idea.id,
        title=said.of("idea", idea.id, "title", idea.title, idea.language),
        text=said.of("idea", idea.id, "text", idea.text, idea.language),
        is_public=idea.is_public,
        steps=_steps(idea),
        reason=said.of("idea", idea.id, "reason", idea.reason, idea.round.language),
        project=_project(idea),
        has_mail=bool(idea.mail),
        may_be_taken_back=rules_ideas.may_be_taken_back(idea, has_joined),
    )


def _steps(idea: Idea) -> tuple[MineStep, ...]:
    rows = db.session.execute(
        sa.select(Entry.action, Entry.at, Entry.data)
        .where(Entry.subject_type == "idea", Entry.subject_id == idea.id, Entry.action.in_(STEPS))
        .order_by(Entry.id).limit(MOST_STEPS)
    )
    return tuple(MineStep(_label(row), row.at.astimezone(clock.CITY).date()) for row in rows)


def _label(row: Any) -> str:
    if row.action == "idea.moved":
        return IdeaState(row.data["to"]).label
    return rules_ideas.SHOWN if row.action == "idea.shown" else IdeaState.SUBMITTED.label


def _project(idea: Idea) -> Link | None:
    row = db.session.execute(
        sa.select(Project.slug, Project.title).where(Project.idea_id == _end_of(idea).id, Project.status.in_(PUBLIC))
        .order_by(Project.id.desc()).limit(1)
    ).one_or_none()
    return Link(row.slug, row.title) if row is not None else None


def _end_of(idea: Idea) -> Idea:
    """Return the idea itself, or the one in which it goes on."""
    while idea.merged_into_id is not None:
        idea = db.session.get_one(Idea, idea.merged_into_id)
    return idea
