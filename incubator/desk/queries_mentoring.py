"""A person's talks, agreements and steps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts_mentoring import AgreementFact, MentoringFacts, StepFact, TalkFact
from incubator.desk.waiting import Rows, waits
from incubator.foundation import clock
from incubator.mentoring.models import AgreedStep, Assignment, Session, SessionKind
from incubator.mentoring.models_agreement import Agreement, AgreementSignature, PlannedTalk, TalkState
from incubator.mentoring.rules_talks import is_over
from incubator.projects.models import Project


def asked(person_id: int, ids: Sequence[int]) -> Iterator[sa.Select[*tuple[Any, ...]]]:
    """Ask also for the day of each project's last talk, and which projects have had their closing talk."""
    closing = sa.func.max(sa.case((Session.kind == SessionKind.CLOSING, 1), else_=0))
    yield waits(
        "talked", project_id=Session.project_id, day=sa.func.max(Session.held_on), number=closing,
    ).where(Session.project_id.in_(ids)).group_by(Session.project_id)
    yield waits(
        "talk", id=PlannedTalk.id, project_id=PlannedTalk.project_id, state=PlannedTalk.kind, at=PlannedTalk.starts_at,
        number=PlannedTalk.minutes, title=Project.title, language=Project.language,
    ).join(Project, Project.id == PlannedTalk.project_id).where(
        PlannedTalk.project_id.in_(ids), PlannedTalk.state == TalkState.PLANNED)
    yield waits(
        "agreement", id=Agreement.id, project_id=Agreement.project_id, person_id=Assignment.person_id,
        name=AgreementSignature.role,
    ).join(Assignment, Assignment.id == Agreement.assignment_id).outerjoin(
        AgreementSignature, AgreementSignature.agreement_id == Agreement.id,
    ).where(Agreement.project_id.in_(ids), Agreement.replaced_at.is_(None))
    yield waits(
        "step", id=AgreedStep.id, project_id=Session.project_id, title=AgreedStep.what, day=AgreedStep.due_on,
        project_title=Project.title, language=Session.language,
    ).join(Session, Session.id == AgreedStep.session_id).join(Project, Project.id == Session.project_id).where(
        AgreedStep.owner_id == person_id, AgreedStep.done_on.is_(None), Session.project_id.in_(ids))


def mentoring_facts(found: Rows) -> MentoringFacts:
    closed = frozenset(row.project_id for row in found["talked"] if row.number)
    return MentoringFacts(_talks(found), _agreements(found), _steps(found), closed)


def last_talks(found: Rows) -> dict[int, date]:
    return {row.project_id: row.day for row in found["talked"]}


def _talks(found: Rows) -> tuple[TalkFact, ...]:
    now = clock.now()
    return tuple(
        TalkFact(row.id, row.project_id, SessionKind(row.state), row.at, is_over(row.at, row.number, now), row.title,
                 row.language)
        for row in sorted(found["talk"], key=lambda row: (row.at, row.id))
    )


def _agreements(found: Rows) -> dict[int, AgreementFact]:
    signed: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    for row in found["agreement"]:
        signed[row.id, row.project_id, row.person_id] |= {row.name} if row.name else set()
    return {number: AgreementFact(number, project_id, mentor_id, frozenset(roles))
            for (number, project_id, mentor_id), roles in signed.items()}


def _steps(found: Rows) -> tuple[StepFact, ...]:
    rows = sorted(found["step"], key=lambda row: (row.day or date.max, row.id))
    return tuple(StepFact(row.id, row.project_id, row.title, row.day, row.project_title, row.language) for row in rows)
