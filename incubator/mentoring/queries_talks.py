"""Talks that are planned, and what counts as closing a mentoring."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.mentoring.models import Session, SessionKind
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.mentoring.rules import CLOSING_TOO
from incubator.projects.models import Participation, Project


def talk(talk_id: int) -> PlannedTalk:
    return db.session.get_one(PlannedTalk, talk_id, options=[joinedload(PlannedTalk.project)])


def planned(project_id: int) -> Sequence[PlannedTalk]:
    """Return the talks that are planned and not written down yet, the next one first."""
    return db.session.scalars(
        sa.select(PlannedTalk).options(joinedload(PlannedTalk.project))
        .where(PlannedTalk.project_id == project_id, PlannedTalk.state == TalkState.PLANNED)
        .order_by(PlannedTalk.starts_at, PlannedTalk.id)
    ).all()


def coming(project_id: int, now: datetime) -> list[PlannedTalk]:
    return [each for each in planned(project_id) if each.starts_at > now]


def starting(after: datetime, until: datetime) -> Sequence[PlannedTalk]:
    """Return planned talks within a span of time, of all projects that have not ended."""
    return db.session.scalars(
        sa.select(PlannedTalk).join(Project, Project.id == PlannedTalk.project_id)
        .options(joinedload(PlannedTalk.project).selectinload(Project.participations))
        .where(PlannedTalk.state == TalkState.PLANNED, PlannedTalk.starts_at > after, PlannedTalk.starts_at <= until,
               Project.status.in_(CLOSING_TOO))
        .order_by(PlannedTalk.id)
    ).all()


def is_closed(project_id: int) -> bool:
    """Say whether a closing talk was written down."""
    held = sa.select(Session.id).where(Session.project_id == project_id, Session.kind == SessionKind.CLOSING)
    return db.session.scalar(held.limit(1)) is not None


def part(participation_id: int) -> Participation:
    return db.session.get_one(Participation, participation_id)


def only_changed_part(entry: Entry) -> bool:
    """Say whether somebody who joins left another part in the same step, as when the lead is handed over."""
    before = db.session.get(Entry, entry.id - 1)
    return (
        before is not None and before.action == "project.left" and before.project_id == entry.project_id
        and before.data["person"] == entry.data["person"] and before.data["kind"] != entry.data["kind"]
    )


def people(project: Project) -> list:
    """Return who comes to the talks of a project and whom we can reach: its team and its mentors, each once."""
    found = {person.id: person for person in [*project.team, *project.mentors]}
    return [person for person in found.values() if person.is_active]
