"""Papers that go with a proposal."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation.database import db
from incubator.projects.models import Project
from incubator.projects.models_proposal import Attachment


def attachment(attachment_id: int) -> Attachment | None:
    """Return a paper that was not taken away."""
    return db.session.scalar(
        sa.select(Attachment).options(joinedload(Attachment.paper))
        .where(Attachment.id == attachment_id, Attachment.removed_at.is_(None))
    )


def attachments(project: Project) -> Sequence[Attachment]:
    return db.session.scalars(
        sa.select(Attachment).options(joinedload(Attachment.paper))
        .where(Attachment.project_id == project.id, Attachment.removed_at.is_(None)).order_by(Attachment.id)
    ).all()


def number_of(project: Project) -> int:
    return db.session.scalar(
        sa.select(sa.func.count(Attachment.id))
        .where(Attachment.project_id == project.id, Attachment.removed_at.is_(None))
    ) or 0
