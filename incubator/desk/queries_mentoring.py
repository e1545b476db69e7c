"""A person's talks, agreements and steps, with three queries however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from incubator.desk.facts_mentoring import AgreementFact, MentoringFacts, StepFact, TalkFact
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.mentoring.models import AgreedStep, Assignment, Session, SessionKind
from incubator.mentoring.models_agreement import Agreement, AgreementSignature, PlannedTalk, TalkState
from incubator.mentoring.rules_talks import is_over
from incubator.projects.models import Project


def mentoring_facts(person_id: int, project_ids: Sequence[int], closed: frozenset[int]) -> MentoringFacts:
    return MentoringFacts(_talks(project_ids), _agreements(project_ids), _steps(person_id, project_ids), closed)


def talked(project_ids: Sequence[int]) -> tuple[dict[int, date], frozenset[int]]:
    """Return the day of each project's last talk, and which projects have had their closing talk."""
    rows = db.session.execute(
        sa.select(
            Session.project_id, sa.func.max(Session.held_on).label("last"),
            sa.func.max(sa.case((Session.kind == SessionKind.CLOSING, 1), else_=0)).label("closed"),
        )
        .where(Session.project_id.in_(project_ids)).group_by(Session.project_id)
    ).all()
    return {row.project_id: row.last for row in rows}, frozenset(row.project_id for row in rows if row.closed)


def _talks(project_ids: Sequence[int]) -> tuple[TalkFact, ...]:
    now = clock.now()
    rows = db.session.execute(
        sa.select(PlannedTalk.id, PlannedTalk.project_id, PlannedTalk.kind, PlannedTalk.starts_at, PlannedTalk.minutes,
                  Project.title, Project.language)
        .join(Project, Project.id == PlannedTalk.project_id)
        .where(PlannedTalk.project_id.in_(project_ids), PlannedTalk.state == TalkState.PLANNED)
        .order_by(PlannedTalk.starts_at, PlannedTalk.id)
    )
    return tuple(
        TalkFact(row.id, row.project_id, row.kind, row.starts_at, is_over(row.starts_at, row.minutes, now), row.title,
                 row.language)
        for row in rows
    )


def _agreements(project_ids: Sequence[int]) -> dict[int, AgreementFact]:
    rows = db.session.execute(
        sa.select(Agreement.id, Agreement.project_id, Assignment.person_id, AgreementSignature.role)
        .join(Assignment, Assignment.id == Agreement.assignment_id)
        .outerjoin(AgreementSignature, AgreementSignature.agreement_id == Agreement.id)
        .where(Agreement.project_id.in_(project_ids), Agreement.replaced_at.is_(None)).order_by(Agreement.id)
    )
    signed: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    for row in rows:
        signed[row.id, row.project_id, row.person_id] |= {row.role} if row.role else set()
    return {number: AgreementFact(number, project_id, mentor_id, frozenset(roles))
            for (number, project_id, mentor_id), roles in signed.items()}


def _steps(person_id: int, project_ids: Sequence[int]) -> tuple[StepFact, ...]:
    rows = db.session.execute(
        sa.select(AgreedStep.id, Session.project_id, AgreedStep.what, AgreedStep.due_on, Project.title,
                  Session.language)
        .join(Session, Session.id == AgreedStep.session_id)
        .join(Project, Project.id == Session.project_id)
        .where(AgreedStep.owner_id == person_id, AgreedStep.done_on.is_(None), Session.project_id.in_(project_ids))
        .order_by(AgreedStep.due_on.is_(None), AgreedStep.due_on, AgreedStep.id)
    )
    return tuple(StepFact(*row) for row in rows)
