"""Documents, and what there could be documents about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.budgets.models import Award
from incubator.closing.models import FinalReport, ReportState
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.foundation.database import db
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.partners.models import Partnership
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.projects.models import Project

About = tuple[str, int]
ENDED = (RequestState.REFUSED, RequestState.WITHDRAWN)
SENT = (ReportState.SUBMITTED, ReportState.ACCEPTED)


def document(document_id: int) -> Document:
    return db.session.get_one(Document, document_id, options=[joinedload(Document.project)])


def of_project(project_id: int) -> Sequence[Document]:
    """Return a project's documents, those asked for last first, German before its translations."""
    return db.session.scalars(
        sa.select(Document).where(Document.project_id == project_id)
        .order_by(Document.asked_at.desc(), Document.kind, Document.language != "de", Document.id.desc())
    ).all()


def same(project_id: int, kind: DocumentKind, language: str, content_hash: str) -> Document | None:
    return db.session.scalar(
        sa.select(Document).where(
            Document.project_id == project_id, Document.kind == kind, Document.language == language,
            Document.content_hash == content_hash,
        )
    )


def subjects(project: Project) -> list[tuple[DocumentKind, About]]:
    """Return what there can be a document about today, in the order in which a project meets it."""
    asked: list[tuple[DocumentKind, str, sa.Select[Any]]] = [
        (DocumentKind.MENTORING_AGREEMENT, "assignment", sa.select(Assignment.id).where(
            Assignment.project_id == project.id, Assignment.state == AssignmentState.ACCEPTED)),
        (DocumentKind.AWARD_NOTICE, "award", sa.select(Award.id).where(Award.project_id == project.id)),
        (DocumentKind.FUNDS_REQUEST, "funds_request", sa.select(FundsRequest.id).where(
            FundsRequest.project_id == project.id, FundsRequest.state.not_in(ENDED)).order_by(FundsRequest.number)),
        (DocumentKind.FINAL_REPORT, "final_report", sa.select(FinalReport.id).where(
            FinalReport.project_id == project.id, FinalReport.state.in_(SENT))),
        (DocumentKind.CLOSING_NOTICE, "final_report", sa.select(FinalReport.id).where(
            FinalReport.project_id == project.id, FinalReport.state == ReportState.ACCEPTED)),
        (DocumentKind.COOPERATION_AGREEMENT, "partnership", sa.select(Partnership.id).where(
            Partnership.project_id == project.id, Partnership.until.is_(None)).order_by(Partnership.id)),
    ]
    return [(kind, (about, number)) for kind, about, rows in asked for number in db.session.scalars(rows).all()]


def due(now: datetime, number: int | None, limit: int) -> sa.Select[Any]:
    """Return the question for documents that wait to be made."""
    waiting = sa.select(Document).where(Document.state == DocumentState.WAITING, Document.due_at <= now)
    if number is not None:
        waiting = waiting.where(Document.id == number)
    return waiting.order_by(Document.id).limit(limit)


def known_keys(keys: Iterable[str]) -> set[str]:
    return {key for key in db.session.scalars(sa.select(Document.key).where(Document.key.in_(list(keys)))) if key}


def request_numbers(project_id: int) -> dict[int, int]:
    """Return the numbers that a project's requests for money carry, by row."""
    rows = sa.select(FundsRequest.id, FundsRequest.number).where(FundsRequest.project_id == project_id)
    return {row.id: row.number for row in db.session.execute(rows)}
