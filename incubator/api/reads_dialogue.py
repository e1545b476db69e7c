"""What the city knows and what people think of, for programs: evidence, workshops, and ideas whose givers agreed."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from incubator.api.asking import Asked, Found, moment
from incubator.api.resources import Resource
from incubator.api.words import Named, State, named, page, said, state, text, told, when
from incubator.dialogue.models import Idea, IdeaState, NeedEvidence, Workshop, workshop_theme
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.programme.models import District, Round, Theme
from incubator.progress import queries_dialogue as listed
from incubator.progress import queries_evidence, queries_ideas, queries_workshops
from incubator.progress.pages_dialogue import Finding, IdeaCard, WorkshopCard
from incubator.wording.queries import words

CITYWIDE = "citywide"


def _page(query: sa.Select[*tuple[Any, ...]], key: Any, asked: Asked) -> Page:
    """Read a page of what is listed, newest row first."""
    if asked.after:
        query = query.where(key < asked.after)
    newest = query.order_by(None).order_by(key.desc()).limit(asked.limit + 1)
    return page_of(db.session.execute(newest).all(), asked.limit)


def _around(query: sa.Select[*tuple[Any, ...]], asked: Asked, model: Any) -> sa.Select[*tuple[Any, ...]]:
    """Keep to a round, a theme and a district, as far as they were asked for."""
    if asked.word("theme"):
        query = query.where(Theme.slug == asked.word("theme"))
    if asked.word("district") == CITYWIDE:
        query = query.where(model.district_id.is_(None))
    elif asked.word("district"):
        query = query.where(District.slug == asked.word("district"))
    if asked.word("round"):
        of_round = sa.select(Round.id).where(Round.slug == asked.word("round"))
        query = query.where(model.round_id == of_round.scalar_subquery())
    return query


class EvidenceItem(Schema):
    """A finding: `count` of `base` people said so, or `pct` of them where only the share is known."""

    id = told(fields.Integer, required=True)
    kind = fields.Nested(State)
    statement = said()
    indicator = said()
    count = told(fields.Integer, may_lack=True)
    base = told(fields.Integer, may_lack=True)
    pct = told(fields.Integer, may_lack=True)
    languages = fields.List(fields.String(), metadata={"description": "In which languages people were asked."})
    year = told(fields.Integer)
    source = told(fields.String)
    licence = told(fields.String)
    theme = fields.Nested(Named)
    district = fields.Nested(Named, allow_none=True)
    is_fictional = told(fields.Boolean)
    url = told(fields.String, "The page for people.")


class WholeEvidence(EvidenceItem):
    ideas = fields.List(fields.Integer(), metadata={"description": "Public ideas that stand on it."})
    projects = fields.List(fields.String(), metadata={"description": "Public projects that stand on it."})


def evidence(asked: Asked) -> Found:
    found = _page(_around(listed.findings_listed(), asked, NeedEvidence), NeedEvidence.id, asked)
    spoken = words(asked.language, {"need_evidence": [row.id for row in found.rows]})
    return Found([_finding(each) for each in listed.findings(found.rows, spoken)], found.after)


def one_finding(number: int, asked: Asked) -> dict[str, Any] | None:
    found = queries_evidence.evidence_page(number, asked.language, asked.today)
    if found is None:
        return None
    return _finding(found.finding) | {
        "ideas": [each.id for each in found.ideas], "projects": [each.slug for each in found.projects]}


def _finding(card: Finding) -> dict[str, Any]:
    return {
        "id": card.id, "kind": state(card.kind), "statement": text(card.statement), "indicator": text(card.indicator),
        "count": card.count, "base": card.base, "pct": card.pct, "languages": list(card.languages), "year": card.year,
        "source": card.source, "licence": card.licence, "theme": named(card.theme), "district": named(card.district),
        "is_fictional": card.is_fictional, "url": page("voices.need", evidence_id=card.id),
    }


class WorkshopItem(Schema):
    slug = told(fields.String, required=True)
    title = said()
    kind = told(fields.String)
    state = fields.Nested(State)
    starts_at = told(fields.DateTime)
    ends_at = told(fields.DateTime)
    place = told(fields.String)
    district = fields.Nested(Named, allow_none=True)
    is_ahead = told(fields.Boolean, "One can still come.")
    is_fictional = told(fields.Boolean)
    url = told(fields.String, "The page for people.")


class WholeWorkshop(WorkshopItem):
    text = said()
    summary = said()
    languages = fields.List(fields.String())
    has_interpreters = told(fields.Boolean)
    has_childcare = told(fields.Boolean)
    is_step_free = told(fields.Boolean)
    participants = told(fields.Integer, may_lack=True)
    themes = fields.List(fields.Nested(Named))
    round = fields.Nested(Named)
    ideas = fields.List(fields.Integer(), metadata={"description": "Public ideas that came from it."})
    projects = fields.List(fields.String(), metadata={"description": "Public projects that grew from it."})


def workshops(asked: Asked) -> Found:
    query = listed.workshops_listed()
    if asked.word("theme"):
        of_theme = sa.select(workshop_theme.c.workshop_id).join(Theme, Theme.id == workshop_theme.c.theme_id)
        query = query.where(Workshop.id.in_(of_theme.where(Theme.slug == asked.word("theme"))))
    narrower = Asked(asked.language, asked.today, filters={**(asked.filters or {}), "theme": None})
    query = _around(query, narrower, Workshop)
    if asked.get("since"):
        query = query.where(Workshop.starts_at >= moment(asked.get("since")))
    found = _page(query, Workshop.id, asked)
    spoken = words(asked.language, {"workshop": [row.id for row in found.rows]})
    return Found([_workshop(each) for each in listed.workshops(found.rows, spoken)], found.after)


def one_workshop(slug: str, asked: Asked) -> dict[str, Any] | None:
    found = queries_workshops.workshop_page(slug, asked.language, asked.today)
    if found is None:
        return None
    return _workshop(found.card) | {
        "text": text(found.text), "summary": text(found.summary), "languages": list(found.languages),
        "has_interpreters": found.has_interpreters, "has_childcare": found.has_childcare,
        "is_step_free": found.is_step_free, "participants": found.participants or None,
        "themes": [named(each) for each in found.themes], "round": named(found.round),
        "ideas": [each.id for each in found.ideas], "projects": [each.slug for each in found.projects],
    }


def _workshop(card: WorkshopCard) -> dict[str, Any]:
    return {
        "slug": card.slug, "title": text(card.title), "kind": str(card.kind), "state": state(card.state),
        "starts_at": when(card.starts_at), "ends_at": when(card.ends_at), "place": card.place,
        "district": named(card.district), "is_ahead": card.is_ahead, "is_fictional": card.is_fictional,
        "url": page("voices.workshop", slug=card.slug),
    }


class IdeaItem(Schema):
    """An idea that may be shown; it never says whose it is."""

    id = told(fields.Integer, required=True)
    title = said()
    text = said()
    state = fields.Nested(State)
    theme = fields.Nested(Named, allow_none=True)
    district = fields.Nested(Named, allow_none=True)
    given_at = told(fields.DateTime)
    is_fictional = told(fields.Boolean)
    url = told(fields.String, "The page for people.")


class WholeIdea(IdeaItem):
    reason = said("Why it ended as it did.")
    ended_on = told(fields.Date, may_lack=True)
    round = fields.Nested(Named)
    workshop = told(fields.String, "The short name of the workshop it came from.", may_lack=True)
    evidence = fields.List(fields.Integer())
    projects = fields.List(fields.String(), metadata={"description": "Public projects that grew from it."})


def ideas(asked: Asked) -> Found:
    query = _around(listed.ideas_listed(), asked, Idea)
    if asked.word("state"):
        known = [each for each in IdeaState if each.value == asked.word("state")]
        query = query.where(Idea.state.in_(known))
    if asked.get("since"):
        query = query.where(Idea.given_at >= moment(asked.get("since")))
    found = _page(query, Idea.id, asked)
    spoken = words(asked.language, {"idea": [row.id for row in found.rows]})
    return Found([_idea(each) for each in listed.ideas(found.rows, spoken)], found.after)


def one_idea(number: int, asked: Asked) -> dict[str, Any] | None:
    found = queries_ideas.idea_page(number, asked.language, asked.today)
    if found is None:
        return None
    return _idea(found.card) | {
        "reason": text(found.reason), "ended_on": when(found.ended_on), "round": named(found.round),
        "workshop": found.workshop.slug if found.workshop else None, "evidence": [each.id for each in found.findings],
        "projects": [each.slug for each in found.projects],
    }


def _idea(card: IdeaCard) -> dict[str, Any]:
    return {
        "id": card.id, "title": text(card.title), "text": text(card.text), "state": state(card.state),
        "theme": named(card.theme), "district": named(card.district), "given_at": when(card.given_at),
        "is_fictional": card.is_fictional, "url": page("voices.idea", idea_id=card.id),
    }


RESOURCES = (
    Resource("evidence", "finding", _l("What the city knows, the newest first"), _l("A finding"), EvidenceItem,
             WholeEvidence, evidence, one_finding, key="id", filters=("theme", "district"),
             part="evidence_id"),
    Resource("workshops", "workshop", _l("Workshops, the newest first"), _l("A workshop with what came of it"),
             WorkshopItem, WholeWorkshop, workshops, one_workshop, filters=("round", "theme", "district", "since")),
    Resource("ideas", "idea", _l("Ideas that may be shown, the newest first"), _l("An idea and what became of it"),
             IdeaItem, WholeIdea, ideas, one_idea, key="id", filters=("round", "theme", "district", "state", "since")),
)
