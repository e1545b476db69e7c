"""Rounds that came from another installation."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.programme.models import Round


class Arrival(db.Model):
    """An archive that was taken in: once each. `site` is the installation that signed it, with `public_key`.

    `numbers` maps each table's numbers there to ours, so that the journal that came along can be read.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    archive_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    site: Mapped[str] = mapped_column(sa.String(200))
    public_key: Mapped[str] = mapped_column(sa.String(100))
    round_id: Mapped[int] = mapped_column(sa.ForeignKey(Round.id), index=True)
    numbers: Mapped[dict[str, Any]] = mapped_column(sa.JSON())
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    taken_at: Mapped[datetime]
