"""What the office decides: servers with which we have nothing to do, and answers that were read."""

import re
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator import dispatch
from incubator.dispatch.models import PostKind
from incubator.fediverse import queries, rules
from incubator.fediverse.models import (
    ActorKind,
    DomainBlock,
    RemoteFollower,
    RemoteKey,
    RemoteReply,
    ReplyState,
)
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record

NAME = re.compile(r"(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")


def block(by: Any, own_host: str, *, host: str, reason: str) -> DomainBlock:
    """Have nothing to do with a server any more: its people do not follow, and nothing of theirs is kept."""
    name = host.strip().lower().removeprefix("https://").partition("/")[0].rpartition("@")[2].rstrip(".")
    if not NAME.fullmatch(name):
        raise RuleBroken(_l("Write the name of a server, such as example.org."), "host")
    if rules.is_of(own_host, name):
        raise RuleBroken(_l("This is our own server."), "host")
    if queries.block(name):
        raise RuleBroken(_l("This server is blocked already."), "host")
    blocked = DomainBlock(host=name, reason=reason, made_by_id=by.id, made_at=clock.now())
    db.session.add(blocked)
    _forget(name)
    if instance := queries.only(ActorKind.INSTANCE):
        record("server.blocked", by, instance, host=name)
    return blocked


def _forget(name: str) -> None:
    for host in db.session.scalars(sa.select(RemoteFollower.host).distinct()).all():
        if rules.is_of(host, name):
            dispatch.take_back_all(PostKind.FEDIVERSE, host=host)
            db.session.execute(sa.delete(RemoteFollower).where(RemoteFollower.host == host))
    for table, uri in ((RemoteReply, RemoteReply.author), (RemoteKey, RemoteKey.owner)):
        known = db.session.scalars(sa.select(uri).distinct())
        theirs = [each for each in known if rules.is_of(rules.host_of(each), name)]
        db.session.execute(sa.delete(table).where(uri.in_(theirs)))


def unblock(blocked: DomainBlock, by: Any) -> None:
    """Let a server's people follow again; those who did must ask anew."""
    if instance := queries.only(ActorKind.INSTANCE):
        record("server.unblocked", by, instance, host=blocked.host)
    db.session.delete(blocked)


def mark_read(reply: RemoteReply, by: Any) -> None:
    """Put an answer away; soon afterwards it is deleted."""
    if hold(reply).state is not ReplyState.WAITING:
        raise RuleBroken(_l("Somebody has read this answer already."))
    reply.state, reply.handled_by_id, reply.handled_at = ReplyState.READ, by.id, clock.now()
    record("reply.read", by, reply)
