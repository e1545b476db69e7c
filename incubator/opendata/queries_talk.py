"""Rows about rounds, needs, workshops and ideas, as far as the public pages show them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from incubator.dialogue.models import Idea, NeedEvidence, Workshop, idea_evidence, workshop_theme
from incubator.foundation.database import db
from incubator.opendata.fields import Values
from incubator.opendata.queries_walk import Row, Scope, day_of, euros, spaced, walk, words
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import findings_listed, idea_is_public, ideas_listed, workshops_listed
from incubator.progress.rules_dialogue import share
from incubator.projects.models import Project, project_evidence

DAYS = ("ideas_from", "ideas_until", "proposals_until", "council_on", "period_from", "period_until", "reports_due_on")


def rounds(scope: Scope) -> Iterator[Row]:
    columns = (getattr(Round, each) for each in (
        "id", "slug", "name", "state", "language", "summary", "fund_cents", "reserve_cents", "awarded_cents", *DAYS,
        "rule_source", "is_fictional"))
    query = sa.select(*columns).where(Round.state != RoundState.DRAFT, scope.of(Round.id))
    for row in (each for page in walk(query, Round.id) for each in page):
        yield row.id, "", {
            "id": row.slug, "uri": scope.uri("rounds", row.slug), "name": row.name, "state": row.state.value,
            "language": row.language, "summary": words(row.summary), "fund": euros(row.fund_cents),
            "reserve": euros(row.reserve_cents), "awarded": euros(row.awarded_cents),
            "rule_source": words(row.rule_source), "is_fictional": row.is_fictional,
        } | {name: getattr(row, name) for name in DAYS}


def themes(scope: Scope) -> Iterator[Row]:
    for row in (each for page in walk(sa.select(Theme.id, Theme.slug, Theme.names), Theme.id) for each in page):
        yield row.id, "", {
            "id": row.slug, "uri": scope.uri("themes", row.slug), "name": row.names["de"],
            "name_en": words(row.names.get("en")),
        }


def districts(scope: Scope) -> Iterator[Row]:
    query = sa.select(
        District.id, District.slug, District.number, District.name, District.inhabitants, District.area_hectares,
        District.source, District.migration_share_pct, District.migration_share_source, District.migration_share_year)
    for row in (each for page in walk(query, District.id) for each in page):
        has_source = row.migration_share_source and row.migration_share_year
        yield row.id, "", {
            "id": row.slug, "uri": scope.uri("districts", row.slug), "number": row.number, "name": row.name,
            "inhabitants": row.inhabitants, "area": row.area_hectares, "source": words(row.source),
            "migration_share": row.migration_share_pct if has_source else None,
            "migration_share_source": words(row.migration_share_source) if has_source else None,
            "migration_share_year": row.migration_share_year if has_source else None,
        }


def evidence(scope: Scope) -> Iterator[Row]:
    """Of a round, what its public projects and ideas stand on."""
    query = findings_listed()
    if scope.round_id is not None:
        named = sa.select(project_evidence.c.evidence_id).join(
            Project, Project.id == project_evidence.c.project_id).where(is_public(), scope.of(Project.round_id))
        given = sa.select(idea_evidence.c.evidence_id).join(
            Idea, Idea.id == idea_evidence.c.idea_id).where(idea_is_public(), scope.of(Idea.round_id))
        query = query.where(sa.or_(NeedEvidence.id.in_(named), NeedEvidence.id.in_(given)))
    for row in (each for page in walk(query, NeedEvidence.id) for each in page):
        yield row.id, "", _finding(row, scope)


def _finding(row: Any, scope: Scope) -> Values:
    return {
        "id": str(row.id), "uri": scope.uri("evidence", row.id), "kind": row.kind.value, "statement": row.statement,
        "language": row.language, "indicator": words(row.indicator), "answers": row.answers, "base": row.base,
        "share": share(row.answers, row.base, row.pct), "year": row.year, "languages": spaced(row.languages),
        "source": words(row.source), "licence": words(row.licence), "theme": row.theme_slug,
        "district": row.district_slug, "is_fictional": row.is_fictional,
    }


def workshops(scope: Scope) -> Iterator[Row]:
    query = workshops_listed().add_columns(
        Workshop.text, Workshop.summary, Workshop.languages, Workshop.has_interpreters, Workshop.has_childcare,
        Workshop.is_step_free, Workshop.participants, Round.slug.label("round"),
    ).join(Round, Round.id == Workshop.round_id).where(scope.of(Workshop.round_id))
    for page in walk(query, Workshop.id):
        about = _themes([row.id for row in page])
        for row in page:
            yield row.id, "", _workshop(row, scope) | {"themes": spaced(about[row.id])}


def _workshop(row: Any, scope: Scope) -> Values:
    return {
        "id": row.slug, "uri": scope.uri("workshops", row.slug), "round": row.round, "kind": row.kind.value,
        "state": row.state.value, "title": row.title, "language": row.language, "text": words(row.text),
        "starts_at": row.starts_at, "ends_at": row.ends_at, "place": words(row.place), "district": row.district_slug,
        "languages": spaced(row.languages), "has_interpreters": row.has_interpreters,
        "has_childcare": row.has_childcare, "is_step_free": row.is_step_free, "participants": row.participants,
        "summary": words(row.summary), "is_fictional": row.is_fictional,
    }


def _themes(ids: Sequence[int]) -> dict[int, list[str]]:
    named: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(workshop_theme.c.workshop_id, Theme.slug).join(Theme, Theme.id == workshop_theme.c.theme_id)
        .where(workshop_theme.c.workshop_id.in_(ids)).order_by(Theme.position, Theme.id))
    for row in rows:
        named[row.workshop_id].append(row.slug)
    return named


def ideas(scope: Scope) -> Iterator[Row]:
    """Give ideas that may be shown; of those they went into only such as may be shown as well, in the same edition."""
    other = aliased(Idea)
    query = ideas_listed().add_columns(
        Idea.reason, Round.slug.label("round"), Workshop.slug.label("workshop"), other.id.label("into"),
    ).join(Round, Round.id == Idea.round_id).outerjoin(
        Workshop, sa.and_(Workshop.id == Idea.workshop_id, Workshop.round_id == Idea.round_id)
    ).outerjoin(other, sa.and_(
        other.id == Idea.merged_into_id, other.is_public, other.round_id == Idea.round_id
    )).where(scope.of(Idea.round_id))
    for row in (each for page in walk(query, Idea.id) for each in page):
        yield row.id, "", {
            "id": str(row.id), "uri": scope.uri("ideas", row.id), "round": row.round, "title": row.title,
            "text": words(row.text), "language": row.language, "given_on": day_of(row.given_at),
            "state": row.state.value, "reason": words(row.reason), "theme": row.theme_slug,
            "district": row.district_slug, "workshop": row.workshop, "merged_into": str(row.into) if row.into else None,
            "is_fictional": row.is_fictional,
        }
