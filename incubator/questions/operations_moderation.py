"""The office reads first: it passes on what is about the project, and keeps back what hurts or does not belong."""

from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.journal import record
from incubator.questions import rules
from incubator.questions.models import Message, MessageState
from incubator.questions.rules import KeepingBack


def pass_on(message: Message, by, *, public_text: str) -> None:
    """Let the team see a message in this wording; the original stays as it is and stays with the office."""
    hold(message)
    rules.demand_step(message, MessageState.PASSED)
    wording = rules.demand_text(public_text, "public_text")
    _decide(message, MessageState.PASSED, by, note="")
    message.public_text = wording
    record("message.passed", by, message, kind=message.kind, reworded=message.public_text != message.text)


def keep_back(message: Message, by, *, reason: KeepingBack) -> None:
    """Let nobody else ever see a message."""
    hold(message)
    rules.demand_step(message, MessageState.KEPT_BACK)
    _decide(message, MessageState.KEPT_BACK, by, note=KeepingBack(reason).value)
    record("message.kept_back", by, message, kind=message.kind, reason=reason)


def _decide(message: Message, to: MessageState, by, note: str) -> None:
    message.moderated_at, message.moderated_by_id = clock.now(), by.id
    message.state, message.moderation_note = to, note
