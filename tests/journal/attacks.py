"""What somebody with the database's own password could do."""

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite
from incubator.foundation.transaction import transaction
from incubator.journal import operations
from incubator.journal.models import Checkpoint, Entry, append_only

TABLES = (Entry.__tablename__, Checkpoint.__tablename__)


def behind_its_back(*statements):
    """Change rows without the triggers and without what keeps rows apart."""
    with transaction():
        for table in TABLES:
            names = [f"{table}_no_update", f"{table}_no_delete"] if is_sqlite() else [f"{table}_append_only"]
            for each in names:
                db.session.execute(sa.text(f"DROP TRIGGER {each}" + ("" if is_sqlite() else f" ON {table}")))
        if is_sqlite():
            names = ", ".join(column.name for column in Entry.__table__.columns if column.name != "id")
            for each in (f"CREATE TABLE bare (id INTEGER PRIMARY KEY, {names})",
                         f"INSERT INTO bare (id, {names}) SELECT id, {names} FROM entry",
                         "DROP TABLE entry", "ALTER TABLE bare RENAME TO entry"):
                db.session.execute(sa.text(each))
        else:
            for name in ("uq_entry_previous", "uq_entry_hash"):
                db.session.execute(sa.text(f"ALTER TABLE entry DROP CONSTRAINT {name}"))
        for statement in statements:
            db.session.execute(statement)


def mended():
    """Put back what was taken away: on PostgreSQL all tests share their tables, on SQLite each has its own."""
    db.session.rollback()
    if is_sqlite():
        return
    with transaction():
        db.session.execute(sa.delete(Entry))
        for column in ("previous", "hash"):
            db.session.execute(sa.text(f"ALTER TABLE entry ADD CONSTRAINT uq_entry_{column} UNIQUE ({column})"))
        for table in TABLES:
            for statement in append_only(table)[db.engine.dialect.name]:
                db.session.execute(sa.text(statement))


def found(secret=None):
    return [(each.kind, each.first, each.last) for each in operations.verify(secret).found]
