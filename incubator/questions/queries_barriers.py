"""Reported barriers, as the office reads them."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.foundation.paging import Page, page_of
from incubator.questions.models_barriers import BarrierReport

LATELY = ON_PAGE = 50
UNANSWERED = BarrierReport.answered_at.is_(None)


def barrier(barrier_id: int) -> BarrierReport:
    return db.session.get_one(BarrierReport, barrier_id)


def waiting() -> Sequence[BarrierReport]:
    """Return what has to be answered, what is due first at the top."""
    return db.session.scalars(_waiting()).all()


def waiting_page(after: int = 0) -> Page:
    """Return the same page by page."""
    due = sa.select(BarrierReport.due_on).where(BarrierReport.id == after).scalar_subquery()
    chosen = _waiting()
    if after:
        chosen = chosen.where(sa.or_(
            BarrierReport.due_on > due, sa.and_(BarrierReport.due_on == due, BarrierReport.id > after)))
    return page_of(db.session.scalars(chosen.limit(ON_PAGE + 1)).all(), ON_PAGE)


def _waiting() -> sa.Select[BarrierReport]:
    return sa.select(BarrierReport).where(UNANSWERED).order_by(BarrierReport.due_on, BarrierReport.id)


def number_waiting() -> int:
    return db.session.scalar(sa.select(sa.func.count(BarrierReport.id)).where(UNANSWERED)) or 0


def answered() -> Sequence[BarrierReport]:
    """Return what was answered lately, the newest first."""
    return db.session.scalars(
        sa.select(BarrierReport).where(BarrierReport.answered_at.is_not(None))
        .order_by(BarrierReport.answered_at.desc(), BarrierReport.id.desc()).limit(LATELY)).all()


def office() -> list[Person]:
    """Return everybody who answers for barriers, each once."""
    people = [*people_with_role(Role.COORDINATOR), *people_with_role(Role.ADMINISTRATOR)]
    return list({each.id: each for each in people}.values())
