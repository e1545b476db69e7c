"""How many messages wait: to be read by the office, to be answered by a team."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.desk.facts import BarrierFact, MessageFact
from incubator.desk.facts_rights import ErasureFact
from incubator.foundation.database import db
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.questions.models import Message, MessageState
from incubator.questions.models_barriers import BarrierReport


def messages(project_ids: Sequence[int], *, is_coordinator: bool) -> tuple[MessageFact, ...]:
    """Return for each project how many were passed on to it, and for the coordinator how many wait to be read."""
    wanted = sa.and_(Message.state == MessageState.PASSED, Message.project_id.in_(project_ids))
    if is_coordinator:
        wanted = sa.or_(wanted, Message.state == MessageState.WAITING)
    rows = db.session.execute(
        sa.select(Message.project_id, Message.state, sa.func.count(Message.id).label("number"))
        .where(wanted).group_by(Message.project_id, Message.state).order_by(Message.project_id)
    )
    return tuple(MessageFact(row.project_id, row.state is MessageState.WAITING, row.number) for row in rows)


def barriers() -> BarrierFact | None:
    """Return how many barriers wait for an answer; None if there are none."""
    row = db.session.execute(
        sa.select(sa.func.count(BarrierReport.id).label("number"), sa.func.min(BarrierReport.due_on).label("due_on"))
        .where(BarrierReport.answered_at.is_(None))).one()
    return BarrierFact(row.number, row.due_on) if row.number else None


def erasures(person_id: int) -> ErasureFact | None:
    """Return how many others ask to be forgotten; None if there are none."""
    row = db.session.execute(
        sa.select(sa.func.count(ErasureRequest.id).label("number"), sa.func.min(ErasureRequest.due_on).label("due_on"))
        .where(ErasureRequest.state == ErasureState.ASKED, ErasureRequest.person_id != person_id)).one()
    return ErasureFact(row.number, row.due_on) if row.number else None
