"""Entries of the book, and what must still be told because of them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db

START = "0" * 64


class Entry(db.Model):
    """One thing that happened; never changed, never deleted, chained to the one before by its hash.

    `id` is the entry's number, without gaps; `actor` is a person's seal. `data` holds ids, dates, numbers and states,
    never names or free text, so that erasing a person keeps the chain. `content` seals all of this with `salt`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(sa.String(60))
    actor: Mapped[str | None] = mapped_column(sa.String(64))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    project_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    salt: Mapped[str] = mapped_column(sa.String(32))
    content: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (
        sa.Index("ix_entry_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_entry_project", "project_id", "id"),
        sa.Index("ix_entry_action", "action", "id"),
    )


class Delivery(db.Model):
    """What a listener must still do about an entry; the table is the queue."""

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey(Entry.id))
    listener: Mapped[str] = mapped_column(sa.String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")

    entry: Mapped[Entry] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("entry_id", "listener"),
        sa.Index("ix_delivery_open", "due_at", postgresql_where=sa.text("done_at IS NULL"),
                 sqlite_where=sa.text("done_at IS NULL")),
    )


class Checkpoint(db.Model):
    """The hash of an entry, signed on a certain day: who keeps a copy notices when the chain is written anew."""

    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(sa.String(200))
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    public_key: Mapped[str] = mapped_column(sa.String(64))
    signature: Mapped[str] = mapped_column(sa.String(128))


_PG_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql
"""


def append_only(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            _PG_REFUSE,
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ],
    }


for _model in (Entry, Checkpoint):
    for _dialect, _statements in append_only(_model.__tablename__).items():
        for _statement in _statements:
            _ddl = sa.DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect)
            sa.event.listen(_model.__table__, "after_create", _ddl)
