"""Who can be followed from other servers, who follows, what was said, and what came back."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.accounts.models import Person
from incubator.foundation.database import db, enum_of
from incubator.milestones.models import Update
from incubator.projects.models import Project


class ActorKind(enum.StrEnum):
    """The instance fetches keys from servers that ask for a signature; it says nothing and cannot be followed."""

    INSTANCE = "instance"
    PROGRAMME = "programme"
    PROJECT = "project"


class Actor(db.Model):
    """One name on the fediverse. `handle` never changes: followers would be lost. `secret_key` is encrypted.

    `said_hash` is over what the others last heard of its name and summary; `gone_at` is when they were told to forget.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ActorKind] = mapped_column(enum_of(ActorKind))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Project.id), unique=True)
    handle: Mapped[str] = mapped_column(sa.String(60), unique=True)
    secret_key: Mapped[str]
    public_key: Mapped[str]
    said_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    made_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    slug = ""  # of its project, where its query has filled it

    __table_args__ = (
        sa.CheckConstraint("(kind = 'project') = (project_id IS NOT NULL)", name="project_has_project"),
    )


class RemoteFollower(db.Model):
    """Somebody elsewhere who follows an actor; deleted when they leave, or when their server says they are gone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey(Actor.id, ondelete="CASCADE"))
    uri: Mapped[str] = mapped_column(sa.String(600))
    inbox: Mapped[str] = mapped_column(sa.String(600))
    shared_inbox: Mapped[str] = mapped_column(sa.String(600), default="")
    host: Mapped[str] = mapped_column(sa.String(260), index=True)
    since: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("actor_id", "uri"), sa.Index("ix_remote_follower_uri", "uri"))


class RemoteKey(db.Model):
    """A public key fetched from another server, asked for anew when it no longer fits."""

    uri: Mapped[str] = mapped_column(sa.String(600), primary_key=True)
    owner: Mapped[str] = mapped_column(sa.String(600), index=True)
    public_key: Mapped[str]
    fetched_at: Mapped[datetime]


class SeenActivity(db.Model):
    """An activity that was taken in: the same one sent again changes nothing. Only the hash of its address is kept."""

    uri_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class Arrived(db.Model):
    """A message from elsewhere, as it came, until a worker has looked at it: nothing is fetched while somebody waits.

    `headers` are those that the signature covers; `url` is the address it was sent to.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Actor.id, ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(sa.String(600))
    headers: Mapped[dict[str, str]] = mapped_column(sa.JSON())
    body: Mapped[bytes]
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(index=True)
    came_at: Mapped[datetime]


class Note(db.Model):
    """A published update as the fediverse knows it, of the project's actor; the programme's actor only boosts it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey(Actor.id, ondelete="CASCADE"), index=True)
    update_id: Mapped[int] = mapped_column(sa.ForeignKey(Update.id), unique=True)
    said_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    updated_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    actor: Mapped[Actor] = relationship()


class ReplyState(enum.StrEnum):
    WAITING = "waiting"
    READ = "read"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        return REPLY_STATE_LABELS[self]


REPLY_STATE_LABELS = {
    ReplyState.WAITING: _l("New"),
    ReplyState.READ: _l("Read"),
    ReplyState.DELETED: _l("Deleted"),
}


class RemoteReply(db.Model):
    """An answer to a note, for the coordinator's eyes; kept only where the round takes replies. `text` is plain."""

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(sa.ForeignKey(Note.id, ondelete="CASCADE"), index=True)
    uri: Mapped[str] = mapped_column(sa.String(600), unique=True)
    author: Mapped[str] = mapped_column(sa.String(600))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(sa.String(20), default="")
    came_at: Mapped[datetime]
    state: Mapped[ReplyState] = mapped_column(enum_of(ReplyState), default=ReplyState.WAITING)
    handled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    handled_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_remote_reply_state", "state", "id"),)


class DomainBlock(db.Model):
    """A server with which we have nothing to do, nor with those below its name."""

    host: Mapped[str] = mapped_column(sa.String(260), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(300))
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    made_at: Mapped[datetime]
