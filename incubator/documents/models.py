"""Official documents: what was asked for, and the file that was made of it."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.projects.models import Project


class DocumentKind(enum.StrEnum):
    MENTORING_AGREEMENT = "mentoring_agreement"
    AWARD_NOTICE = "award_notice"
    FUNDS_REQUEST = "funds_request"
    FINAL_REPORT = "final_report"
    CLOSING_NOTICE = "closing_notice"
    COOPERATION_AGREEMENT = "cooperation_agreement"

    @property
    def label(self) -> str:
        return DOCUMENT_LABELS[self]


DOCUMENT_LABELS = {
    DocumentKind.MENTORING_AGREEMENT: _l("Mentoring agreement (Mentoringvereinbarung)"),
    DocumentKind.AWARD_NOTICE: _l("Award notice (Bewilligungsbescheid)"),
    DocumentKind.FUNDS_REQUEST: _l("Request for money (Mittelabruf)"),
    DocumentKind.FINAL_REPORT: _l("Final report with list of receipts (Verwendungsnachweis)"),
    DocumentKind.CLOSING_NOTICE: _l("Closing notice (Schlussbescheid)"),
    DocumentKind.COOPERATION_AGREEMENT: _l("Cooperation agreement (Kooperationsvereinbarung)"),
}


class DocumentState(enum.StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return DOCUMENT_STATE_LABELS[self]


DOCUMENT_STATE_LABELS = {
    DocumentState.WAITING: _l("being made…"),
    DocumentState.READY: _l("Ready"),
    DocumentState.FAILED: _l("could not be made"),
}


class Document(db.Model):
    """One PDF in one language about one thing, such as the award.

    `content` is what it is made from, frozen when it was asked for, and is forgotten once the file lies in the store;
    `content_hash` stays, so that the same content never makes a second file.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), index=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_of(DocumentKind))
    about_type: Mapped[str | None] = mapped_column(sa.String(40))
    about_id: Mapped[int | None]
    language: Mapped[str] = mapped_column(sa.String(20))
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[DocumentState] = mapped_column(enum_of(DocumentState), default=DocumentState.WAITING)
    key: Mapped[str | None] = mapped_column(sa.String(32), unique=True)
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    size_bytes: Mapped[int | None]
    pages: Mapped[int | None]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    made_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(sa.String(40), default="")

    project: Mapped[Project] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("project_id", "kind", "language", "content_hash"),
        sa.CheckConstraint(
            "state <> 'ready' OR (key IS NOT NULL AND sha256 IS NOT NULL AND size_bytes IS NOT NULL"
            " AND pages IS NOT NULL AND made_at IS NOT NULL)", name="ready_has_file"),
        sa.CheckConstraint("(about_type IS NULL) = (about_id IS NULL)", name="about_is_whole"),
        sa.Index("ix_document_due", "state", "due_at"),
    )

    @property
    def is_binding(self) -> bool:
        """Only the German version decides anything (§ 23 VwVfG); every other one is a courtesy."""
        return self.language == "de"
