"""Ideas of people in the city, where they agreed to show them."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dialogue import queries_ideas as giving
from incubator.dialogue.models import IDEA_STEPS, Idea, IdeaState, NeedEvidence, Workshop, idea_evidence
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.media.models import Photo
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress import queries_dialogue as listed
from incubator.progress.pages import Link
from incubator.progress.pages_dialogue import Asked, IdeaList, IdeaPage
from incubator.progress.queries_cards import cards
from incubator.progress.queries_cards import listed as projects_listed
from incubator.progress.queries_news import photo_columns, picture, shown
from incubator.projects.models import Project
from incubator.wording.queries import words

ON_LIST = 20
STATES = frozenset(state.value for state in IdeaState)


def idea_list(asked: Asked, language: str) -> IdeaList:
    """Return public ideas, newest first, with five queries."""
    query = listed.ideas_listed().limit(ON_LIST + 1)
    if asked.theme:
        query = query.where(Theme.slug == asked.theme)
    if asked.district:
        query = query.where(District.slug == asked.district)
    if asked.state in STATES:
        query = query.where(Idea.state == IdeaState(asked.state))
    if asked.after is not None:
        query = query.where(Idea.id < asked.after)
    page = page_of(db.session.execute(query).all(), ON_LIST)
    said = words(language, {"idea": [row.id for row in page.rows]})
    choices = replace(listed.choices(language), states=tuple(Link(state.value, state.label) for state in IdeaState))
    takes_ideas = giving.round_for_ideas(clock.today()) is not None
    return IdeaList(asked, choices, listed.ideas(page.rows, said), page.after, takes_ideas)


def idea_page(idea_id: int, language: str, today: date) -> IdeaPage | None:
    """Return a public idea: where it came from and what became of it, with eight queries at most."""
    row = _idea(idea_id, today)
    if row is None:
        return None
    held = _workshop(row.workshop_id)
    cited = db.session.execute(listed.findings_listed().where(NeedEvidence.id.in_(
        sa.select(idea_evidence.c.evidence_id).where(idea_evidence.c.idea_id == row.id)
    ))).all()
    related = db.session.execute(listed.ideas_listed().where(
        sa.or_(Idea.merged_into_id == row.id, Idea.id == row.merged_into_id)
    ).limit(listed.ON_PAGE)).all()
    grown = db.session.execute(projects_listed().where(Project.idea_id == row.id).limit(listed.ON_PAGE)).all()
    said = words(language, {
        "idea": [row.id, *(each.id for each in related)], "need_evidence": [each.id for each in cited],
        "workshop": [held.id] if held else [], "photo": [row.photo_id] if row.photo_id else [],
    })
    near = listed.ideas(related, said)
    return IdeaPage(
        card=listed.ideas([row], said)[0],
        reason=said.of("idea", row.id, "reason", row.reason, row.office_language),
        ended_on=row.ended_at.astimezone(clock.CITY).date() if row.ended_at else None,
        round=Link(row.round_slug, row.round),
        workshop=listed.workshop(held, said, clock.minute()) if held else None,
        findings=listed.findings(cited, said),
        joined=tuple(each for each in near if each.id != row.merged_into_id),
        went_into=next((each for each in near if each.id == row.merged_into_id), None),
        projects=cards(grown, language, today),
        photo=picture(row, said) if row.photo_id else None,
        may_become=_may_become(row, today),
    )


def _may_become(row: Any, today: date) -> bool:
    """Say whether a project can still begin with an idea: it is free, and its round takes proposals."""
    takes = row.round_state is RoundState.OPEN and row.proposals_until is not None and today <= row.proposals_until
    return takes and IdeaState.PROMOTED in IDEA_STEPS[row.state]


def _idea(idea_id: int, today: date) -> Any | None:
    return db.session.execute(
        listed.ideas_listed().add_columns(
            Idea.reason, Idea.ended_at, Idea.workshop_id, Idea.merged_into_id,
            *photo_columns(),
            Round.slug.label("round_slug"), Round.name.label("round"),
            Round.state.label("round_state"), Round.proposals_until,
            Round.language.label("office_language"),  # reasons are words of the office, whatever the idea's own is
        ).join(Round, Round.id == Idea.round_id)
        .outerjoin(Photo, sa.and_(Photo.id == Idea.photo_id, shown(today))).where(Idea.id == idea_id)
    ).one_or_none()


def _workshop(workshop_id: int | None) -> Any | None:
    if workshop_id is None:
        return None
    return db.session.execute(listed.workshops_listed().where(Workshop.id == workshop_id)).one_or_none()
