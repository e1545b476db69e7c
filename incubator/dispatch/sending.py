"""Send what was written: each message is leased, signed, sent, and noted before the next one to that machine leaves.

A worker killed in the middle repeats at most the one under way to each machine, and others know it by its name. The
machines are spoken to side by side, a few messages to each at a time, those that made trouble last: one that is slow
holds up nobody but itself. After failures in a row a machine rests; then one message alone tries whether it is back.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from incubator.dispatch import rules, settling
from incubator.dispatch.models import Host, Post, PostState
from incubator.dispatch.settling import Outcome, leased
from incubator.dispatch.voices import voices
from incubator.foundation import at_rest, clock, fetching, jobs, turns
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
LONGEST_TALK = timedelta(minutes=1)  # one message, asked twice, to a machine that answers at the last moment
LONGEST_TURN = 10.0  # seconds for one machine, before others are looked at again
BATCH = 100
TO_EACH = 10
SIDE_BY_SIDE = 4
Batch = dict[str, list[int]]


def post(*, limit: int = BATCH) -> int:
    """Send what is due and return how many messages were taken."""
    with _taken(limit) as (batch, lease):
        turns_of = [_Turn(host, numbers, lease) for host, numbers in batch.items()]
        if len(turns_of) > 1:
            with ThreadPoolExecutor(min(SIDE_BY_SIDE, len(turns_of))) as pool:
                list(pool.map(lambda each: each(), [jobs.job(each.take) for each in turns_of]))
        elif turns_of:
            turns_of[0].take()
    return sum(map(len, batch.values()))


@dataclass(frozen=True)
class _Turn:
    """What one machine is told in one go; it ends with the machine's first failure."""

    host: str
    numbers: list[int]
    lease: datetime

    def take(self) -> None:
        until = time.monotonic() + LONGEST_TURN
        for place, number in enumerate(self.numbers):
            rest = self.numbers[place:]
            if jobs.stopping.is_set() or clock.now() + LONGEST_TALK > self.lease or time.monotonic() > until:
                settling.give_back(rest, self.lease)
                return
            if self.fails(number):
                settling.give_back(rest[1:], self.lease, after=rules.WAITS[0])
                return

    def fails(self, number: int) -> bool:
        """Send one message and say whether the machine is to be left in peace."""
        message = db.session.execute(
            sa.select(*Post.__table__.columns).where(leased([number], self.lease))).one_or_none()
        is_new = bool(db.session.scalar(sa.select(Host.takes_new_signatures).where(Host.name == self.host)))
        db.session.rollback()
        if message is None:  # deleted, taken back or taken over
            return False
        outcome = _sent(message, is_new)
        if outcome.error:
            log.warning("message %s: %s", number, outcome.error)
        settling.note(message, self.lease, outcome)
        return outcome.is_trouble


def _sent(message: Any, is_new: bool) -> Outcome:
    voice = voices.get(message.kind)
    try:
        headers = voice.sign(message, is_new) if voice else None
    except at_rest.Unreadable:  # a key of ours that was changed: others are not held up by that
        return Outcome("no key of ours opens it")
    finally:
        db.session.rollback()
    if voice is None or headers is None:
        return Outcome("nobody speaks", is_dropped=True)
    body = message.body.encode()
    try:
        answer = fetching.post(message.url, body, headers)
        took_new = is_new
        if answer.status == 401 and voice.knows_two_ways and (again := voice.sign(message, not is_new)):
            db.session.rollback()
            answer, took_new = fetching.post(message.url, body, again), not is_new
    except fetching.Refused as refused:
        return Outcome(str(refused), is_for_good=True)
    except fetching.Unreachable as away:
        return Outcome(str(away), is_trouble=True)
    return settling.judge(answer, voice, took_new)


@contextmanager
def _taken(limit: int) -> Iterator[tuple[Batch, datetime]]:
    """Lease messages to this process, which holds a turn named after the lease for as long as it sends them."""
    now = clock.now()
    lease = now + LEASE
    due = sa.or_(sa.and_(Post.state.in_((PostState.WAITING, PostState.SENDING)), Post.due_at <= now),
                 sa.and_(Post.state == PostState.SENDING, Post.due_at.in_(_left_behind(now))))
    db.session.rollback()
    batch = _chosen(due, now, limit)
    db.session.rollback()
    if not batch:
        yield {}, lease
        return
    with turns.leased("messages", lease) as is_mine:
        yield (_take(batch, due, lease) if is_mine else {}), lease


def _left_behind(now: datetime) -> list[datetime]:
    """Return leases that nobody holds any more: who had taken these was killed, whatever the clock says."""
    held = sa.select(Post.due_at).where(Post.state == PostState.SENDING, Post.due_at > now).distinct()
    leases = db.session.scalars(held).all()
    db.session.rollback()
    return turns.left_behind("messages", leases)


def _chosen(due: sa.ColumnElement[bool], now: datetime, limit: int) -> Sequence[Any]:
    """Choose a few messages for each machine that does not rest; one for a machine of which it is not known."""
    place = sa.func.row_number().over(partition_by=Post.host, order_by=Post.id).label("place")
    failures = sa.func.coalesce(Host.failures, 0).label("failures")
    among = (
        sa.select(Post.id, Post.host, place, failures).outerjoin(Host, Host.name == Post.host)
        .where(due, sa.or_(Host.rests_until.is_(None), Host.rests_until <= now)).subquery()
    )
    most = sa.case((among.c.failures > 0, 1), else_=TO_EACH)
    return db.session.execute(
        sa.select(among.c.id, among.c.host).where(among.c.place <= most)
        .order_by(among.c.failures, among.c.place, among.c.id).limit(limit)
    ).all()


def _take(chosen: Sequence[Any], due: sa.ColumnElement[bool], lease: datetime) -> Batch:
    free = sa.select(Post.id, Post.host).where(Post.id.in_([each.id for each in chosen]), due)
    batch: Batch = {each.host: [] for each in chosen}  # in the order in which they were chosen
    with transaction():
        taken = db.session.execute(free.order_by(Post.id).with_for_update(skip_locked=True)).all()
        db.session.execute(sa.update(Post).where(Post.id.in_([each.id for each in taken])).values(
            state=PostState.SENDING, due_at=lease))
    for each in taken:
        batch[each.host].append(each.id)
    return {host: numbers for host, numbers in batch.items() if numbers}
