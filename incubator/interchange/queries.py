"""Rounds that can move, and those that came."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.interchange.models import Arrival
from incubator.journal.models import Entry
from incubator.programme.models import Round, RoundState


def round_of_slug(slug: str) -> Round | None:
    return db.session.scalar(sa.select(Round).where(Round.slug == slug))


def movable() -> Sequence[Round]:
    return db.session.scalars(sa.select(Round).where(Round.state != RoundState.DRAFT).order_by(Round.id.desc())).all()


def arrival_of(round_id: int) -> Arrival | None:
    """Return how a round came here; None for one that began here."""
    return db.session.scalar(sa.select(Arrival).where(Arrival.round_id == round_id))


def head_of(arrival: Arrival) -> dict[str, Any]:
    """Return the last entry of the journal that came along, as our own journal remembers it."""
    data = db.session.scalar(sa.select(Entry.data).where(
        Entry.action == "round.arrived", Entry.subject_type == "round", Entry.subject_id == arrival.round_id))
    return data or {}


def arrivals() -> Sequence[Arrival]:
    return db.session.scalars(sa.select(Arrival).order_by(Arrival.id.desc())).all()
