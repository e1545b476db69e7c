"""Letters that were written."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.letters.models import Letter


def newest_to(address: str) -> Letter | None:
    return db.session.scalar(sa.select(Letter).where(Letter.address == address).order_by(Letter.id.desc()).limit(1))
