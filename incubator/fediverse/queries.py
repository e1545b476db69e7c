"""Actors and those who follow them, servers that are blocked, answers that came back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.dispatch.models import Post, PostKind
from incubator.fediverse.models import (
    Actor,
    ActorKind,
    Arrived,
    DomainBlock,
    Note,
    RemoteFollower,
    RemoteKey,
    RemoteReply,
    ReplyState,
)
from incubator.foundation.database import db
from incubator.media.models import Photo
from incubator.milestones.models import Update
from incubator.programme.models import Round
from incubator.progress.queries_cards import PUBLIC_STATUSES, is_public
from incubator.projects.models import Project


def actor(handle: str) -> Actor | None:
    """Return an actor that knows what its project is called in addresses."""
    row = db.session.execute(
        sa.select(Actor, Project.slug).outerjoin(Project, Project.id == Actor.project_id)
        .where(Actor.handle == handle)).one_or_none()
    if row is None:
        return None
    row.Actor.slug = row.slug or ""
    return row.Actor  # type: ignore[no-any-return]


def actor_of(project_id: int) -> Actor | None:
    return db.session.scalar(sa.select(Actor).where(Actor.project_id == project_id))


def only(kind: ActorKind) -> Actor | None:
    """Return the one actor of a kind of which there is one: the programme's, and the instance's."""
    return db.session.scalar(sa.select(Actor).where(Actor.kind == kind).order_by(Actor.id).limit(1))


def handles(beginning: str) -> set[str]:
    return set(db.session.scalars(sa.select(Actor.handle).where(Actor.handle.startswith(beginning, autoescape=True))))


def handle_at(slug: str) -> str:
    """Return the handle of a public project; empty where it has none."""
    return db.session.scalar(
        sa.select(Actor.handle).join(Project, Project.id == Actor.project_id)
        .where(Project.slug == slug, Actor.gone_at.is_(None), is_public())) or ""


def note_of(slug: str, update_id: int) -> int | None:
    """Return the number of the note that a project's update has become."""
    return db.session.scalar(
        sa.select(Note.id).join(Update, Update.id == Note.update_id).join(Project, Project.id == Update.project_id)
        .where(Update.id == update_id, Project.slug == slug, is_public(), Note.withdrawn_at.is_(None)))


def without_actor(limit: int) -> Sequence[Any]:
    """Return public projects that cannot be followed yet."""
    known = sa.exists().where(Actor.project_id == Project.id)
    return db.session.execute(
        sa.select(Project.id, Project.slug).where(Project.status.in_(PUBLIC_STATUSES), ~known)
        .order_by(Project.id).limit(limit)).all()


def not_public_any_more(limit: int) -> Sequence[int]:
    """Return projects of which others must be told to forget them."""
    return db.session.scalars(
        sa.select(Project.id).join(Actor, Actor.project_id == Project.id)
        .where(Actor.gone_at.is_(None), Project.status.not_in(PUBLIC_STATUSES)).order_by(Project.id).limit(limit)
    ).all()


def whose_photos_ended(since: date, today: date) -> Sequence[int]:
    """Return projects with photos whose consent ended these days: nobody did anything, and yet they must go."""
    ended = (Photo.is_public, Photo.consent_until >= since, Photo.consent_until < today)
    return [each for each in db.session.scalars(sa.select(Photo.project_id).where(*ended).distinct()) if each]


def is_public_project(project_id: int) -> bool:
    return db.session.scalar(sa.select(Project.id).where(Project.id == project_id, is_public())) is not None


def slug_of(project_id: int) -> str:
    return db.session.scalar(sa.select(Project.slug).where(Project.id == project_id)) or ""


def number_of_followers(actor_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(RemoteFollower.actor_id == actor_id)) or 0


