"""The team answers: a question for everybody or by mail, an offer with thanks."""

from incubator.foundation import clock
from incubator.foundation.database import hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.partners import operations as partners
from incubator.partners import queries as partnerships
from incubator.partners.models import PartnerRole, Pledge
from incubator.questions import rules
from incubator.questions.models import Message, MessageKind, MessageState
from incubator.wording import operations as wording


def answer(message: Message, by, *, text: str, publicly: bool, language: str) -> None:
    """Answer a question; a public answer appears on the project's page together with the question."""
    _begin(message, MessageKind.QUESTION, MessageState.ANSWERED)
    rules.demand_way_back(message, publicly)
    words = rules.demand_text(text, "text", rules.LONGEST_ANSWER)
    _finish(message, MessageState.ANSWERED, by)
    message.answer, message.answer_language, message.is_public = words, language, publicly
    record("message.answered", by, message, public=publicly)


def close(message: Message, by) -> None:
    """End a message without an answer: nobody is written to."""
    hold(message)
    rules.demand_step(message, MessageState.CLOSED)
    _finish(message, MessageState.CLOSED, by)
    record("message.closed", by, message, kind=message.kind)


def accept(
    message: Message, by, *, organisation: Organisation, description: str, quantity: int, unit: str, text: str,
    language: str,
) -> Pledge:
    """Say yes to an offer: it becomes a pledge of an organisation that stands in for the person who gives it.

    Pledges are promises of organisations. What a private person gives is written down as help through the carrier, or
    through another partner, in the team's words; who it is stands only here.
    """
    hold(message.project)
    _begin(message, MessageKind.OFFER, MessageState.ANSWERED)
    partnership = partnerships.partnership_with(message.project_id, organisation.id)
    if partnership is None or partnership.until is not None:
        partners.take_part(message.project, organisation, [PartnerRole.VOLUNTEERS], by)
    assert message.help_kind is not None, "an offer says what it is"
    pledge = partners.pledge(
        message.project, organisation, by, kind=rules.PLEDGES[message.help_kind], description=description,
        quantity=quantity, unit=unit, language=language,
    )
    _thank(message, by, text, language)
    message.pledge_id = pledge.id
    record("offer.accepted", by, message, pledge=pledge.id)
    return pledge


def decline(message: Message, by, *, text: str, language: str) -> None:
    """Say no to an offer, with thanks."""
    _begin(message, MessageKind.OFFER, MessageState.ANSWERED)
    _thank(message, by, text, language)
    record("offer.declined", by, message)


def correct(message: Message, by, *, answer: str, version: int | None = None) -> None:
    """Change the words of a public answer; everybody reads the new ones at once."""
    hold(message)
    _demand_public(message)
    seen(message, version, {"answer": message.answer})
    with wording.reworded("message", message, "answer", hides=True):
        message.answer = rules.demand_text(answer, "answer", rules.LONGEST_ANSWER)
    record("message.corrected", by, message)


def withdraw(message: Message, by) -> None:
    """Take question and answer off the project's page."""
    hold(message)
    _demand_public(message)
    message.is_public = False
    record("message.withdrawn", by, message)


def _demand_public(message: Message) -> None:
    if not message.is_public:
        raise RuleBroken(rules.NOT_PUBLIC)


def _begin(message: Message, kind: MessageKind, to: MessageState) -> None:
    hold(message)
    rules.demand_kind(message, kind)
    rules.demand_step(message, to)


def _thank(message: Message, by, text: str, language: str) -> None:
    words = rules.demand_text(text, "text", rules.LONGEST_ANSWER) if text.strip() else ""
    _finish(message, MessageState.ANSWERED, by)
    message.answer, message.answer_language = words, language if words else ""


def _finish(message: Message, to: MessageState, by) -> None:
    message.state, message.answered_at, message.answered_by_id = to, clock.now(), by.id
