"""Forget a project that never got money, or the papers of one whose time is over.

The row of a project stays, empty: its number stands in the journal and must never mean another project.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.documents.models import Document
from incubator.foundation.database import db, hold
from incubator.journal import record
from incubator.media.models import Paper, Photo
from incubator.mentoring.models import Session
from incubator.payments.models_receipts import Receipt
from incubator.payments.models_requests import FundsRequest
from incubator.privacy.cascade import forget_words, let_go, remove
from incubator.projects.lifecycle import Status
from incubator.projects.models import Participation, Project
from incubator.projects.models_proposal import Attachment
from incubator.projects.queries import FORGOTTEN
from incubator.questions.models import Message

NAMELESS = "–"
WORDS = ("summary", "need", "activities", "audience", "outcome", "group_name")
REASONS = ("return_reason", "end_reason")
POINTERS = ("theme_id", "district_id", "idea_id", "carrier_id", "asked_cents")
PAPERS = "project.papers_forgotten"


def empty(project: Project, by: Any) -> None:
    """Take away everything of a project that was never awarded: its people, words, papers and what was said of it."""
    hold(project)
    record(FORGOTTEN, by, project)
    table = Project.__table__
    here = table.c.id == project.id
    _remove_files(project.id)
    let_go(table, here)
    forget_words(table, here)
    blank: dict[str, Any] = dict.fromkeys(WORDS, "") | dict.fromkeys(POINTERS) | _blanked(table, REASONS)
    blank |= {"title": NAMELESS, "slug": f"forgotten-{project.id}"}
    if project.status is Status.DRAFT:
        blank["status"] = Status.WITHDRAWN
    db.session.execute(sa.update(table).where(here).values(blank))
    db.session.expire_all()


def _remove_files(project_id: int) -> None:
    for model in (Photo, Paper):
        remove(model.__table__, model.__table__.c.project_id == project_id)


def forget_papers(project: Project, by: Any) -> None:
    """After the years of the law: papers, notes and who took part go; sums and what the public knows stay."""
    hold(project)
    record(PAPERS, by, project)
    number = project.id
    for model in (Document, Attachment, Message, Participation):
        remove(model.__table__, model.__table__.c.project_id == number)
    remove(Paper.__table__, Paper.__table__.c.project_id == number)
    for model, columns in (
        (Receipt, ("payee", "reason", "note", "offers_note")), (FundsRequest, ("purpose",)),
        (Session, ("present", "shared_notes", "confidential_notes")),
    ):
        table = model.__table__
        db.session.execute(sa.update(table).where(table.c.project_id == number).values(_blanked(table, columns)))
    db.session.execute(sa.update(Photo).where(Photo.project_id == number).values(uploaded_by=None))
    db.session.expire_all()


def _blanked(table: sa.FromClause, names: Sequence[str]) -> dict[str, Any]:
    """Put a dash where something stands: some of it must not be empty."""
    return {name: sa.case((table.c[name] == "", ""), else_=NAMELESS) for name in names}
