"""Needs, ideas and workshops as rows and cards: which of them are public, and what lists say of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea, NeedEvidence, Workshop, WorkshopState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress import rules_dialogue
from incubator.progress.pages import Label, Link
from incubator.progress.pages_dialogue import Choices, Finding, IdeaCard, WorkshopCard
from incubator.progress.queries_cards import theme_name
from incubator.wording.queries import Words

ON_PAGE = 60
PLACES = (
    Theme.slug.label("theme_slug"), Theme.names.label("theme"), District.slug.label("district_slug"),
    District.name.label("district"),
)


def is_told(round_id: Any) -> sa.ColumnElement[bool]:
    """The condition under which a round is known at all: what belongs to one in preparation is nobody's business."""
    told: sa.ColumnElement[bool] = round_id.in_(sa.select(Round.id).where(Round.state != RoundState.DRAFT))
    return told


def idea_is_public() -> sa.ColumnElement[bool]:
    """The condition under which anybody may read an idea: with the consent of whoever gave it."""
    return sa.and_(Idea.is_public, is_told(Idea.round_id))


def findings_listed() -> sa.Select[*tuple[Any, ...]]:
    """Select evidence, newest first."""
    return (
        sa.select(
            NeedEvidence.id, NeedEvidence.kind, NeedEvidence.statement, NeedEvidence.language, NeedEvidence.indicator,
            NeedEvidence.count.label("answers"), NeedEvidence.base, NeedEvidence.pct, NeedEvidence.year,
            NeedEvidence.languages, NeedEvidence.source, NeedEvidence.licence, NeedEvidence.is_fictional, *PLACES,
        )
        .join(Theme, Theme.id == NeedEvidence.theme_id)
        .outerjoin(District, District.id == NeedEvidence.district_id)
        .order_by(NeedEvidence.id.desc())
    )


def ideas_listed() -> sa.Select[*tuple[Any, ...]]:
    """Select public ideas, newest first."""
    return (
        sa.select(
            Idea.id, Idea.title, Idea.text, Idea.language, Idea.state, Idea.given_at, Idea.is_fictional, *PLACES,
        )
        .outerjoin(Theme, Theme.id == Idea.theme_id)
        .outerjoin(District, District.id == Idea.district_id)
        .where(idea_is_public())
        .order_by(Idea.id.desc())
    )


def workshops_listed() -> sa.Select[*tuple[Any, ...]]:
    """Select workshops of rounds that are known, with what their cards need; the caller orders them."""
    return (
        sa.select(
            Workshop.id, Workshop.slug, Workshop.title, Workshop.language, Workshop.kind, Workshop.state,
            Workshop.starts_at, Workshop.ends_at, Workshop.place, Workshop.is_fictional, *PLACES[2:],
        )
        .outerjoin(District, District.id == Workshop.district_id)
        .where(is_told(Workshop.round_id))
    )


def findings(rows: Sequence[Any], said: Words) -> tuple[Finding, ...]:
    return tuple(_finding(row, said) for row in rows)


def _finding(row: Any, said: Words) -> Finding:
    return Finding(
        id=row.id,
        kind=Label(row.kind.value, row.kind.label),
        statement=said.of("need_evidence", row.id, "statement", row.statement, row.language),
        indicator=said.of("need_evidence", row.id, "indicator", row.indicator, row.language),
        count=row.answers,
        base=row.base,
        pct=rules_dialogue.share(row.answers, row.base, row.pct),
        languages=tuple(row.languages),
        year=row.year,
        source=row.source,
        licence=row.licence,
        theme=Link(row.theme_slug, theme_name(row.theme, said.language)),
        district=place(row),
        is_fictional=row.is_fictional,
    )


def ideas(rows: Sequence[Any], said: Words) -> tuple[IdeaCard, ...]:
    return tuple(_idea(row, said) for row in rows)


def _idea(row: Any, said: Words) -> IdeaCard:
    return IdeaCard(
        id=row.id,
        title=said.of("idea", row.id, "title", row.title, row.language),
        text=said.of("idea", row.id, "text", row.text, row.language),
        state=Label(row.state.value, row.state.label),
        theme=Link(row.theme_slug, theme_name(row.theme, said.language)) if row.theme_slug else None,
        district=place(row),
        given_at=row.given_at,
        is_fictional=row.is_fictional,
    )


def workshops(rows: Sequence[Any], said: Words) -> tuple[WorkshopCard, ...]:
    now = clock.minute()
    return tuple(workshop(row, said, now) for row in rows)


def workshop(row: Any, said: Words, now: datetime) -> WorkshopCard:
    is_over = row.ends_at <= now
    return WorkshopCard(
        id=row.id,
        slug=row.slug,
        title=said.of("workshop", row.id, "title", row.title, row.language),
        kind=row.kind.label,
        state=Label(row.state.value, rules_dialogue.workshop_label(row.state, is_over)),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        district=place(row),
        is_ahead=row.state is WorkshopState.PLANNED and not is_over,
        is_fictional=row.is_fictional,
    )


def place(row: Any) -> Link | None:
    return Link(row.district_slug, row.district) if row.district_slug else None


def choices(language: str) -> Choices:
    """Return what a list can be narrowed to, with two queries."""
    themes = db.session.execute(sa.select(Theme.slug, Theme.names).order_by(Theme.position, Theme.id))
    districts = db.session.execute(sa.select(District.slug, District.name).order_by(District.name))
    return Choices(
        tuple(Link(row.slug, theme_name(row.names, language)) for row in themes),
        tuple(Link(row.slug, row.name) for row in districts),
    )
