"""Write messages to machines of others down, keep them from leaving, forget them."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from incubator.dispatch import rules
from incubator.dispatch.models import Host, Post, PostKind, PostState
from incubator.dispatch.sending import LEASE as LEASE
from incubator.dispatch.sending import post as post
from incubator.dispatch.voices import voices
from incubator.foundation import clock, queue
from incubator.foundation.database import db, insert
from incubator.foundation.fetching import host_of
from incubator.foundation.transaction import after_commit

AT_ONCE = 500
UNSENT = (PostState.WAITING, PostState.SENDING)


@dataclass(frozen=True)
class Draft:
    """One message; `url` is an https address, see `fetching.is_address`."""

    key: str
    kind: PostKind
    sender_id: int
    url: str
    body: str


def write(drafts: Iterable[Draft]) -> None:
    """Write messages down, each once per key, whoever tries it again; the worker is woken afterwards."""
    now, rows = clock.now(), list(drafts)
    for start in range(0, len(rows), AT_ONCE):
        db.session.connection().execute(insert(Post).on_conflict_do_nothing(index_elements=["key"]), [
            {"key": each.key, "kind": each.kind, "sender_id": each.sender_id, "url": each.url,
             "host": host_of(each.url), "body": each.body, "written_at": now, "due_at": now}
            for each in rows[start:start + AT_ONCE]
        ])
    if rows:
        after_commit(lambda: queue.wake("incubator.dispatch.jobs.post_some"))


def take_back(kind: PostKind, beginning: str) -> None:
    """Keep messages whose keys begin so from leaving, and forget what they say; nobody hears of it."""
    db.session.execute(
        sa.update(Post)
        .where(Post.kind == kind, Post.key.startswith(beginning, autoescape=True), Post.state.in_(UNSENT))
        .values(state=PostState.FAILED, body="", error="taken back"))


def reword(kind: PostKind, beginning: str, body: str) -> None:
    """Let messages whose keys begin so say something else, where they have not left yet."""
    db.session.execute(
        sa.update(Post)
        .where(Post.kind == kind, Post.key.startswith(beginning, autoescape=True), Post.state.in_(UNSENT))
        .values(body=body))


def take_back_all(kind: PostKind, *, host: str) -> None:
    """Keep everything that is meant for a machine from leaving."""
    db.session.execute(
        sa.update(Post).where(Post.kind == kind, Post.host == host, Post.state.in_(UNSENT))
        .values(state=PostState.FAILED, body="", error="taken back"))


def forget_old() -> None:
    """Delete what is settled and a week old; give up what waited in vain behind others, some hundreds at a time.

    A machine of which nothing has to be remembered is forgotten too.
    """
    now = clock.now()
    late = sa.select(Post).where(Post.state == PostState.WAITING, Post.written_at < now - rules.OLDEST)
    for each in db.session.scalars(late.order_by(Post.id).limit(AT_ONCE).with_for_update(skip_locked=True)):
        each.state, each.error = PostState.FAILED, each.error or "too old"
        if each.kind in voices:
            voices[each.kind].given_up(each)
    db.session.flush()
    db.session.execute(sa.delete(Post).where(Post.state.not_in(UNSENT), Post.written_at < now - rules.KEPT))
    db.session.execute(sa.delete(Host).where(
        Host.takes_new_signatures.is_(False), sa.or_(Host.rests_until.is_(None), Host.rests_until < now - rules.KEPT),
        sa.not_(sa.exists().where(Post.host == Host.name, Post.state.in_(UNSENT)))))
