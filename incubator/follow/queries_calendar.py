"""Milestones for calendars, with four queries at most; the programme's has workshops and rounds too, with seven."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow import queries_days
from incubator.follow.calendar import Plan, Step
from incubator.follow.queries_days import BEGINNING, KEPT_FOR
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.progress.queries_cards import is_public
from incubator.projects.models import Project
from incubator.wording.queries import Words, words

IN_CALENDAR = 500
TOLD = ("milestone.planned", "milestone.changed", "milestone.forecast", "milestone.accepted", "milestone.cancelled",
        "passage.published", "passage.withdrawn")
AWARDED = "award.recorded"


def programme(language: str, today: date) -> Plan:
    """Return what lies ahead of all public projects, and a year of what lies behind; the newest five hundred."""
    lately = sa.or_(Milestone.forecast_on >= today - KEPT_FOR, Milestone.due_on >= today - KEPT_FOR)
    plan = _plan(lately, sa.true(), None, language)
    meetings, days = queries_days.meetings(language, today), queries_days.round_days(today)
    return replace(
        plan, meetings=meetings, days=days,
        changed_at=max([plan.changed_at, *(each.changed_at for each in meetings), *(each.changed_at for each in days)]),
    )


def project(slug: str, language: str) -> Plan | None:
    """Return a public project's milestones; one that is not public is as if it were not there."""
    row = db.session.execute(
        sa.select(Project.id, Project.title, Project.language).where(Project.slug == slug, is_public())
    ).one_or_none()
    if row is None:
        return None
    return _plan(Milestone.project_id == row.id, Project.id == row.id, row, language)


def _plan(chosen: sa.ColumnElement[bool], among: sa.ColumnElement[bool], row: Any, language: str) -> Plan:
    rows = _milestones(chosen)
    projects = {each.project_id for each in rows} | ({row.id} if row else set())
    said = words(language, {"milestone": {each.id for each in rows}, "project": projects})
    told = _told_at([each.id for each in rows])
    steps = tuple(_step(each, said, told.get(each.id, BEGINNING)) for each in rows)
    name = said.of("project", row.id, "title", row.title, row.language) if row else None
    return Plan(name, max([*told.values(), _awarded_at(among)]), steps)


def _milestones(chosen: sa.ColumnElement[bool]) -> Sequence[Any]:
    return db.session.execute(
        sa.select(
            Milestone.id, Milestone.project_id, Milestone.title, Milestone.language, Milestone.description,
            Milestone.status, Milestone.due_on, Milestone.forecast_on, Milestone.actual_on, Milestone.version,
            Project.slug, Project.title.label("project_title"), Project.language.label("project_language"),
        )
        .join(Project, Project.id == Milestone.project_id)
        .where(chosen, is_public())
        .order_by(Milestone.forecast_on.desc(), Milestone.id.desc())
        .limit(IN_CALENDAR)
    ).all()


def _told_at(ids: Sequence[int]) -> dict[int, datetime]:
    """Return when something public about each was last written down; what mentor and lead settle is not."""
    rows = db.session.execute(
        sa.select(Entry.subject_id, sa.func.max(Entry.at).label("newest"))
        .where(Entry.subject_type == "milestone", Entry.subject_id.in_(ids), Entry.action.in_(TOLD))
        .group_by(Entry.subject_id)
    )
    return {row.subject_id: row.newest.astimezone(UTC) for row in rows}


def _awarded_at(among: sa.ColumnElement[bool]) -> datetime:
    """Return when a project last became public: its milestones were written down before."""
    found = db.session.scalar(
        sa.select(Entry.at).join(Project, Project.id == Entry.project_id)
        .where(Entry.action == AWARDED, is_public(), among).order_by(Entry.id.desc()).limit(1)
    )
    return found or BEGINNING


def _step(row: Any, said: Words, changed_at: datetime) -> Step:
    reached = row.status is MilestoneStatus.ACCEPTED
    return Step(
        id=row.id,
        slug=row.slug,
        project=said.of("project", row.project_id, "title", row.project_title, row.project_language),
        title=said.of("milestone", row.id, "title", row.title, row.language),
        description=said.of("milestone", row.id, "description", row.description, row.language),
        on=row.actual_on if reached and row.actual_on else row.forecast_on,
        due=row.due_on,
        is_reached=reached,
        is_cancelled=row.status is MilestoneStatus.CANCELLED,
        revision=row.version,
        changed_at=changed_at,
    )

