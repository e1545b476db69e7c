"""Approved budgets that count on money which partners have taken back since."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from incubator.budgets.models import FinancingKind, FinancingLine, Plan, PlanState
from incubator.foundation.database import db
from incubator.partners.models import Pledge, PledgeKind, PledgeState
from incubator.partners.rules import COUNTS
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

COUNTED = (Status.BUDGET_APPROVED, Status.WAITLISTED, Status.AWARDED, Status.ACTIVE, Status.SUSPENDED)


@dataclass(frozen=True)
class Gap:
    """A project whose plan counts on `planned` cents of money from others; of these `confirmed` are left."""

    project_id: int
    title: str
    language: str
    planned: int
    confirmed: int


def gaps(project_ids: Collection[int] | None = None) -> tuple[Gap, ...]:
    """Return the projects, of some or of all, whose approved plan no longer adds up since a pledge was withdrawn."""
    other = sa.orm.aliased(Plan)
    newest = sa.select(sa.func.max(other.number)).where(
        other.project_id == Plan.project_id, other.state == PlanState.APPROVED).scalar_subquery()
    planned = sa.select(sa.func.coalesce(sa.func.sum(FinancingLine.amount_cents), 0)).where(
        FinancingLine.plan_id == Plan.id, FinancingLine.kind == FinancingKind.THIRD_PARTY).scalar_subquery()
    money = sa.and_(Pledge.project_id == Plan.project_id, Pledge.kind == PledgeKind.MONEY)
    confirmed = sa.select(sa.func.coalesce(sa.func.sum(Pledge.value_cents), 0)).where(
        money, Pledge.state.in_(COUNTS)).scalar_subquery()
    lost = sa.exists().where(money, Pledge.state == PledgeState.WITHDRAWN, Pledge.state_since >= Plan.approved_at)
    lost_any = sa.select(Pledge.project_id).where(
        Pledge.state == PledgeState.WITHDRAWN, Pledge.kind == PledgeKind.MONEY)
    wanted = sa.and_(Plan.project_id.in_(lost_any), Plan.state == PlanState.APPROVED, Plan.number == newest,
                     Project.status.in_(COUNTED), lost, planned > confirmed)
    if project_ids is not None:
        wanted = sa.and_(wanted, Project.id.in_(list(project_ids)))
    rows = db.session.execute(
        sa.select(Project.id, Project.title, Project.language, planned.label("planned"), confirmed.label("confirmed"))
        .select_from(Plan).join(Project, Project.id == Plan.project_id).where(wanted).order_by(Project.id)
    )
    return tuple(Gap(row.id, row.title, row.language, int(row.planned), int(row.confirmed)) for row in rows)
