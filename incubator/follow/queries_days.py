"""Workshops and the public days of rounds, for calendars."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Workshop, WorkshopState
from incubator.follow.calendar_days import ROUND_DAYS, Meeting, RoundDay
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.programme.models import District, Round, RoundState
from incubator.progress.queries_dialogue import is_told
from incubator.wording.queries import Words, words

KEPT_FOR = timedelta(days=365)
IN_CALENDAR = 500
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def meetings(language: str, today: date) -> tuple[Meeting, ...]:
    """Return what lies ahead and a year of what lies behind, with two queries."""
    first = datetime.combine(today - KEPT_FOR, datetime.min.time(), clock.CITY)
    query = _listed().where(Workshop.starts_at >= first).order_by(Workshop.starts_at.desc(), Workshop.id.desc())
    rows = db.session.execute(query.limit(IN_CALENDAR)).all()
    said = words(language, {"workshop": [row.id for row in rows]})
    return tuple(_meeting(row, said) for row in rows)


def meeting(slug: str, language: str) -> Meeting | None:
    row = db.session.execute(_listed().where(Workshop.slug == slug)).one_or_none()
    return _meeting(row, words(language, {"workshop": [row.id]})) if row else None


def _listed() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Workshop.id, Workshop.slug, Workshop.title, Workshop.text, Workshop.language, Workshop.place,
            Workshop.starts_at, Workshop.ends_at, Workshop.languages, Workshop.has_interpreters,
            Workshop.has_childcare, Workshop.is_step_free, Workshop.state, Workshop.version, Workshop.changed_at,
            District.name.label("district"),
        )
        .outerjoin(District, District.id == Workshop.district_id)
        .where(is_told(Workshop.round_id))
    )


def _meeting(row: Any, said: Words) -> Meeting:
    return Meeting(
        slug=row.slug,
        id=row.id,
        title=said.of("workshop", row.id, "title", row.title, row.language),
        text=said.of("workshop", row.id, "text", row.text, row.language),
        place=", ".join(part for part in (row.place, row.district) if part),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        languages=tuple(row.languages),
        has_interpreters=row.has_interpreters,
        has_childcare=row.has_childcare,
        is_step_free=row.is_step_free,
        is_cancelled=row.state is WorkshopState.CANCELLED,
        revision=row.version,
        changed_at=row.changed_at.astimezone(UTC),
    )


def round_days(today: date) -> tuple[RoundDay, ...]:
    """Return the dates of rounds that are known, a year back at most, with one query.

    A round does not say when it was changed; the journal does.
    """
    changed = (
        sa.select(sa.func.max(Entry.at)).where(Entry.subject_type == "round", Entry.subject_id == Round.id)
        .correlate(Round).scalar_subquery()
    )
    columns = [getattr(Round, key) for key, _label in ROUND_DAYS]
    rows = db.session.execute(
        sa.select(Round.id, Round.slug, Round.name, Round.version, changed.label("changed_at"), *columns)
        .where(Round.state != RoundState.DRAFT).order_by(Round.id.desc()).limit(IN_CALENDAR // len(ROUND_DAYS))
    )
    return tuple(
        RoundDay(row.id, row.slug, row.name, key, str(label), on, row.version, _moment(row.changed_at))
        for row in rows for key, label in ROUND_DAYS
        if (on := getattr(row, key)) is not None and on >= today - KEPT_FOR
    )


def _moment(found: datetime | None) -> datetime:
    return found.astimezone(UTC) if found else BEGINNING
