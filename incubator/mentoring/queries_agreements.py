"""Agreements of a project, those in force and those before."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.foundation.database import db
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.mentoring.models_agreement import Agreement


def agreement(agreement_id: int) -> Agreement:
    return db.session.get_one(Agreement, agreement_id, options=[
        joinedload(Agreement.project), joinedload(Agreement.assignment), selectinload(Agreement.signatures)])


def agreements(project_id: int) -> Sequence[Agreement]:
    """Return all versions, the newest first."""
    return db.session.scalars(
        sa.select(Agreement)
        .options(joinedload(Agreement.assignment).joinedload(Assignment.person), selectinload(Agreement.signatures))
        .where(Agreement.project_id == project_id).order_by(Agreement.number.desc())
    ).all()


def in_force(assignment_id: int) -> Agreement | None:
    return db.session.scalar(
        sa.select(Agreement).options(selectinload(Agreement.signatures))
        .where(Agreement.assignment_id == assignment_id, Agreement.replaced_at.is_(None))
        .order_by(Agreement.number.desc()).limit(1)
    )


def newest(assignment_id: int) -> Agreement | None:
    return db.session.scalar(
        sa.select(Agreement).options(selectinload(Agreement.signatures))
        .where(Agreement.assignment_id == assignment_id).order_by(Agreement.number.desc()).limit(1)
    )


def last_number(project_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.max(Agreement.number)).where(Agreement.project_id == project_id)) or 0


def accepted(project_id: int, person_id: int) -> Assignment | None:
    """Return the assignment by which somebody accompanies a project."""
    return db.session.scalar(sa.select(Assignment).where(
        Assignment.project_id == project_id, Assignment.person_id == person_id,
        Assignment.state == AssignmentState.ACCEPTED))
