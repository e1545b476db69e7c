"""Devices, what they follow, and what waits for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.follow.models import Device, DeviceFollowing, Push, PushState, Topic
from incubator.follow.queries import Target
from incubator.foundation.database import db


def device(endpoint: str) -> Device | None:
    return db.session.scalar(sa.select(Device).where(Device.endpoint == endpoint))


def number_followed(device_id: int) -> int:
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(DeviceFollowing).where(DeviceFollowing.device_id == device_id)) or 0


def follows(endpoint: str, target: Target) -> bool:
    return db.session.scalar(
        sa.select(Device.id).join(DeviceFollowing, DeviceFollowing.device_id == Device.id).where(
            Device.endpoint == endpoint, DeviceFollowing.kind == target.kind,
            DeviceFollowing.target_id == target.id)) is not None


def hearing(topics: Collection[tuple[Topic, int]], *, after: int, limit: int) -> Sequence[Any]:
    """Return the next devices that follow any of these things, each once."""
    of_these = sa.select(DeviceFollowing.device_id).where(sa.or_(*(
        sa.and_(DeviceFollowing.kind == kind, DeviceFollowing.target_id == number) for kind, number in topics)))
    return db.session.execute(
        sa.select(Device.id, Device.language).where(Device.id > after, Device.id.in_(of_these))
        .order_by(Device.id).limit(limit)).all()


def leased(numbers: Collection[int], lease: datetime) -> sa.ColumnElement[bool]:
    """Messages that are still with the process that took them: not withdrawn, and not taken over by another."""
    return sa.and_(Push.id.in_(numbers), Push.state == PushState.SENDING, Push.due_at == lease)


def to_send(number: int, lease: datetime) -> Any | None:
    return db.session.execute(
        sa.select(Push.key, Push.title, Push.text, Push.url, Push.device_id, Device.endpoint,
                  Device.key.label("device_key"), Device.auth, Device.language)
        .join(Device, Device.id == Push.device_id).where(leased([number], lease))).one_or_none()
