"""Run migrations over the program's own engine, so that both databases are opened in the one way the house knows."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from incubator.foundation.database import UtcDateTime

database = current_app.extensions["migrate"].db
BESIDE = {("column", "vector"), ("index", "ix_search_text_vector")}


def _written(kind: str, column: Any, autogen: Any) -> str | bool:
    """Write our own column types as the plain ones they are in the database."""
    return "sa.DateTime(timezone=True)" if isinstance(column, UtcDateTime) else False


def _ours(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave alone what the search keeps beside its table, which no model describes."""
    return not (reflected and (str(name).startswith("search_fts") or (kind, name) in BESIDE))


def _next_number(context_: Any, revision: Any, directives: Any) -> None:
    """Number the steps: 0001, 0002, …"""
    script = directives[0]
    head = context_.script.get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04}"
    if script.upgrade_ops.is_empty() and hasattr(context.config.cmd_opts, "migrate"):  # a check wants the empty answer
        directives.clear()


def _keep_references(connection: sa.Connection, wanted: bool) -> None:
    """Let SQLite rebuild tables that others point to; the statement does nothing inside a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys = {'ON' if wanted else 'OFF'}")


def _run(connection: sa.Connection) -> None:
    _keep_references(connection, False)
    context.configure(
        connection=connection, target_metadata=database.metadata, render_as_batch=True, render_item=_written,
        process_revision_directives=_next_number, compare_server_default=True, transaction_per_migration=True,
        include_object=_ours,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        connection.rollback()
        if broken:
            raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")
    _keep_references(connection, True)


if context.config.attributes.get("connection") is not None:
    _run(context.config.attributes["connection"])
else:
    with database.engine.connect() as line:
        _run(line.execution_options(write=True))
