"""What waits for the coordinator in the whole programme."""

import sqlalchemy as sa

from incubator.desk.facts import ProjectFact, RoundFact, SignatureFact, WorkshopFact
from incubator.desk.queries_project import project_columns, project_fact
from incubator.dialogue.models import Workshop, WorkshopState
from incubator.dialogue.rules_signup import end_of
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.programme.models import Round, RoundChange, RoundState
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Part, Participation, Project, SecondSignature
from incubator.projects.models_proposal import CheckMark, CheckResult

WATCHED = (Status.SUBMITTED, Status.MENTORING, Status.BUDGET_APPROVED, Status.AWARDED, Status.ACTIVE,
           Status.SUSPENDED, Status.REPORT_SUBMITTED, Status.RECOVERY)

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


def signatures(person_id: int) -> tuple[SignatureFact, ...]:
    """Return the revocations somebody else proposed that still need a second person."""
    rows = db.session.execute(
        sa.select(SecondSignature.project_id, Project.title, Project.language)
        .join(Project, Project.id == SecondSignature.project_id)
        .where(
            SecondSignature.agreed_at.is_(None), SecondSignature.dropped_at.is_(None),
            SecondSignature.proposed_by_id != person_id, SecondSignature.action == Action.REVOKE,
        )
        .order_by(SecondSignature.id)
    )
    return tuple(SignatureFact(row.project_id, row.title, row.language) for row in rows)


def report_signers() -> dict[int, int]:
    """Return {project id: person} where a final report was signed once and waits for a second person."""
    rows = db.session.execute(
        sa.select(SecondSignature.project_id, SecondSignature.proposed_by_id).where(
            SecondSignature.agreed_at.is_(None), SecondSignature.dropped_at.is_(None),
            SecondSignature.action.in_((Action.ACCEPT_REPORT, Action.ACCEPT_WITH_RECOVERY)),
        )
    )
    return {row.project_id: row.proposed_by_id for row in rows}


def workshops_without_words() -> tuple[WorkshopFact, ...]:
    """Return the workshops of today, and those that are over and about which nobody has written; the oldest first."""
    now = clock.now()
    rows = db.session.execute(
        sa.select(Workshop.id, Workshop.title, Workshop.language, Workshop.ends_at)
        .where(Workshop.state == WorkshopState.PLANNED, Workshop.starts_at <= end_of(clock.today()))
        .order_by(Workshop.ends_at, Workshop.id).limit(MANY)
    )
    return tuple(WorkshopFact(row.id, row.title, row.language, row.ends_at < now) for row in rows)


def round_changes(person_id: int) -> tuple[RoundFact, ...]:
    rows = db.session.execute(
        sa.select(RoundChange.id, Round.name)
        .join(Round, Round.id == RoundChange.round_id)
        .where(
            RoundChange.agreed_at.is_(None), RoundChange.dropped_at.is_(None),
            RoundChange.proposed_by_id != person_id,
        )
        .order_by(RoundChange.id)
    )
    return tuple(RoundFact(row.id, row.name) for row in rows)
