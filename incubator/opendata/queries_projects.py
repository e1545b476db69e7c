"""Rows about awarded projects, their milestones and news, and the organisations around them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus, Update
from incubator.milestones.rules import percent_reached
from incubator.opendata.fields import Values
from incubator.opendata.queries_walk import Row, Scope, euros, spaced, walk, words
from incubator.organisations.models import Organisation
from incubator.partners.models import Partnership, Pledge
from incubator.programme.models import District, Round, Theme
from incubator.progress import rules
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import idea_is_public, is_told
from incubator.progress.queries_news import is_told as news_is_told
from incubator.progress.queries_project import SHOWN_PLEDGES
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project, project_evidence
from incubator.questions.queries_public import of_neighbours

STATUSES = {Status.RECOVERY: "report_checked"}  # pages say no more of it either


def shown(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition that a project belongs into the edition."""
    return sa.and_(is_public(), is_told(Project.round_id), scope.of(Project.round_id))


def organisations(scope: Scope) -> Iterator[Row]:
    """Give those that carry a project, take part in one, or made a pledge that is shown."""
    there = sa.select(Project.id).where(shown(scope))
    near: Any = sa.union(
        sa.select(Project.carrier_id).where(shown(scope), Project.carrier_id.is_not(None)),
        sa.select(Partnership.organisation_id).where(Partnership.project_id.in_(there), Partnership.until.is_(None)),
        sa.select(Pledge.organisation_id).where(Pledge.project_id.in_(there), _is_shown_pledge()),
    )
    query = sa.select(
        Organisation.id, Organisation.slug, Organisation.name, Organisation.website, Organisation.is_fictional,
    ).where(Organisation.id.in_(near))
    for row in (each for page in walk(query, Organisation.id) for each in page):
        yield row.id, "", {"id": row.slug, "name": row.name, "website": words(row.website),
                           "is_fictional": row.is_fictional}


def _is_shown_pledge() -> sa.ColumnElement[bool]:
    return sa.and_(Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(of_neighbours()))


def projects(scope: Scope) -> Iterator[Row]:
    query = (
        sa.select(
            Project.id, Project.slug, Project.title, Project.language, Project.summary, Project.status,
            Project.is_citywide, Project.group_name, Project.starts_on, Project.ends_on, Project.resolution_body,
            Project.resolution_on, Project.resolution_reference, Project.resolution_url, Round.slug.label("round"),
            Round.is_fictional, Theme.slug.label("theme"), District.slug.label("district"),
            Organisation.slug.label("carrier"), Idea.id.label("idea"),
        )
        .join(Round, Round.id == Project.round_id).outerjoin(Theme, Theme.id == Project.theme_id)
        .outerjoin(District, District.id == Project.district_id)
        .outerjoin(Organisation, Organisation.id == Project.carrier_id)
        .outerjoin(Idea, sa.and_(Idea.id == Project.idea_id, idea_is_public(), Idea.round_id == Project.round_id))
        .where(shown(scope))
    )
    for page in walk(query, Project.id):
        ids = [row.id for row in page]
        reached, needs = _reached(ids), _needs(ids)
        for row in page:
            yield row.id, "", _project(row, scope) | {
                "reached": percent_reached(reached[row.id]), "evidence": spaced(needs[row.id])}


def _project(row: Any, scope: Scope) -> Values:
    return {
        "id": row.slug, "uri": scope.uri("projects", row.slug), "round": row.round, "title": row.title,
        "language": row.language, "summary": words(row.summary), "status": STATUSES.get(row.status, row.status.value),
        "theme": row.theme, "district": row.district, "is_citywide": row.is_citywide,
        "group_name": words(row.group_name), "carrier": row.carrier, "idea": str(row.idea) if row.idea else None,
        "starts_on": row.starts_on, "ends_on": row.ends_on, "resolution_body": words(row.resolution_body),
        "resolution_on": row.resolution_on, "resolution_reference": words(row.resolution_reference),
        "resolution_url": words(row.resolution_url), "is_fictional": row.is_fictional,
    }


def _reached(ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(Milestone.project_id, Milestone.status, Milestone.weight).where(Milestone.project_id.in_(ids)))
    for row in rows:
        found[row.project_id].append((row.status, row.weight))
    return found


