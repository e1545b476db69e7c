"""Projects, who takes part in them, and what waits for whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.journal.rules import mark
from incubator.organisations import queries as organisations
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import (
    ConflictDeclaration,
    Part,
    Participation,
    Project,
    SecondSignature,
    StepReason,
    TeamInvitation,
)

FORGOTTEN = "project.forgotten"
WHOLE = (
    joinedload(Project.round), joinedload(Project.theme), joinedload(Project.district), joinedload(Project.carrier),
    selectinload(Project.participations),
)


def project(project_id: int) -> Project:
    """Return a project with its round, carrier, theme, district and people."""
    return db.session.get_one(Project, project_id, options=WHOLE)


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Project.id).where(Project.slug == slug)) is not None


def participation(participation_id: int) -> Participation:
    return db.session.get_one(Participation, participation_id)


def invitation(invitation_id: int) -> TeamInvitation:
    return db.session.get_one(TeamInvitation, invitation_id)


def invitations(project_id: int) -> Sequence[TeamInvitation]:
    return db.session.scalars(
        sa.select(TeamInvitation).where(TeamInvitation.project_id == project_id).order_by(TeamInvitation.id)
    ).all()


def invitations_to(mail: str) -> Sequence[TeamInvitation]:
    return db.session.scalars(
        sa.select(TeamInvitation).where(TeamInvitation.mail == mail.strip().lower()).order_by(TeamInvitation.id)
    ).all()


def signature(signature_id: int) -> SecondSignature:
    return db.session.get_one(SecondSignature, signature_id)


def _open_signatures(project_id: int) -> sa.Select[Any]:
    return (
        sa.select(SecondSignature)
        .options(joinedload(SecondSignature.proposed_by))
        .where(SecondSignature.project_id == project_id, SecondSignature.agreed_at.is_(None),
               SecondSignature.dropped_at.is_(None))
    )


def open_signature(project_id: int, action: Action) -> SecondSignature | None:
    """Return the step that one person has proposed and a second one must still agree to."""
    return db.session.scalar(_open_signatures(project_id).where(SecondSignature.action == action.value))


def open_signatures(project_id: int) -> Sequence[SecondSignature]:
    return db.session.scalars(_open_signatures(project_id).order_by(SecondSignature.id)).all()


def open_report_signature(project_id: int) -> SecondSignature | None:
    """Return the acceptance of the final report, with or without money back, that waits for a second person."""
    both = (Action.ACCEPT_REPORT.value, Action.ACCEPT_WITH_RECOVERY.value)
    return db.session.scalar(_open_signatures(project_id).where(SecondSignature.action.in_(both)).limit(1))


def last_reason(project_id: int, action: Action) -> StepReason | None:
    """Return what was written when a step was taken last, such as the final report."""
    rows = db.session.scalars(
        sa.select(StepReason).join(Entry, Entry.id == StepReason.entry_id)
        .where(StepReason.project_id == project_id, Entry.project_id == project_id, Entry.action == "project.moved")
        .options(contains_eager(StepReason.entry)).order_by(StepReason.id.desc())
    )
    return next((row for row in rows if row.entry.data.get("action") == action.value), None)


def reasons(project_id: int) -> dict[int, StepReason]:
    """Return the reasons given for a project's steps, by the number of their journal entry."""
    rows = db.session.scalars(sa.select(StepReason).where(StepReason.project_id == project_id))
    return {row.entry_id: row for row in rows}


def reason_of(entry_id: int) -> StepReason | None:
    return db.session.scalar(sa.select(StepReason).where(StepReason.entry_id == entry_id))


def numbers_by_status(round_id: int) -> dict[Status, int]:
    """Count the projects of a round by where they stand."""
    return dict(db.session.execute(
        sa.select(Project.status, sa.func.count()).where(Project.round_id == round_id).group_by(Project.status)).all())


def altered_reasons() -> Iterator[tuple[int, int]]:
    """Find reasons that are not what was given: changed, removed or put in later; (project, journal entry) of each.

    Reasons of a project that was forgotten, as the journal says itself, are gone rightly.
    """
    forgotten = sa.select(Entry.subject_id).where(Entry.action == FORGOTTEN)
    rows = db.session.execute(
        sa.select(Entry.id, sa.func.coalesce(Entry.project_id, StepReason.project_id).label("project_id"), Entry.data,
                  StepReason.salt, StepReason.text)
        .outerjoin(StepReason, StepReason.entry_id == Entry.id)
        .where(
            sa.or_(Entry.data["reason_mark"].as_string().is_not(None), StepReason.id.is_not(None)),
            sa.or_(Entry.project_id.is_(None), Entry.project_id.not_in(forgotten), StepReason.id.is_not(None)),
        )
        .order_by(Entry.id).execution_options(yield_per=1000)
    )
    for row in rows:
        given = None if row.text is None else mark(row.salt, row.text)
        if given != row.data.get("reason_mark"):
            yield row.project_id, row.id


def names_of(seals: Iterable[str]) -> dict[str, str]:
    """Return the names of people by what the journal knows of them; who was erased is not among them."""
    rows = db.session.execute(
        sa.select(Person.seal, Person.given_name, Person.family_name).where(Person.seal.in_(set(seals)))
    )
    return {row.seal: f"{row.given_name} {row.family_name}".strip() for row in rows}


def due_to_lapse(today: date) -> Sequence[int]:
    """Return the numbers of returned proposals whose last day is over."""
    return db.session.scalars(
        sa.select(Project.id).where(Project.status == Status.RETURNED, Project.return_due_on < today)
    ).all()


def due_to_start(today: date) -> Sequence[int]:
    """Return the numbers of awarded projects whose award is final."""
    return db.session.scalars(
        sa.select(Project.id).where(Project.status == Status.AWARDED, Project.award_final_on <= today)
    ).all()


def with_conflict(project_id: int) -> set[int]:
    """Return who has ever declared a conflict of interest about a project: it excludes for good (C1)."""
    return {person for _project, person in conflicts_in([project_id])}


def conflicts_in(project_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Return the same for several projects at once, as pairs of project and person."""
    rows = sa.select(ConflictDeclaration.project_id, ConflictDeclaration.person_id).where(
        ConflictDeclaration.project_id.in_(list(project_ids)), ConflictDeclaration.has_conflict)
    return {(project_id, person_id) for project_id, person_id in db.session.execute(rows)}


def tie_to_carrier(project: Project, person_id: int, today: date) -> str | None:
    """Return the carrier's name where somebody's ties to it keep them from deciding (C1)."""
    is_tied = project.carrier_id in organisations.excluding_organisations(person_id, today)
    return project.carrier.name if project.carrier is not None and is_tied else None


def place(project_id: int, person_id: int, kind: Part) -> Participation | None:
    """Return somebody's present part of one kind."""
    return db.session.scalar(
        sa.select(Participation).where(
            Participation.project_id == project_id, Participation.person_id == person_id, Participation.kind == kind,
            Participation.until.is_(None),
        )
    )
