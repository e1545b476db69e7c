"""Letters that did not leave: people send them again, or give them up; the journal knows which and who."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock, queue
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit
from incubator.journal import record
from incubator.letters.models import Letter, LetterState
from incubator.letters.rules import GIVEN_UP, is_undelivered

LEFT = _l("This letter has left meanwhile, or somebody has given it up. There is nothing more to do.")


def send_again(letter: Letter, by: Any) -> Letter:
    """Try a letter anew, with as many attempts before it as one that was just written."""
    _demand_undelivered(letter)
    letter.state, letter.attempts, letter.due_at = LetterState.WAITING, 0, clock.now()
    record("letter.sent_again", by, letter)
    number = letter.id
    after_commit(lambda: queue.wake("incubator.letters.jobs.post", number))
    return letter


def give_up(letter: Letter, by: Any) -> Letter:
    """Let a letter be; nobody is reminded of it any more."""
    _demand_undelivered(letter)
    record("letter.given_up", by, letter, error=letter.error)
    letter.state, letter.error = LetterState.FAILED, GIVEN_UP
    return letter


def _demand_undelivered(letter: Letter) -> None:
    """One that is on its way just now is left alone: it would be sent twice."""
    hold(letter)
    if not is_undelivered(letter):
        raise RuleBroken(LEFT)