def _needs(ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    named = project_evidence.c
    for row in db.session.execute(sa.select(named.project_id, named.evidence_id).where(
            named.project_id.in_(ids)).order_by(named.evidence_id)):
        found[row.project_id].append(row.evidence_id)
    return found


def milestones(scope: Scope) -> Iterator[Row]:
    query = sa.select(
        Milestone.id, Milestone.title, Milestone.description, Milestone.language, Milestone.status, Milestone.due_on,
        Milestone.forecast_on, Milestone.actual_on, Milestone.weight, Milestone.is_gate, Milestone.needs_id,
        Project.slug,
    ).join(Project, Project.id == Milestone.project_id).where(shown(scope))
    for row in (each for page in walk(query, Milestone.id) for each in page):
        yield row.id, "", {
            "id": str(row.id), "project": row.slug, "title": row.title, "description": words(row.description),
            "language": row.language, "status": rules.milestone_status(row.status).value, "due_on": row.due_on,
            "forecast_on": row.forecast_on, "weight": row.weight, "is_gate": row.is_gate,
            "reached_on": row.actual_on if row.status is MilestoneStatus.ACCEPTED else None,
            "needs": str(row.needs_id) if row.needs_id else None,
        }


def updates(scope: Scope) -> Iterator[Row]:
    query = sa.select(
        Update.id, Update.milestone_id, Update.title, Update.text, Update.language, Update.published_at,
        Update.corrected_at, Update.correction_note, Project.slug,
    ).join(Project, Project.id == Update.project_id).outerjoin(
        Milestone, Milestone.id == Update.milestone_id
    ).where(shown(scope), news_is_told())
    for row in (each for page in walk(query, Update.id) for each in page):
        yield row.id, "", {
            "id": str(row.id), "uri": scope.uri("projects", row.slug, "updates", row.id), "project": row.slug,
            "milestone": str(row.milestone_id) if row.milestone_id else None, "title": row.title,
            "text": words(row.text), "language": row.language, "published_at": row.published_at,
            "corrected_at": row.corrected_at,
            "correction_note": words(row.correction_note) if row.corrected_at else None,
        }


def partners(scope: Scope) -> Iterator[Row]:
    """Give carriers and the partners of today; whoever only made a pledge stands with that."""
    query = sa.select(
        Project.id, Project.slug, Organisation.slug.label("carrier")
    ).outerjoin(Organisation, Organisation.id == Project.carrier_id).where(shown(scope))
    for page in walk(query, Project.id):
        near = _partnerships([row.id for row in page])
        for row in page:
            roles: dict[str, list[str]] = {row.carrier: []} if row.carrier else {}
            roles |= near[row.id]
            for slug in sorted(roles):
                yield row.id, slug, {"project": row.slug, "organisation": slug, "is_carrier": slug == row.carrier,
                                     "roles": spaced(roles[slug])}


def _partnerships(ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    rows = db.session.execute(
        sa.select(Partnership.project_id, Organisation.slug, Partnership.roles)
        .join(Organisation, Organisation.id == Partnership.organisation_id)
        .where(Partnership.project_id.in_(ids), Partnership.until.is_(None)))
    for row in rows:
        found[row.project_id][row.slug] = row.roles
    return found


def pledges(scope: Scope) -> Iterator[Row]:
    query = sa.select(
        Pledge.id, Pledge.kind, Pledge.description, Pledge.language, Pledge.quantity, Pledge.unit, Pledge.value_cents,
        Pledge.valued_how, Pledge.done_quantity, Pledge.state, Project.slug, Organisation.slug.label("organisation"),
    ).join(Project, Project.id == Pledge.project_id).join(
        Organisation, Organisation.id == Pledge.organisation_id
    ).where(shown(scope), _is_shown_pledge())
    for row in (each for page in walk(query, Pledge.id) for each in page):
        yield row.id, "", {
            "id": str(row.id), "project": row.slug, "organisation": row.organisation, "kind": row.kind.value,
            "description": words(row.description), "language": row.language, "quantity": row.quantity,
            "unit": words(row.unit), "done": row.done_quantity, "value": euros(row.value_cents),
            "valued_how": words(row.valued_how), "state": row.state.value,
        }
