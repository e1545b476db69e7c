"""Requests for money, the instalments they fill, and what stands in their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.payments import queries, rules
from incubator.payments.models_requests import (
    OPEN_REQUESTS,
    BankAccount,
    FundsRequest,
    PaymentOrder,
    RequestState,
)
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

LATELY = 20
WITH_PEOPLE = (
    joinedload(FundsRequest.project).joinedload(Project.carrier), joinedload(FundsRequest.project, Project.round),
    selectinload(FundsRequest.project, Project.participations),
)


def project(project_id: int) -> Project | None:
    """Return a project whose round pays out here; elsewhere these pages do not exist."""
    found = projects.project(project_id)
    return found if found.round.pays_out else None


def with_money(project_id: int) -> Project | None:
    """Return a project whose round pays out or collects receipts here."""
    found = projects.project(project_id)
    return found if found.round.pays_out or found.round.asks_receipts else None


def request_(request_id: int) -> FundsRequest:
    return db.session.get_one(FundsRequest, request_id, options=[*WITH_PEOPLE, joinedload(FundsRequest.order)])


def requests(project_id: int) -> Sequence[FundsRequest]:
    """Return what a project has asked for, the newest first."""
    return db.session.scalars(
        sa.select(FundsRequest).where(FundsRequest.project_id == project_id).order_by(FundsRequest.number.desc())
    ).all()


def next_number(project_id: int) -> int:
    newest = sa.select(sa.func.max(FundsRequest.number)).where(FundsRequest.project_id == project_id)
    return (db.session.scalar(newest) or 0) + 1


def _with_people() -> sa.Select[Any]:
    return sa.select(FundsRequest).options(*WITH_PEOPLE)


def open_requests() -> Sequence[FundsRequest]:
    """Return what is asked for and not paid yet in all projects, what is needed soonest first."""
    return db.session.scalars(
        _with_people().where(FundsRequest.state.in_(OPEN_REQUESTS)).order_by(FundsRequest.needed_by, FundsRequest.id)
    ).all()


def open_of(project_id: int) -> Sequence[FundsRequest]:
    return db.session.scalars(
        sa.select(FundsRequest)
        .where(FundsRequest.project_id == project_id, FundsRequest.state.in_(OPEN_REQUESTS)).order_by(FundsRequest.id)
    ).all()


def paid_lately(limit: int = LATELY) -> Sequence[FundsRequest]:
    return db.session.scalars(
        _with_people().where(FundsRequest.state == RequestState.PAID)
        .order_by(FundsRequest.paid_on.desc(), FundsRequest.id.desc()).limit(limit)
    ).all()


def order_(order_id: int) -> PaymentOrder:
    return db.session.get_one(PaymentOrder, order_id)


def requests_in(order_id: int) -> Sequence[FundsRequest]:
    """Return what an order pays, in the order in which its file names them."""
    return db.session.scalars(_with_people().where(FundsRequest.order_id == order_id).order_by(FundsRequest.id)).all()


@dataclass(frozen=True)
class OrderLine:
    """One order, how many payments it has, and how many of them the bank still has to carry out."""

    order: PaymentOrder
    count: int
    waiting: int


def orders(limit: int = LATELY) -> list[OrderLine]:
    waits = sa.func.sum(sa.case((FundsRequest.state == RequestState.ORDERED, 1), else_=0))
    rows = db.session.execute(
        sa.select(PaymentOrder, sa.func.count(FundsRequest.id), waits)
        .join(FundsRequest, FundsRequest.order_id == PaymentOrder.id)
        .group_by(PaymentOrder.id).order_by(PaymentOrder.id.desc()).limit(limit)
    )
    return [OrderLine(order, count, int(waiting)) for order, count, waiting in rows]


def account_of(organisation_id: int | None) -> BankAccount | None:
    if organisation_id is None:
        return None
    return db.session.scalar(sa.select(BankAccount).where(BankAccount.organisation_id == organisation_id))


def accounts_of(organisation_ids: set[int]) -> dict[int, BankAccount]:
    found = db.session.scalars(sa.select(BankAccount).where(BankAccount.organisation_id.in_(organisation_ids)))
    return {account.organisation_id: account for account in found}


def is_on_its_way(organisation_id: int) -> bool:
    """Say whether an order that is not carried out completely names this organisation's account."""
    other = sa.orm.aliased(FundsRequest)
    unfinished = sa.exists().where(other.order_id == FundsRequest.order_id, other.state == RequestState.ORDERED)
    return db.session.scalar(
        sa.select(FundsRequest.id).join(Project, Project.id == FundsRequest.project_id)
        .where(Project.carrier_id == organisation_id, FundsRequest.order_id.is_not(None), unfinished).limit(1)
    ) is not None


def late_reports(project: Project, today: date) -> tuple[str, ...]:
    """Return the titles of this carrier's projects whose final report is overdue (R10)."""
    late = sa.select(Project.title).where(Project.status == Status.REPORTING, Project.report_due_on < today)
    same = Project.id == project.id
    if project.carrier_id is not None:
        same = sa.or_(same, Project.carrier_id == project.carrier_id)
    return tuple(db.session.scalars(late.where(same).order_by(Project.id)))


def situation(project: Project, today: date) -> rules.Situation:
    return rules.Situation(
        status=project.status, today=today, award_final_on=project.award_final_on, pays_out=project.round.pays_out,
        late_reports=late_reports(project, today),
    )


def blocks(project: Project, today: date) -> list[Any]:
    """Return the sentences that say why nothing can be asked for now (R10)."""
    return rules.blocks(situation(project, today))


def gates(project_id: int) -> Sequence[Milestone]:
    """Return the milestones that open instalments, in the order in which they are due."""
    return db.session.scalars(
        sa.select(Milestone)
        .where(Milestone.project_id == project_id, Milestone.is_gate, Milestone.status != MilestoneStatus.CANCELLED)
        .order_by(Milestone.due_on, Milestone.id)
    ).all()


def instalments(project: Project, balance: queries.Balance | None = None) -> list[rules.Instalment]:
    """Return the parts of the award and where each stands; none where nothing was awarded."""
    balance = balance or queries.balance(project.id)
    if balance.approved == 0:
        return []
    return rules.instalments(
        balance.approved, project.round.instalments_pct, gates(project.id), situation(project, clock.today()),
        committed=balance.committed, paid=balance.paid, requested=balance.requested,
    )
