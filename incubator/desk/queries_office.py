"""What waits for the coordinator in the whole programme."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts import ProjectFact, RoundFact, SignatureFact, WorkshopFact
from incubator.desk.queries_project import project_columns, project_fact
from incubator.desk.waiting import Rows, waits
from incubator.dialogue.models import Workshop, WorkshopState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.programme.models import Round, RoundChange, RoundState
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Part, Participation, Project, SecondSignature
from incubator.projects.models_proposal import CheckMark, CheckResult

WATCHED = (Status.SUBMITTED, Status.MENTORING, Status.BUDGET_APPROVED, Status.AWARDED, Status.ACTIVE,
           Status.SUSPENDED, Status.REPORT_SUBMITTED, Status.RECOVERY)

REPORTED = (Action.ACCEPT_REPORT, Action.ACCEPT_WITH_RECOVERY)
MANY = 20
MOST_PROJECTS = 20


def _waiting(status: Status) -> sa.Select[int]:
    """Select those of a status in which something may wait for the office, the oldest first, not all at once.

    A running project waits for it only where nobody accompanies it; an award, once it is final.
    """
    living = sa.select(Round.id).where(Round.id == Project.round_id, Round.state != RoundState.ARCHIVED).exists()
    found = sa.select(Project.id).where(Project.status == status, living)
    if status is Status.ACTIVE:
        found = found.where(~sa.exists().where(
            Participation.project_id == Project.id, Participation.kind == Part.MENTOR, Participation.until.is_(None)))
    if status is Status.AWARDED:
        found = found.where(Project.award_final_on <= clock.today())
    return found.order_by(Project.id).limit(MOST_PROJECTS)


def office_projects() -> tuple[ProjectFact, ...]:
    mentors = (
        sa.select(sa.func.count(Participation.id))
        .where(
            Participation.project_id == Project.id, Participation.kind == Part.MENTOR, Participation.until.is_(None)
        )
        .scalar_subquery()
    )
    missing = sa.select(sa.func.count(CheckMark.id)).where(
        CheckMark.project_id == Project.id, CheckMark.result == CheckResult.MISSING).scalar_subquery()
    rows = db.session.execute(
        project_columns(
            mentors.label("mentors"),
            _assigned(AssignmentState.PROPOSED).label("asked"),
            _assigned(AssignmentState.ACCEPTED).label("accepted"),
            _assigned(AssignmentState.DECLINED).label("declined"),
            missing.label("missing_points"),
        )
        .where(Project.id.in_(sa.union_all(*(sa.select(_waiting(each).subquery().c.id) for each in WATCHED))))
        .order_by(Project.id)
    )
    return tuple(
        project_fact(row, mentors=row.mentors, asked=row.asked, accepted=row.accepted, declined=row.declined,
                     missing_points=row.missing_points)
        for row in rows
    )


def _assigned(state: AssignmentState) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Assignment.id))
        .where(Assignment.project_id == Project.id, Assignment.state == state)
        .scalar_subquery()
    )


def asked_signatures() -> sa.Select[*tuple[Any, ...]]:
    """Ask for what was signed once and waits for a second person: revocations and final reports."""
    return waits(
        "signature", id=SecondSignature.id, project_id=SecondSignature.project_id, title=Project.title,
        language=Project.language, state=SecondSignature.action, person_id=SecondSignature.proposed_by_id,
    ).join(Project, Project.id == SecondSignature.project_id).where(
        SecondSignature.agreed_at.is_(None), SecondSignature.dropped_at.is_(None),
        SecondSignature.action.in_((Action.REVOKE, *REPORTED)))


def signatures(found: Rows, person_id: int) -> tuple[SignatureFact, ...]:
    """Return the revocations somebody else proposed that still need a second person."""
    return tuple(SignatureFact(row.project_id, row.title, row.language) for row in found["signature"]
                 if row.state == Action.REVOKE and row.person_id != person_id)


def report_signers(found: Rows) -> dict[int, int]:
    """Return {project id: person} where a final report was signed once and waits for a second person."""
    return {row.project_id: row.person_id for row in found["signature"] if row.state in REPORTED}


def asked_workshops(tonight: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Ask for the workshops of today, and those that are over and about which nobody has written; the oldest first."""
    return waits(
        "workshop", id=Workshop.id, title=Workshop.title, language=Workshop.language, at=Workshop.ends_at,
    ).where(
        Workshop.state == WorkshopState.PLANNED, Workshop.starts_at <= tonight,
    ).order_by(Workshop.ends_at, Workshop.id).limit(MANY)


def workshops_without_words(found: Rows) -> tuple[WorkshopFact, ...]:
    now = clock.now()
    rows = sorted(found["workshop"], key=lambda row: (row.at, row.id))
    return tuple(WorkshopFact(row.id, row.title, row.language, row.at < now) for row in rows)


def asked_round_changes(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    return waits("round change", id=RoundChange.id, title=Round.name).join(
        Round, Round.id == RoundChange.round_id,
    ).where(
        RoundChange.agreed_at.is_(None), RoundChange.dropped_at.is_(None), RoundChange.proposed_by_id != person_id)


def round_changes(found: Rows) -> tuple[RoundFact, ...]:
    return tuple(RoundFact(row.id, row.title) for row in found["round change"])
