"""Rounds that can move, and those that came."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.interchange.models import Arrival
from incubator.programme.models import Round, RoundState


def round_of_slug(slug: str) -> Round | None:
    return db.session.scalar(sa.select(Round).where(Round.slug == slug))


def movable() -> Sequence[Round]:
    return db.session.scalars(sa.select(Round).where(Round.state != RoundState.DRAFT).order_by(Round.id.desc())).all()


def arrivals() -> Sequence[Arrival]:
    return db.session.scalars(sa.select(Arrival).order_by(Arrival.id.desc())).all()
