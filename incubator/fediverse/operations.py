"""Who can be followed: actors are introduced, tell what changed, and take their leave; what is old is forgotten."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator import dispatch
from incubator.dispatch import Draft
from incubator.dispatch.models import PostKind
from incubator.fediverse import queries, queries_said, rules, said, signing
from incubator.fediverse.models import (
    Actor,
    ActorKind,
    Arrived,
    Note,
    RemoteFollower,
    RemoteKey,
    RemoteReply,
    ReplyState,
    SeenActivity,
)
from incubator.fediverse.said import Site
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db, fingerprint

PURPOSE = "fediverse"
AT_ONCE = 500
INSTANCE = "instance"


def introduce(kind: ActorKind, words: str, key: tuple[str, str], project_id: int | None = None) -> Actor:
    """Give a name to somebody who can be followed from now on; `key` was made before, because that takes a moment."""
    secret, public = key
    handle = rules.handle_of(words)
    taken = queries.handles(handle[:rules.LONGEST_HANDLE - 4])
    actor = Actor(
        kind=kind, project_id=project_id, public_key=public, secret_key=at_rest.close(PURPOSE, secret),
        handle=next(each for each in rules.numbered(handle) if each not in taken), made_at=clock.now())
    db.session.add(actor)
    db.session.flush()
    return actor


def signer(actor: Actor, site: Site) -> Callable[..., dict[str, str]]:
    """Return who makes the headers with which an actor asks or tells; it needs no database any more.

    One that took its leave signs its last words too. The moment is that of others, whatever day the demo city lives on.
    """
    secret, key_id = at_rest.open_(PURPOSE, actor.secret_key), site.key(actor.handle)

    def sign(method: str, url: str, body: bytes, *, is_new: bool = False) -> dict[str, str]:
        how = signing.new if is_new else signing.old
        return how(method, url, body, key_id=key_id, secret=secret, now=clock.real_now())

    return sign


def speak(actor: Actor, key: str, activity: dict[str, Any], inboxes: Iterator[Sequence[str]]) -> None:
    """Write an activity down for inboxes, some hundreds at a time; `key` names it among ours."""
    body = said.written(said.whole(activity))
    for some in inboxes:
        dispatch.write([
            Draft(f"{key}:{fingerprint(each)[:24]}", PostKind.FEDIVERSE, actor.id, each, body) for each in some])


def inboxes_of(*actors: Actor | None) -> Iterator[Sequence[str]]:
    """Return all addresses where followers of these actors hear, each once."""
    numbers, after = [each.id for each in actors if each is not None], ""
    while some := queries.inboxes(numbers, after, AT_ONCE):
        yield some
        after = some[-1]


def tell_face(actor: Actor, site: Site, today: date) -> None:
    """Tell followers that an actor's name, summary or picture changed; the first time there is nothing to tell."""
    face = queries_said.face(actor, site, today)
    if face is None:
        return
    document = said.actor(face, site)
    mark = fingerprint(said.written(document))
    if mark == actor.said_hash:
        return
    if actor.said_hash:
        url = site.actor(actor.handle)
        speak(actor, f"actor-{actor.id}-{mark[:12]}",
              said.activity("Update", f"{url}#update-{mark[:12]}", actor.handle, document, site), inboxes_of(actor))
    actor.said_hash = mark


def take_leave(actor: Actor, site: Site) -> None:
    """Tell everybody to forget an actor and all it said; afterwards nobody follows it."""
    now, url = clock.now(), site.actor(actor.handle)
    for number in db.session.scalars(sa.select(Note.id).where(Note.actor_id == actor.id)):
        dispatch.take_back(PostKind.FEDIVERSE, f"note-{number}-")
    dispatch.take_back(PostKind.FEDIVERSE, f"actor-{actor.id}-")
    speak(actor, f"gone-{actor.id}", said.activity("Delete", f"{url}#delete", actor.handle, url, site),
          inboxes_of(actor, queries.only(ActorKind.PROGRAMME)))
    db.session.execute(
        sa.update(Note).where(Note.actor_id == actor.id, Note.withdrawn_at.is_(None)).values(withdrawn_at=now))
    db.session.execute(sa.delete(RemoteFollower).where(RemoteFollower.actor_id == actor.id))
    actor.gone_at = now


def forget_somebody(uri: str) -> None:
    """Delete all that we keep of somebody elsewhere who is gone."""
    db.session.execute(sa.delete(RemoteFollower).where(RemoteFollower.uri == uri))
    db.session.execute(sa.delete(RemoteKey).where(RemoteKey.owner == uri))
    db.session.execute(sa.delete(RemoteReply).where(RemoteReply.author == uri))


def forget_inbox(url: str) -> None:
    """Delete those who hear at an address that is gone."""
    db.session.execute(sa.delete(RemoteFollower).where(
        sa.or_(RemoteFollower.inbox == url, RemoteFollower.shared_inbox == url)))


def forget_old() -> None:
    """Forget which messages were seen, answers that were dealt with, and keys of those who do not follow any more."""
    now = clock.now()
    db.session.execute(sa.delete(SeenActivity).where(SeenActivity.seen_at < now - rules.SEEN_FOR))
    db.session.execute(sa.delete(RemoteReply).where(RemoteReply.state != ReplyState.WAITING))
    followed = sa.exists().where(RemoteFollower.uri == RemoteKey.owner)
    answered = sa.exists().where(RemoteReply.author == RemoteKey.owner)
    db.session.execute(sa.delete(RemoteKey).where(
        RemoteKey.fetched_at < now - rules.SEEN_FOR, ~followed, ~answered))
    db.session.execute(sa.delete(Arrived).where(Arrived.came_at < clock.real_now() - rules.SEEN_FOR))
