"""The draft that keeps an idea from others though nobody works on it any more."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.projects import rules_idea
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


@dataclass(frozen=True)
class Left:
    """A draft that was left lying, and the day on which somebody last did something about it."""

    project: Project
    touched_on: date


def abandoned_draft(idea: Idea, today: date) -> Left | None:
    """Return the draft that holds an idea without anybody working on it, or None."""
    if idea.state is not IdeaState.PROMOTED:
        return None
    project = db.session.scalar(
        sa.select(Project).where(Project.idea_id == idea.id, Project.status == Status.DRAFT)
        .order_by(Project.id.desc()).limit(1))
    if project is None:
        return None
    newest = db.session.scalar(
        sa.select(sa.func.max(Entry.id)).where(Entry.project_id == project.id, Entry.actor.is_not(None)))
    entry = db.session.get(Entry, newest) if newest is not None else None
    touched_on = (entry.at if entry is not None else project.created_at).astimezone(CITY).date()
    return Left(project, touched_on) if rules_idea.is_abandoned(project.status, touched_on, today) else None
