"""What the public sees of money, and who carries and helps, for programs."""

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.api import schemas_projects as schemas
from incubator.api.asking import Asked, Found
from incubator.api.reads_projects import AROUND, filters_of, of_projects
from incubator.api.resources import Resource
from incubator.api.words import page, state, text, when
from incubator.budgets.models import Award
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.organisations.models import Organisation
from incubator.partners.models import Partnership, Pledge
from incubator.payments.models import Account
from incubator.progress import queries_money, rules
from incubator.progress.pages import Label
from incubator.progress.pages_money import MoneyPage, Sums
from incubator.progress.queries_cards import PUBLIC_STATUSES, is_public, newest
from incubator.progress.queries_money import sum_columns, sums_of
from incubator.progress.queries_project import SHOWN_PLEDGES
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.questions.queries_public import of_neighbours
from incubator.wording.queries import words


def budgets(asked: Asked) -> Found:
    """Read sums as a round's page does: of a revoked award only what was paid and is not back counts."""
    query = (
        sa.select(Project.id, Project.slug, Project.status, Project.title, Project.language, *sum_columns())
        .outerjoin(Award, Award.project_id == Project.id).outerjoin(Account, Account.project_id == Project.id)
        .where(*of_projects(asked)).order_by(Project.id.desc()).limit(asked.limit + 1)
    )
    if filters_of(asked).chosen():
        query = query.where(Project.id < asked.after) if asked.after else query
    else:
        query = query.where(newest(PUBLIC_STATUSES, asked.after, asked.limit + 1))
    found = page_of(db.session.execute(query).all(), asked.limit)
    spoken = words(asked.language, {"project": [row.id for row in found.rows]})
    return Found([{
        "project": row.slug, "title": text(spoken.of("project", row.id, "title", row.title, row.language)),
        "status": state(Label(row.status.value, rules.status_label(row.status))),
        **_sums(sums_of(row, is_revoked=row.status is Status.REVOKED)), "url": page("progress.money", slug=row.slug),
    } for row in found.rows], found.after)


def one_budget(slug: str, asked: Asked) -> dict[str, Any] | None:
    found = queries_money.money_page(slug, asked.language)
    return _whole(found) if found else None


def _whole(found: MoneyPage) -> dict[str, Any]:
    return {
        "project": found.slug, "title": text(found.title), "status": state(found.status), **_sums(found.sums),
        "pays_out": found.pays_out, "asks_receipts": found.asks_receipts, "is_changed": found.changed,
        "categories": [{"label": str(each.label), "planned_cents": each.planned, "approved_cents": each.approved,
                        "proved_cents": each.proved if found.asks_receipts else None} for each in found.categories],
        "sources": [{"label": str(each.label), "cents": each.cents, "counts": each.counts} for each in found.sources],
        "payments": [{"on": when(each.on), "cents": each.cents, "instalment": each.instalment,
                      "is_back": each.is_back} for each in found.payments],
        "url": page("progress.money", slug=found.slug),
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {f"{name}_cents": getattr(sums, name) for name in queries_money.TOTALS}


def _carrying() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(Project.carrier_id.label("organisation_id"), Project.slug).where(
        is_public(), Project.carrier_id.is_not(None))


def _helping() -> sa.CompoundSelect[Any]:
    """Select who takes part today, and whose pledge stands: what a project's page shows."""
    return sa.union(
        sa.select(Partnership.organisation_id, Project.slug).join(Project, Project.id == Partnership.project_id)
        .where(is_public(), Partnership.until.is_(None)),
        sa.select(Pledge.organisation_id, Project.slug).join(Project, Project.id == Pledge.project_id)
        .where(is_public(), Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(of_neighbours())),
    )


def _shown() -> sa.ColumnElement[bool]:
    """The condition under which an organisation stands on a public page."""
    carrying, helping = _carrying().subquery(), _helping().subquery()
    return sa.or_(Organisation.id.in_(sa.select(carrying.c.organisation_id)),
                  Organisation.id.in_(sa.select(helping.c.organisation_id)))


def organisations(asked: Asked) -> Found:
    query = sa.select(Organisation).where(_shown()).order_by(Organisation.id.desc()).limit(asked.limit + 1)
    if asked.after:
        query = query.where(Organisation.id < asked.after)
    found = page_of(db.session.scalars(query).all(), asked.limit)
    return Found([_organisation(row) for row in found.rows], found.after)


def one_organisation(slug: str, asked: Asked) -> dict[str, Any] | None:
    row = db.session.scalar(sa.select(Organisation).where(Organisation.slug == slug, _shown()))
    if row is None:
        return None
    sides = {}
    for name, query in (("carries", _carrying()), ("helps", _helping())):
        side = query.subquery()
        sides[name] = list(db.session.scalars(
            sa.select(side.c.slug).where(side.c.organisation_id == row.id).order_by(side.c.slug)))
    return _organisation(row) | {**sides, "helps": [slug for slug in sides["helps"] if slug not in sides["carries"]]}


def _organisation(row: Organisation) -> dict[str, Any]:
    return {"slug": row.slug, "name": row.name, "website": row.website, "is_fictional": row.is_fictional}


RESOURCES = (
    Resource("budgets", "budget", _l("The money of public projects, the newest first"),
             _l("A project’s money, by kind"), schemas.BudgetItem, schemas.WholeBudget, budgets, one_budget,
             key="project", filters=AROUND),
    Resource("organisations", "organisation", _l("Who carries public projects and who helps, the newest first"),
             _l("An organisation and its projects"), schemas.OrganisationItem, schemas.WholeOrganisation,
             organisations, one_organisation),
)
