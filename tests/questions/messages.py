"""Messages to projects in every state, for tests."""

from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.questions.models import HelpKind, Message, MessageKind, MessageState
from incubator.questions.models_barriers import BarrierReport
from tests.questions.barriers import barrier

MAIL = "neighbour@example.org"


def message(project: Any, state: str = "waiting", *, by: Any = None, public: bool = False, **fields: Any) -> Message:
    """A question as it stands in a state; with `help_kind` it is an offer."""
    known: dict[str, Any] = {
        "project_id": project.id, "kind": MessageKind.OFFER if "help_kind" in fields else MessageKind.QUESTION,
        "state": MessageState(state), "language": "de", "text": "Wann wird gekocht?", "name": "Nina Nachbar",
        "mail": MAIL, "written_at": clock.now(), "is_public": public,
    }
    if state != "waiting":
        known |= {"moderated_at": clock.now(), "moderated_by_id": by.id if by else None}
        known |= {"moderation_note": "insult"} if state == "kept_back" else {"public_text": "Wann wird gekocht?"}
    if state in ("answered", "closed"):
        known |= {"answered_at": clock.now()}
    if state == "answered":
        known |= {"answer": "Jeden Freitag um fünf.", "answer_language": "de"}
    made = Message(**(known | fields))
    with transaction():
        db.session.add(made)
    return made


def offer(project: Any, state: str = "waiting", **fields: Any) -> Message:
    return message(project, state, **({"help_kind": HelpKind.HOURS, "quantity": "zwei Stunden",
                                       "text": "Ich kann gut schälen."} | fields))


def one_of_each(project: Any) -> dict[str, Message | BarrierReport]:
    return {
        "waiting": message(project), "question": message(project, "passed"), "offer": offer(project, "passed"),
        "public": message(project, "answered", public=True), "barrier": barrier(),
    }
