"""Entries of the book, and what must still be told because of them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from incubator.foundation.database import db

START = "0" * 64


class Entry(db.Model):
    """One thing that happened; never changed, never deleted, chained to the one before by its hash.

    `data` holds ids, dates, numbers and states, never names or free text, so that erasing a person keeps the chain.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    actor: Mapped[str | None] = mapped_column(sa.String(36))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    project_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (
        sa.Index("ix_entry_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_entry_project", "project_id", "id"),
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


_PG_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql
"""
APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER entry_no_{verb.lower()} BEFORE {verb} ON entry "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        _PG_REFUSE,
        "CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ],
}
for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _ddl = sa.DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect)
        sa.event.listen(Entry.__table__, "after_create", _ddl)
