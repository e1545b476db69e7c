"""What the administration must know of the machine: letters that do not leave, a worker that stands still, no room."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.foundation import clock, queue
from incubator.foundation.database import db
from incubator.journal.models import Delivery
from incubator.letters import queries_undelivered as undelivered
from incubator.letters.models import Letter

LATE = timedelta(minutes=15)
KEEPS_FAILING = 4
LITTLE_ROOM = 500  # MB


@dataclass(frozen=True)
class Alarm:
    """One thing that is wrong: since when, how many it concerns, and what the machine says of it."""

    kind: str
    number: int = 0
    since: datetime | None = None
    error: str = ""


def alarms(instance: Path, redis_url: str) -> tuple[Alarm, ...]:
    row = db.session.execute(sa.select(*_waiting_letters(), *_given_up(), *_late_work())).one()
    found = [
        Alarm("letters", row.letters, row.letters_since, row.letters_error or "") if row.letters else None,
        Alarm("given_up", row.given_up) if row.given_up else None,
        Alarm("work", row.work, row.work_since) if row.work else None,
        Alarm("redis") if redis_url and not queue.is_reachable() else None,
    ]
    free = shutil.disk_usage(instance).free // 1024**2
    if free < LITTLE_ROOM:
        found.append(Alarm("room", free))
    return tuple(each for each in found if each)


def _of(what: Any, *conditions: Any) -> Any:
    return sa.select(what).where(*conditions).scalar_subquery()


def _waiting_letters() -> list[Any]:
    """Letters that were tried in vain; those that nobody tried yet wait for the worker, which is told below."""
    waits = undelivered.tried_in_vain()
    return [_of(sa.func.count(Letter.id), *waits).label("letters"),
            _of(sa.func.min(Letter.written_at), *waits).label("letters_since"),
            _of(sa.func.max(Letter.error), *waits).label("letters_error")]


def _given_up() -> list[Any]:
    return [_of(sa.func.count(Letter.id), *undelivered.given_up_lately()).label("given_up")]


def _late_work() -> list[Any]:
    is_late = (Delivery.done_at.is_(None),
               sa.or_(Delivery.due_at < clock.now() - LATE, Delivery.attempts >= KEEPS_FAILING))
    return [_of(sa.func.count(Delivery.id), *is_late).label("work"),
            _of(sa.func.min(Delivery.due_at), *is_late).label("work_since")]
