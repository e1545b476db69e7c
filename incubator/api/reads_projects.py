"""Public projects, their milestones and their news, for programs."""

from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l

from incubator.api import schemas_projects as schemas
from incubator.api.asking import Asked, Found, moment
from incubator.api.resources import Resource
from incubator.api.words import named, page, state, text, when
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.milestones.models import Milestone, MilestoneStatus, Update
from incubator.progress import queries_project, rules
from incubator.progress.pages import Card, Filters, Label, News
from incubator.progress.pages_project import Milestone as Planned
from incubator.progress.pages_project import Partner, ProjectPage
from incubator.progress.queries_cards import cards, chosen, is_public, late_after, narrowed
from incubator.progress.queries_news import news, news_rows, wanted
from incubator.projects.models import Project
from incubator.wording.queries import Passage, Words, words


def filters_of(asked: Asked) -> Filters:
    names = ("round", "theme", "district", "stage")
    return Filters(**{name: asked.word(name) for name in names}, after=asked.after)


def of_projects(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """Return the conditions under which what belongs to a project was asked for; the project is public."""
    found = [is_public(), *narrowed(filters_of(asked))]
    return [*found, Project.slug == asked.word("project")] if asked.word("project") else found


def projects(asked: Asked) -> Found:
    found = page_of(chosen(filters_of(asked), asked.limit + 1), asked.limit)
    return Found([_card(each) for each in cards(found.rows, asked.language, asked.today)], found.after)


def _card(card: Card) -> dict[str, Any]:
    following = card.next and {
        "title": text(card.next.title), "due": when(card.next.due), "is_overdue": card.next.is_overdue}
    return {
        "slug": card.slug, "title": text(card.title), "summary": text(card.summary), "theme": card.theme,
        "district": card.district, "is_citywide": card.is_citywide, "status": state(card.status),
        "stage": str(card.stage), "percent_reached": card.percent_reached, "next": following,
        "url": page("progress.project", slug=card.slug),
    }


def one_project(slug: str, asked: Asked) -> dict[str, Any] | None:
    found = queries_project.project_page(slug, asked.language, asked.today)
    return _whole(found) if found else None


def _whole(found: ProjectPage) -> dict[str, Any]:
    decided = found.decision
    return {
        "slug": found.slug, "title": text(found.title), "summary": text(found.summary), "theme": found.theme,
        "district": named(found.district), "is_citywide": found.is_citywide, "status": state(found.status),
        "round": named(found.round), "starts_on": when(found.starts_on), "ends_on": when(found.ends_on),
        "group_name": found.group_name, "leads": list(found.leads), "mentors": list(found.mentors),
        "carrier": _partner(found.carrier) if found.carrier else None,
        "partners": [_partner(each) for each in found.partners], "percent_reached": found.percent_reached,
        "awarded_cents": decided.amount_cents,
        "decision": {"body": decided.body, "on": when(decided.on), "reference": decided.reference, "url": decided.url},
        "milestones": [_planned(each, found.slug) for each in found.milestones],
        "number_of_talks": found.number_of_talks, "url": page("progress.project", slug=found.slug),
    }


def _partner(partner: Partner) -> dict[str, Any]:
    return {"name": partner.name, "website": partner.website, "is_fictional": partner.is_fictional,
            "roles": [str(role) for role in partner.roles]}


def _planned(each: Planned, slug: str) -> dict[str, Any]:
    title = Passage(each.title, each.language, each.is_translation)
    return {
        "id": each.number, "project": slug, "title": text(title), "description": text(each.description),
        "status": state(each.status), "due": when(each.due), "forecast": when(each.forecast),
        "actual": when(each.actual), "is_overdue": each.overdue, "is_gate": each.is_gate, "weight": each.weight,
        "needs": each.needs, "url": page("progress.project", slug=slug),
    }


def _milestones(*among: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Milestone.id, Milestone.title, Milestone.description, Milestone.language, Milestone.status,
            Milestone.due_on, Milestone.forecast_on, Milestone.actual_on, Milestone.is_gate, Milestone.weight,
            Milestone.needs_id, Project.slug, late_after(),
        ).join(Project, Project.id == Milestone.project_id).where(*among).order_by(Milestone.id.desc())
    )


