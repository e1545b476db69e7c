"""The shapes of districts, where a city has brought them in."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.programme.models import DistrictShape, ShapeSet


def shape_set() -> ShapeSet | None:
    return db.session.scalar(sa.select(ShapeSet).order_by(ShapeSet.id.desc()).limit(1))


def number_of_shapes() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(DistrictShape)) or 0
