"""Reported barriers, as the office reads them."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.questions.models_barriers import BarrierReport

LATELY = 50


def barrier(barrier_id: int) -> BarrierReport:
    return db.session.get_one(BarrierReport, barrier_id)


def waiting() -> Sequence[BarrierReport]:
    """Return what has to be answered, what is due first at the top."""
    return db.session.scalars(
        sa.select(BarrierReport).where(BarrierReport.answered_at.is_(None))
        .order_by(BarrierReport.due_on, BarrierReport.id)).all()


def answered() -> Sequence[BarrierReport]:
    """Return what was answered lately, the newest first."""
    return db.session.scalars(
        sa.select(BarrierReport).where(BarrierReport.answered_at.is_not(None))
        .order_by(BarrierReport.answered_at.desc(), BarrierReport.id.desc()).limit(LATELY)).all()


def office() -> list[Person]:
    """Return everybody who answers for barriers, each once."""
    people = [*people_with_role(Role.COORDINATOR), *people_with_role(Role.ADMINISTRATOR)]
    return list({each.id: each for each in people}.values())
