"""Letters that did not leave, and which of them people should look at."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.letters.models import Letter, LetterState
from incubator.letters.rules import SETTLED

LATE = timedelta(minutes=15)
LATELY = timedelta(days=7)
OPEN = (LetterState.WAITING, LetterState.SENDING)


def tried_in_vain() -> tuple[Any, ...]:
    """Letters that were tried; those that nobody tried yet wait for the worker."""
    return Letter.state.in_(OPEN), Letter.attempts > 0, Letter.written_at < clock.now() - LATE


def given_up_lately() -> tuple[Any, ...]:
    """Followers whose address went out of use are no alarm: their letters carry headers of their own."""
    return (Letter.state == LetterState.FAILED, Letter.headers.is_(None), Letter.error.not_in(SETTLED),
            Letter.written_at > clock.now() - LATELY)


def undelivered(limit: int) -> Sequence[Letter]:
    """Return those that somebody can send again or give up, the longest waiting first."""
    return db.session.scalars(
        sa.select(Letter).where(sa.or_(sa.and_(*tried_in_vain()), sa.and_(*given_up_lately())))
        .order_by(Letter.written_at, Letter.id).limit(limit)
    ).all()


def letter(letter_id: int) -> Letter | None:
    return db.session.get(Letter, letter_id)
