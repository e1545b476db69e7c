"""How a draft becomes what everybody reads: written, handed in, read by a second person, published."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.wording.models import DraftState

STEPS: Mapping[DraftState, frozenset[DraftState]] = {
    DraftState.WRITING: frozenset({DraftState.READY}),
    DraftState.READY: frozenset({DraftState.WRITING, DraftState.REVIEWED}),
    DraftState.REVIEWED: frozenset({DraftState.WRITING}),
}


def demand_step(before: DraftState, after: DraftState) -> None:
    if after not in STEPS[before]:
        raise RuleBroken(_l("This translation stands at “%(state)s” now. Please look again.", state=before.label))


def demand_words(text: str) -> None:
    if not text.strip():
        raise RuleBroken(_l("There are no words to hand in yet."))


def demand_current(made_from: str, original: str) -> None:
    """Refuse what was made of older words; both are marks of the original."""
    if made_from != original:
        raise RuleBroken(_l("The original was changed after it was translated. Please look at it again."))


def may_review(author: str | None, reader: str) -> bool:
    """Say whether somebody is a second pair of eyes: what a machine wrote, everybody may read for the first time."""
    return author != reader


def demand_second(author: str | None, reader: str) -> None:
    if not may_review(author, reader):
        raise RuleBroken(_l("You wrote this yourself: somebody else has to read it."))


def demand_may_publish(state: DraftState, *, alone: bool) -> None:
    """Everybody reads what two people have read; `alone` is somebody who may answer for the words by themselves."""
    if not alone and state is not DraftState.REVIEWED:
        raise RuleBroken(_l("A second person has to read this before everybody does."))
