"""People who want to hear of news and have no account: a mail address or a device, and what they follow."""

import enum
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db, enum_of


class Rhythm(enum.StrEnum):
    NOW = "now"
    WEEKLY = "weekly"

    @property
    def label(self) -> str:
        return RHYTHM_LABELS[self]


RHYTHM_LABELS = {
    Rhythm.NOW: _l("As soon as there is news"),
    Rhythm.WEEKLY: _l("Once a week, on Mondays"),
}


class Topic(enum.StrEnum):
    """What can be followed; the programme is everything and has the number 0."""

    PROJECT = "project"
    DISTRICT = "district"
    THEME = "theme"
    PROGRAMME = "programme"


class Follower(db.Model):
    """One address, in lower case. It stands here and in letters on their way, nowhere else.

    `salt` makes the links in our letters, together with the program's secret: what opens them is stored nowhere.
    `told_until` is the moment up to which somebody who hears once a week has heard everything.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[str] = mapped_column(sa.String(254), unique=True)
    language: Mapped[str] = mapped_column(sa.String(20))
    rhythm: Mapped[Rhythm] = mapped_column(enum_of(Rhythm), default=Rhythm.NOW)
    salt: Mapped[str] = mapped_column(sa.String(32))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    bounced: Mapped[int] = mapped_column(default=0)
    told_until: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("bounced >= 0", name="bounced_positive"),
        sa.CheckConstraint("ended_at IS NULL OR confirmed_at IS NOT NULL", name="ended_was_confirmed"),
        sa.Index("ix_follower_weekly", "rhythm", "told_until"),
        sa.Index("ix_follower_unconfirmed", "asked_at", sqlite_where=sa.text("confirmed_at IS NULL"),
                 postgresql_where=sa.text("confirmed_at IS NULL")),
    )


class Following(db.Model):
    """One thing somebody follows, once they have confirmed it; one that nobody confirms is deleted after a week."""

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(sa.ForeignKey(Follower.id, ondelete="CASCADE"))
    kind: Mapped[Topic] = mapped_column(enum_of(Topic))
    target_id: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    follower: Mapped[Follower] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("follower_id", "kind", "target_id"),
        sa.CheckConstraint("(kind = 'programme') = (target_id = 0)", name="programme_is_all"),
        sa.Index("ix_following_target", "kind", "target_id", "follower_id"),
        sa.Index("ix_following_unconfirmed", "asked_at", sqlite_where=sa.text("confirmed_at IS NULL"),
                 postgresql_where=sa.text("confirmed_at IS NULL")),
    )


class Device(db.Model):
    """A browser that asked to be told (RFC 8030). Its address is all we know of it; it ends when the service says so.

    `key` and `auth` encrypt what we tell it, so that the service in between cannot read it (RFC 8291).
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    endpoint: Mapped[str] = mapped_column(sa.String(600), unique=True)
    key: Mapped[str] = mapped_column(sa.String(100))
    auth: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str] = mapped_column(sa.String(20))
    since: Mapped[datetime]
    failed: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("failed >= 0", name="failed_positive"),)


class DeviceFollowing(db.Model):
    """One thing a device is told about."""

    device_id: Mapped[int] = mapped_column(sa.ForeignKey(Device.id, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Topic] = mapped_column(enum_of(Topic), primary_key=True)
    target_id: Mapped[int] = mapped_column(default=0, primary_key=True)

    __table_args__ = (
        sa.CheckConstraint("(kind = 'programme') = (target_id = 0)", name="programme_is_all"),
        sa.Index("ix_device_following_target", "kind", "target_id", "device_id"),
    )


class PushState(enum.StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Push(db.Model):
    """One message to one device, written once per `key` in the transaction of the news, sent afterwards."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    device_id: Mapped[int] = mapped_column(sa.ForeignKey(Device.id, ondelete="CASCADE"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    url: Mapped[str]
    state: Mapped[PushState] = mapped_column(enum_of(PushState), default=PushState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    written_at: Mapped[datetime]

    device: Mapped[Device] = relationship()

    __table_args__ = (sa.Index("ix_push_due", "state", "due_at"),)