def inboxes(actor_ids: Sequence[int], after: str, limit: int) -> Sequence[str]:
    """Return where followers of actors are told, each address once however many of them share it."""
    shared = sa.func.coalesce(sa.func.nullif(RemoteFollower.shared_inbox, ""), RemoteFollower.inbox).label("inbox")
    found = sa.select(shared).where(RemoteFollower.actor_id.in_(actor_ids)).distinct().subquery()
    return db.session.scalars(
        sa.select(found.c.inbox).where(found.c.inbox > after).order_by(found.c.inbox).limit(limit)).all()


def blocked_among(names: Sequence[str]) -> set[str]:
    """Return which of these hosts, or of the names above them, are blocked."""
    above = {".".join(parts[place:]) for name in names if (parts := name.partition(":")[0].split("."))
             for place in range(len(parts))}
    return set(db.session.scalars(sa.select(DomainBlock.host).where(DomainBlock.host.in_(above))))


def is_blocked(host: str) -> bool:
    return bool(blocked_among([host]))


def blocks() -> Sequence[DomainBlock]:
    return db.session.scalars(sa.select(DomainBlock).order_by(DomainBlock.host)).all()


def block(host: str) -> DomainBlock | None:
    return db.session.get(DomainBlock, host)


def is_known(actor_uri: str) -> bool:
    """Say whether we keep anything of somebody elsewhere."""
    kept = (RemoteFollower.uri, RemoteKey.owner, RemoteReply.author)
    return any(db.session.scalar(sa.select(sa.true()).where(each == actor_uri).limit(1)) for each in kept)


def accepted(follower: str, mark: str) -> Actor | None:
    """Return whom somebody follows by this follow: our answer to it is among our messages for a week."""
    answer = sa.exists().where(
        Post.kind == PostKind.FEDIVERSE, Post.sender_id == Actor.id,
        Post.key.startswith(sa.literal("accept-") + sa.cast(Actor.id, sa.String) + f"-{mark}-"))
    return db.session.scalar(
        sa.select(Actor).join(RemoteFollower, RemoteFollower.actor_id == Actor.id)
        .where(RemoteFollower.uri == follower, answer).order_by(Actor.id).limit(1))


def key(uri: str) -> RemoteKey | None:
    return db.session.get(RemoteKey, uri)


def number_arrived() -> int:
    return db.session.scalar(sa.select(sa.func.count(Arrived.id))) or 0


def takes_replies(note_id: int) -> bool:
    """Say whether answers to a note are kept: it is still there, and its round wants them."""
    found = (
        sa.select(Round.takes_replies).join(Project, Project.round_id == Round.id)
        .join(Update, Update.project_id == Project.id).join(Note, Note.update_id == Update.id)
        .where(Note.id == note_id, Note.withdrawn_at.is_(None), is_public())
    )
    return bool(db.session.scalar(found))


def number_of_replies(note_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(RemoteReply.note_id == note_id)) or 0


def replies(limit: int = 50) -> Sequence[Any]:
    """Return answers that nobody has read yet, the oldest first, with what they answer."""
    return db.session.execute(
        sa.select(RemoteReply, Update.id.label("update_id"), Update.title, Update.language, Project.slug)
        .join(Note, Note.id == RemoteReply.note_id).join(Update, Update.id == Note.update_id)
        .join(Project, Project.id == Update.project_id)
        .where(RemoteReply.state == ReplyState.WAITING).order_by(RemoteReply.id).limit(limit)).all()


def reply(reply_id: int) -> RemoteReply | None:
    return db.session.get(RemoteReply, reply_id)


def actors() -> Sequence[Any]:
    """Return who can be followed, with how many do."""
    number = sa.select(sa.func.count()).where(RemoteFollower.actor_id == Actor.id).scalar_subquery()
    return db.session.execute(
        sa.select(Actor.handle, Actor.kind, Project.title, Project.language, Project.slug, number.label("followers"))
        .outerjoin(Project, Project.id == Actor.project_id)
        .where(Actor.gone_at.is_(None), Actor.kind != ActorKind.INSTANCE)
        .order_by(Actor.kind, number.desc(), Actor.handle).limit(200)).all()
