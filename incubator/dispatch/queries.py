"""Messages to machines of others: how many wait, what became of the last ones."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from incubator.dispatch.models import Post, PostKind, PostState
from incubator.foundation import clock
from incubator.foundation.database import db

LATELY = timedelta(days=7)


def due() -> tuple[Any, ...]:
    return Post.state.in_((PostState.WAITING, PostState.SENDING)), Post.due_at <= clock.now()


def waiting() -> tuple[Any, ...]:
    """Those that wait for another try."""
    return (Post.state.in_((PostState.WAITING, PostState.SENDING)),)


def given_up_lately() -> tuple[Any, ...]:
    return Post.state == PostState.FAILED, Post.error != "taken back", Post.written_at > clock.now() - LATELY


def last_of(kind: PostKind, sender_id: int, limit: int = 20) -> Sequence[Post]:
    """Return what somebody said last, the newest first."""
    return db.session.scalars(
        sa.select(Post).where(Post.kind == kind, Post.sender_id == sender_id).order_by(Post.id.desc()).limit(limit)
    ).all()
