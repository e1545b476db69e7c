"""The programme for programs: its rounds, themes and districts."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from incubator.api.asking import Asked, Found
from incubator.api.resources import Resource
from incubator.api.words import State, Text, cents, page, said, state, text, told, when
from incubator.dialogue.rules_ideas import takes as takes_ideas
from incubator.foundation.database import db
from incubator.foundation.language import BY_CODE
from incubator.foundation.paging import page_of
from incubator.programme.models import Round, RoundFact
from incubator.progress import queries, queries_themes, rules
from incubator.progress.pages import DistrictCard, Label
from incubator.progress.pages_dialogue import ThemeCard
from incubator.progress.queries_dialogue import is_told
from incubator.wording.queries import Words, words


class Programme(Schema):
    """The programme as a whole."""

    name = told(fields.String, required=True)
    city = told(fields.String, required=True)
    languages = fields.List(fields.String(), required=True, metadata={"description": "The languages of the pages."})
    is_demo = told(fields.Boolean, "Everything here is made up.", required=True)
    url = told(fields.String, "The page for people.", required=True)


def programme() -> dict[str, Any]:
    config = current_app.config
    return {"name": config["SITE_NAME"], "city": config["CITY_NAME"], "languages": list(BY_CODE),
            "is_demo": bool(config["DEMO"]), "url": page("progress.home")}


class RoundItem(Schema):
    """A call for projects, with its fund."""

    slug = told(fields.String, required=True)
    name = told(fields.String)
    state = fields.Nested(State)
    summary = said()
    is_fictional = told(fields.Boolean)
    fund_cents = cents("What the city gives in this round.")
    awarded_cents = cents("What is awarded of it.")
    reserve_cents = cents("What is kept back.")
    proposals_until = told(fields.Date, may_lack=True)
    takes_proposals = told(fields.Boolean)
    takes_ideas = told(fields.Boolean)
    period_from = told(fields.Date, may_lack=True)
    period_until = told(fields.Date, may_lack=True)
    url = told(fields.String, "The page for people.")


class RoundDate(Schema):
    label = told(fields.String, required=True)
    on = told(fields.Date, required=True)
    until = told(fields.Date, may_lack=True, required=True)


class Fact(Schema):
    """Something known about the round, with its source."""

    kind = told(fields.String, required=True)
    text = fields.Nested(Text, required=True)
    source = told(fields.String, required=True)
    on = told(fields.Date, may_lack=True, required=True)
    until = told(fields.Date, may_lack=True, required=True)


class WholeRound(RoundItem):
    rule_source = told(fields.String, "The directive after which the city grants.")
    dates = fields.List(fields.Nested(RoundDate))
    facts = fields.List(fields.Nested(Fact))


def rounds(asked: Asked) -> Found:
    query = sa.select(Round).where(is_told(Round.id)).order_by(Round.id.desc()).limit(asked.limit + 1)
    if asked.after:
        query = query.where(Round.id < asked.after)
    found = page_of(db.session.scalars(query).all(), asked.limit)
    spoken = words(asked.language, {"round": [row.id for row in found.rows]})
    return Found([_round(row, spoken, asked) for row in found.rows], found.after)


def one_round(slug: str, asked: Asked) -> dict[str, Any] | None:
    row = db.session.scalar(sa.select(Round).where(Round.slug == slug, is_told(Round.id)))
    if row is None:
        return None
    facts = db.session.scalars(
        sa.select(RoundFact).where(RoundFact.round_id == row.id)
        .order_by(RoundFact.position, RoundFact.on, RoundFact.id)
    ).all()
    spoken = words(asked.language, {"round": [row.id], "round_fact": [fact.id for fact in facts]})
    return _round(row, spoken, asked) | {
        "rule_source": row.rule_source, "dates": _dates(row), "facts": [_fact(fact, spoken) for fact in facts],
    }


def _round(row: Round, spoken: Words, asked: Asked) -> dict[str, Any]:
    takes = rules.takes_proposals(row.state, row.proposals_until, asked.today)
    return {
        "slug": row.slug, "name": row.name, "state": state(Label(row.state.value, rules.round_label(row.state, takes))),
        "summary": text(spoken.of("round", row.id, "summary", row.summary, row.language)),
        "is_fictional": row.is_fictional, "fund_cents": row.fund_cents, "awarded_cents": row.awarded_cents,
        "reserve_cents": row.reserve_cents, "proposals_until": when(row.proposals_until), "takes_proposals": takes,
        "takes_ideas": takes_ideas(row, asked.today), "period_from": when(row.period_from),
        "period_until": when(row.period_until), "url": page("progress.round", slug=row.slug),
    }


def _dates(row: Round) -> list[dict[str, Any]]:
    dates = []
    for label, start, end in queries.ROUND_DATES:
        on, until = getattr(row, start), getattr(row, end) if end else None
        if first := on or until:
            dates.append({"label": str(label), "on": when(first), "until": when(until if on else None)})
    return dates


def _fact(row: RoundFact, spoken: Words) -> dict[str, Any]:
    return {"kind": str(row.kind), "text": text(spoken.of("round_fact", row.id, "text", row.text, row.language)),
            "source": row.source, "on": when(row.on), "until": when(row.until)}


class ThemeItem(Schema):
    slug = told(fields.String, required=True)
    name = told(fields.String)
    number_of_needs = told(fields.Integer)
    number_of_ideas = told(fields.Integer)
    number_of_projects = told(fields.Integer)
    url = told(fields.String, "The page for people.")


def themes(asked: Asked) -> Found:
    return _cut(queries_themes.themes(asked.language), asked, _theme)


def one_theme(slug: str, asked: Asked) -> dict[str, Any] | None:
    return next((_theme(each) for each in queries_themes.themes(asked.language) if each.slug == slug), None)


def _theme(card: ThemeCard) -> dict[str, Any]:
    return {"slug": card.slug, "name": card.name, "number_of_needs": card.number_of_needs,
            "number_of_ideas": card.number_of_ideas, "number_of_projects": card.number_of_projects,
            "url": page("themes.theme", slug=card.slug)}


class DistrictItem(Schema):
    """A district; figures carry their source, and what is not known is null."""

    slug = told(fields.String, required=True)
    name = told(fields.String)
    number = told(fields.String)
    inhabitants = told(fields.Integer, may_lack=True)
    area_hectares = told(fields.Integer, may_lack=True)
    source = told(fields.String)
    migration_share_pct = told(fields.Integer, may_lack=True)
    migration_share_source = told(fields.String)
    migration_share_year = told(fields.Integer, may_lack=True)
    number_of_projects = told(fields.Integer)
    url = told(fields.String, "The page for people.")


def districts(asked: Asked) -> Found:
    return _cut(queries.districts(), asked, _district)


def one_district(slug: str, asked: Asked) -> dict[str, Any] | None:
    return next((_district(each) for each in queries.districts() if each.slug == slug), None)


def _district(card: DistrictCard) -> dict[str, Any]:
    names = [name for name in DistrictItem._declared_fields if name != "url"]
    return {name: getattr(card, name) for name in names} | {"url": page("progress.district", slug=card.slug)}


def _cut(cards: Sequence[Any], asked: Asked, write: Any) -> Found:
    """Take a page of a short list that is read as a whole, after the one with this short name."""
    place = 0
    if asked.after:
        place = next((at for at, card in enumerate(cards, 1) if card.slug == asked.after), len(cards))
    some = cards[place:place + asked.limit]
    return Found([write(card) for card in some], some[-1].slug if place + asked.limit < len(cards) else None)


RESOURCES = (
    Resource("rounds", "round", _l("Rounds, the newest first"), _l("A round with its dates and facts"), RoundItem,
             WholeRound, rounds, one_round),
    Resource("themes", "theme", _l("Themes, in their order"), _l("A theme"), ThemeItem, ThemeItem, themes, one_theme,
             pages_by="slug"),
    Resource("districts", "district", _l("Districts, by name"), _l("A district"), DistrictItem, DistrictItem,
             districts, one_district, pages_by="slug"),
)
