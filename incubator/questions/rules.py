"""When questions and offers are taken, what may become of them, and how long anything of their writers is kept."""

import enum
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.partners.models import PledgeKind
from incubator.projects.lifecycle import Status
from incubator.questions.models import HelpKind, Message, MessageKind, MessageState

UNDER_WAY = frozenset({Status.AWARDED, Status.ACTIVE, Status.SUSPENDED})
S = MessageState
STEPS: Mapping[MessageState, tuple[MessageState, ...]] = {
    S.WAITING: (S.PASSED, S.KEPT_BACK),
    S.KEPT_BACK: (S.PASSED,),
    S.PASSED: (S.ANSWERED, S.CLOSED),
    S.ANSWERED: (),
    S.CLOSED: (),
}
SEEN_BY_TEAM = frozenset({S.PASSED, S.ANSWERED, S.CLOSED})
FINISHED = frozenset({S.ANSWERED, S.CLOSED})
PLEDGES: Mapping[HelpKind, PledgeKind] = {
    HelpKind.ROOM: PledgeKind.ROOM, HelpKind.HOURS: PledgeKind.HOURS, HelpKind.LANGUAGES: PledgeKind.INTERPRETING,
    HelpKind.MATERIAL: PledgeKind.MATERIAL,
}
LONGEST_TEXT, LONGEST_ANSWER = 1000, 2000
KEPT_BACK_FOR = timedelta(days=90)
WRITER_KEPT_FOR = timedelta(days=30)
UNANSWERED_FOR = timedelta(days=180)
FORGOTTEN = "-"  # stands where an address was: an offer always had one
QUIET_FOR = timedelta(hours=24)
NOT_PUBLIC = _l("This is no longer public.")


class KeepingBack(enum.StrEnum):
    """Why the office does not pass something on."""

    INSULT = "insult"
    ADVERTISING = "advertising"
    PRIVATE = "private"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> Any:
        return KEEPING_BACK_LABELS[self]


KEEPING_BACK_LABELS = {
    KeepingBack.INSULT: _l("Insult or hate"),
    KeepingBack.ADVERTISING: _l("Advertising"),
    KeepingBack.PRIVATE: _l("Private matters of somebody"),
    KeepingBack.ELSEWHERE: _l("Not about the project"),
}


class Fate(enum.StrEnum):
    """What the clock does with a message: nothing, take its writer away, or delete it."""

    KEEP = "keep"
    FORGET_WRITER = "forget_writer"
    DELETE = "delete"


def takes(status: Status, takes_questions: bool) -> bool:
    """Say whether people may ask and offer: while the project is under way, where the round wants it."""
    return takes_questions and status in UNDER_WAY


def demand_taking(status: Status, takes_questions: bool) -> None:
    if not takes(status, takes_questions):
        raise RuleBroken(_l("This project takes no questions and offers now."))


def demand_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text without spaces around it; an empty or too long one is refused."""
    text = text.strip()
    if not text:
        raise RuleBroken(_l("Please write something here."), field)
    if len(text) > longest:
        raise RuleBroken(_l("This text is too long."), field)
    return text


def demand_step(message: Message, to: MessageState) -> None:
    if to not in STEPS[message.state]:
        now: Any = message.state.label
        raise RuleBroken(_l("Somebody was faster: the state is now “%(now)s”.", now=now))


def demand_kind(message: Message, kind: MessageKind) -> None:
    if message.kind is not kind:
        raise RuleBroken(_l("This fits another kind of message."))


def demand_way_back(message: Message, publicly: bool) -> None:
    """A private answer goes by mail, so it needs an address."""
    if not publicly and not is_reachable(message):
        raise RuleBroken(_l("There is no mail address. Please answer publicly, or close the question."), "how")


def is_reachable(message: Message) -> bool:
    return message.mail not in ("", FORGOTTEN)


def fate(message: Message, now: datetime) -> Fate:
    """Return what is to be done with a message now.

    A public answer and an accepted offer stay without their writer; everything else goes when its time is over.
    """
    if message.state is S.KEPT_BACK:
        return _over(message.moderated_at, KEPT_BACK_FOR, now, Fate.DELETE)
    if message.state not in FINISHED:
        return _over(message.written_at, UNANSWERED_FOR, now, Fate.DELETE)
    stays = message.is_public or message.pledge_id is not None
    over = _over(message.answered_at, WRITER_KEPT_FOR, now, Fate.FORGET_WRITER if stays else Fate.DELETE)
    return Fate.KEEP if over is Fate.FORGET_WRITER and not _knows_writer(message) else over


def _over(since: datetime | None, kept: timedelta, now: datetime, then: Fate) -> Fate:
    return then if since is not None and since + kept <= now else Fate.KEEP


def _knows_writer(message: Message) -> bool:
    return bool(message.name or message.text or is_reachable(message))
