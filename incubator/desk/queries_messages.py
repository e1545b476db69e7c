"""How many messages wait: to be read by the office, to be answered by a team; and what is due within a month."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts import BarrierFact, MessageFact
from incubator.desk.facts_rights import ErasureFact
from incubator.desk.waiting import Rows, waits
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.questions.models import Message, MessageState
from incubator.questions.models_barriers import BarrierReport


def asked(
    person_id: int, ids: Sequence[int], *, is_coordinator: bool, is_office: bool
) -> Iterator[sa.Select[*tuple[Any, ...]]]:
    """Ask how many were passed on to each project, and for the coordinator how many wait to be read; how many
    barriers wait for an answer, and how many others ask to be forgotten."""
    messages = waits(
        "message", project_id=Message.project_id, state=Message.state, number=sa.func.count(Message.id),
    ).group_by(Message.project_id, Message.state)
    yield messages.where(Message.state == MessageState.PASSED, Message.project_id.in_(ids))
    if is_coordinator:
        yield messages.where(Message.state == MessageState.WAITING)
    if is_office:
        yield waits(
            "barrier", number=sa.func.count(BarrierReport.id), day=sa.func.min(BarrierReport.due_on),
        ).where(BarrierReport.answered_at.is_(None))
        yield waits(
            "erasure", number=sa.func.count(ErasureRequest.id), day=sa.func.min(ErasureRequest.due_on),
        ).where(ErasureRequest.state == ErasureState.ASKED, ErasureRequest.person_id != person_id)


def messages(found: Rows) -> tuple[MessageFact, ...]:
    rows = sorted(found["message"], key=lambda row: row.project_id)
    return tuple(MessageFact(row.project_id, row.state == MessageState.WAITING, row.number) for row in rows)


def barriers(found: Rows) -> BarrierFact | None:
    return next((BarrierFact(row.number, row.day) for row in found["barrier"] if row.number), None)


def erasures(found: Rows) -> ErasureFact | None:
    return next((ErasureFact(row.number, row.day) for row in found["erasure"] if row.number), None)
