"""The translation of a proposal into the official language."""

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.foundation import clock
from incubator.foundation.database import db, fingerprint
from incubator.journal.models import Entry
from incubator.journal.queries import of_project
from incubator.projects import rules_translation as rules
from incubator.projects.models import Project
from incubator.projects.rules import FINISHED
from incubator.wording.models import Translation

OWNER = "project"


def pieces(project: Project) -> list[rules.Translated]:
    """Return the answers that are to be translated, each with what is there already."""
    rows = db.session.scalars(sa.select(Translation).where(
        Translation.owner_type == OWNER, Translation.owner_id == project.id, Translation.field.in_(rules.FIELDS),
        Translation.language == project.round.official_language,
    ))
    found = {row.field: row for row in rows}
    return list(_pieces(project, found))


def _pieces(project: Project, found: dict[str, Translation]) -> Iterator[rules.Translated]:
    for field in rules.FIELDS:
        original, row = getattr(project, field), found.get(field)
        if original and row is None:
            yield rules.Translated(field, original, "")
        elif original and row is not None:
            yield rules.Translated(field, original, row.text, row.source_hash != fingerprint(original))


def last_arrived(project_id: int) -> tuple[date, date, date] | None:
    """Return when the last translation that arrived was asked for, until when, and when it came."""
    arrived: Entry | None = None
    for entry in of_project(project_id, ["translation.asked", "translation.received"]):  # the newest first
        if entry.action == "translation.received":
            arrived = arrived or entry
        elif arrived is not None:
            return _day(entry), date.fromisoformat(entry.data["due_on"]), _day(arrived)
    return None


def _day(entry: Entry) -> date:
    return entry.at.astimezone(clock.CITY).date()


def awaited_until(first: date, last: date) -> Sequence[Project]:
    """Return the projects whose translation is due within these days and has not arrived."""
    return db.session.scalars(
        sa.select(Project).options(joinedload(Project.round), selectinload(Project.participations))
        .where(Project.translation_due_on.between(first, last), Project.translation_received_on.is_(None),
               Project.status.not_in(FINISHED))
        .order_by(Project.id)
    ).all()
