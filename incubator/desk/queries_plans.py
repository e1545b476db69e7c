"""The newest budgets, whose approvals stand, and from which projects a person is excluded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Approval, CostLine, Plan, PlanState
from incubator.budgets.queries import counts, grant_column
from incubator.desk.facts import PlanFact
from incubator.foundation.database import db
from incubator.organisations.models import EXCLUDING, Affiliation
from incubator.organisations.queries import in_force
from incubator.partners.models import Partnership
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import ConflictDeclaration, Project

MANY = 20  # of what waits in the whole city; who has done some of it sees the next


def plans(project_ids: Sequence[int], *, in_review: bool) -> dict[int, PlanFact]:
    """Return {project id: newest plan} of some projects, and with `in_review` of all whose budget is being checked."""
    ways = [sa.select(Plan.id).where(Plan.project_id.in_(project_ids))]
    if in_review:
        ways.append(
            sa.select(Plan.id).join(Project, Project.id == Plan.project_id)
            .where(Project.status == Status.BUDGET_REVIEW, Plan.state == PlanState.SUBMITTED)
            .order_by(Project.id).limit(MANY))
    wanted = Plan.id.in_(sa.union_all(*(sa.select(each.subquery().c.id) for each in ways)))
    other = sa.orm.aliased(Plan)
    versions = sa.select(sa.func.max(other.number)).where(other.project_id == Plan.project_id, counts(other))
    newest = versions.scalar_subquery()
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_plan_columns().where(wanted, Plan.number == newest).order_by(Plan.project_id)):
        found[row.project_id].append(row)
    return {number: _plan(rows[0], (row.person_id for row in rows if row.person_id))
            for number, rows in found.items()}


def _plan_columns() -> sa.Select[*tuple[Any, ...]]:
    """Select plans, one that was handed in once for each who approved exactly what it says now (rule C4)."""
    lines = sa.select(sa.func.count(CostLine.id)).where(CostLine.plan_id == Plan.id).scalar_subquery()
    return (
        sa.select(
            Plan.project_id, Plan.state, Plan.submitted_at, Plan.return_reason,
            lines.label("lines"), grant_column().label("grant"), Round.second_approval_above_cents, Project.title,
            Project.language, Project.status, Approval.person_id,
        )
        .join(Project, Project.id == Plan.project_id)
        .join(Round, Round.id == Project.round_id)
        .outerjoin(Approval, sa.and_(
            Approval.plan_id == Plan.id, Approval.plan_hash == Plan.content_hash, Approval.voided_at.is_(None),
            Plan.state == PlanState.SUBMITTED,
        ))
    )


def _plan(row: Any, approved_by: Iterable[int]) -> PlanFact:
    return PlanFact(
        project_id=row.project_id,
        state=row.state,
        lines=row.lines,
        grant_cents=int(row.grant),
        second_approval_above_cents=row.second_approval_above_cents,
        submitted_at=row.submitted_at,
        return_reason=row.return_reason,
        project_title=row.title,
        project_language=row.language,
        project_status=row.status,
        approved_by=frozenset(approved_by),
    )


def excluded(person_id: int, today: date) -> frozenset[int]:
    """Return the projects on which a person may not decide: a declared conflict, or their own organisation's (C1)."""
    own = (
        sa.select(Affiliation.organisation_id)
        .where(
            Affiliation.person_id == person_id, Affiliation.role.in_(sorted(EXCLUDING)), in_force(today),
        )
    )
    declared = sa.select(ConflictDeclaration.project_id).where(
        ConflictDeclaration.person_id == person_id, ConflictDeclaration.has_conflict
    )
    carried = sa.select(Project.id).where(Project.carrier_id.in_(own))
    partners = sa.select(Partnership.project_id).where(
        Partnership.organisation_id.in_(own), sa.or_(Partnership.until.is_(None), Partnership.until >= today)
    )
    return frozenset(db.session.scalars(sa.union(declared, carried, partners)))