def milestones(asked: Asked) -> Found:
    query = _milestones(*of_projects(asked)).limit(asked.limit + 1)
    if asked.after:
        query = query.where(Milestone.id < asked.after)
    if asked.get("since"):
        query = query.where(Milestone.due_on >= asked.get("since"))
    if asked.get("until"):
        query = query.where(Milestone.due_on <= asked.get("until"))
    found = page_of(db.session.execute(query).all(), asked.limit)
    spoken = words(asked.language, {"milestone": [row.id for row in found.rows]})
    return Found([_milestone(row, spoken, asked) for row in found.rows], found.after)


def one_milestone(number: int, asked: Asked) -> dict[str, Any] | None:
    row = db.session.execute(_milestones(is_public(), Milestone.id == number)).one_or_none()
    return _milestone(row, words(asked.language, {"milestone": [row.id]}), asked) if row else None


def _milestone(row: Any, spoken: Words, asked: Asked) -> dict[str, Any]:
    status = rules.milestone_status(row.status)
    return {
        "id": row.id, "project": row.slug,
        "title": text(spoken.of("milestone", row.id, "title", row.title, row.language)),
        "description": text(spoken.of("milestone", row.id, "description", row.description, row.language)),
        "status": state(Label(status.value, rules.MILESTONE_LABELS[status])), "due": when(row.due_on),
        "forecast": when(row.forecast_on),
        "actual": when(row.actual_on) if row.status is MilestoneStatus.ACCEPTED else None,
        "is_overdue": rules.is_overdue(row.status, row.due_on, asked.today, row.late_after), "is_gate": row.is_gate,
        "weight": row.weight, "needs": row.needs_id, "url": page("progress.project", slug=row.slug),
    }


def updates(asked: Asked) -> Found:
    among = of_projects(asked)
    if asked.get("since"):
        day = moment(asked.get("since"))
        among.append(sa.or_(Update.published_at >= day, Update.corrected_at >= day))
    rows = news_rows(asked.today, before=asked.after, among=sa.and_(*among), limit=asked.limit + 1)
    told = news(rows, words(asked.language, wanted(rows)))
    after = told[asked.limit - 1].id if len(told) > asked.limit else None
    return Found([_news(each) for each in told[:asked.limit]], after)


def one_update(number: int, asked: Asked) -> dict[str, Any] | None:
    rows = news_rows(asked.today, among=Update.id == number, limit=1)
    told = news(rows, words(asked.language, wanted(rows)))
    return _news(told[0]) if told else None


def _news(each: News) -> dict[str, Any]:
    root = current_app.config["BASE_URL"]
    return {
        "id": each.id, "project": each.project_slug, "project_title": text(each.project_title),
        "title": text(each.title), "text": text(each.text), "milestone": text(each.milestone),
        "published_at": when(each.published_at), "corrected_at": when(each.corrected_at),
        "correction": text(each.correction),
        "pictures": [{"url": root + one.url, "small_url": root + one.small_url, "alt": one.alt, "credit": one.credit}
                     for one in each.pictures],
        "url": page("news.show", slug=each.project_slug, update_id=each.id),
    }


AROUND = ("round", "theme", "district", "stage")
RESOURCES = (
    Resource("projects", "project", _l("Projects that the public knows, the newest first"),
             _l("A project with its partners and milestones"), schemas.ProjectItem, schemas.WholeProject, projects,
             one_project, filters=AROUND),
    Resource("milestones", "milestone", _l("Milestones of public projects, the newest first"), _l("A milestone"),
             schemas.MilestoneItem, schemas.MilestoneItem, milestones, one_milestone, key="id",
             filters=("project", *AROUND, "since", "until")),
    Resource("updates", "update", _l("News of public projects, the newest first"), _l("A piece of news"),
             schemas.UpdateItem, schemas.UpdateItem, updates, one_update, key="id",
             filters=("project", *AROUND, "since")),
)
