"""What an answer means, and how it is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from incubator.dispatch import rules
from incubator.dispatch.models import Host, Post, PostState
from incubator.dispatch.voices import Voice, voices
from incubator.foundation import clock
from incubator.foundation.database import db, insert
from incubator.foundation.fetching import Answer
from incubator.foundation.transaction import transaction


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt; no error means that it was taken.

    `is_trouble` says that it is the machine's fault, not the message's; `is_new` which signature was taken, None where
    nobody knows.
    """

    error: str = ""
    is_gone: bool = False
    is_for_good: bool = False
    is_dropped: bool = False
    is_trouble: bool = False
    is_new: bool | None = None
    rest: timedelta | None = None


def judge(answer: Answer, voice: Voice, is_new: bool) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        return Outcome(is_new=is_new)
    if status == rules.GONE:
        return Outcome(str(status), is_gone=True)
    is_trouble = status >= 500 or status in rules.BUSY
    rest = rules.wished(answer.headers.get("retry-after", "")) if status in rules.BUSY else None
    return Outcome(str(status), is_for_good=status in voice.ends, is_trouble=is_trouble, rest=rest)


def leased(numbers: Sequence[int], lease: datetime) -> sa.ColumnElement[bool]:
    """Messages that are still ours: nobody deleted them, took them back or took them over."""
    return sa.and_(Post.id.in_(numbers), Post.state == PostState.SENDING, Post.due_at == lease)


def give_back(numbers: Sequence[int], lease: datetime, after: timedelta = timedelta()) -> None:
    if not numbers:
        return
    with transaction():
        db.session.execute(sa.update(Post).where(leased(numbers, lease)).values(
            state=PostState.WAITING, due_at=clock.now() + after))


def note(message: Any, lease: datetime, outcome: Outcome) -> None:
    """Write down what became of a message, and how its machine bears up."""
    with transaction():
        post = db.session.scalar(sa.select(Post).where(leased([message.id], lease)).with_for_update())
        if not outcome.is_dropped:
            _note_host(message.host, outcome)
        if post is not None:
            _settle(post, outcome)


def _settle(post: Post, outcome: Outcome) -> None:
    post.attempts, post.error = post.attempts + 1, outcome.error[:120]
    voice, wait = voices.get(post.kind), rules.next_try(post.attempts)
    if not outcome.error:
        post.state, told = PostState.SENT, voice and voice.heard
    elif outcome.is_gone:
        post.state, told = PostState.FAILED, voice and voice.gone
    elif outcome.is_dropped:
        post.state, post.body, told = PostState.FAILED, "", None
    elif outcome.is_for_good or wait is None:
        post.state, told = PostState.FAILED, voice and voice.given_up
    else:
        post.state, post.due_at, told = PostState.WAITING, clock.now() + max(wait, outcome.rest or wait), None
    if told:
        told(post)


def _note_host(name: str, outcome: Outcome) -> None:
    """Count failures in a row; a machine without any is written down only where something is to be remembered."""
    host = db.session.get(Host, name, with_for_update=True)
    is_plain = not outcome.is_trouble and not outcome.is_new
    if host is None:
        if is_plain:
            return
        db.session.execute(insert(Host).values(name=name, failures=0, takes_new_signatures=False)
                           .on_conflict_do_nothing())
        host = db.session.get_one(Host, name, with_for_update=True)
    if outcome.is_trouble:
        host.failures += 1
        wait = max(rules.rest(host.failures) or timedelta(), outcome.rest or timedelta())
        host.rests_until = clock.now() + wait if wait else None
    else:
        host.failures, host.rests_until = 0, None
    if outcome.is_new is not None:
        host.takes_new_signatures = outcome.is_new
