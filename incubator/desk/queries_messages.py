"""How many messages wait: to be read by the office, to be answered by a team."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.desk.facts import MessageFact
from incubator.foundation.database import db
from incubator.questions.models import Message, MessageState


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
