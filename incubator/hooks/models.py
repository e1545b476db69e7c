"""Addresses of partners' systems, and what each wants to hear."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.organisations.models import Organisation


class Hook(db.Model):
    """One address that is told of events; `secret` is encrypted and signs each message (Standard Webhooks).

    With `organisation_id` it hears of the projects this organisation is a partner of,
    without it of all that are public. `failed` counts messages in a row that were given up.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Organisation.id), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    url: Mapped[str] = mapped_column(sa.String(600))
    secret: Mapped[str] = mapped_column(sa.String(300))
    events: Mapped[list[str]] = mapped_column(sa.JSON())
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id), index=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    failed: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()
    contact_ids = frozenset[int]()  # who speaks for the organisation; filled by its query for the policy

    __table_args__ = (sa.CheckConstraint("failed >= 0", name="failed_positive"),)
    __mapper_args__ = {"version_id_col": version}
