"""Tables whose rows are never changed and never deleted; the database itself refuses."""

import sqlalchemy as sa

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change_of_{table}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql
"""


def statements(table: str, dialect: str) -> list[str]:
    """Return what makes a table append-only; migrations use the same words."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        _REFUSE.format(table=table),
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}()",
    ]


def append_only(table: sa.Table) -> None:
    """Let the database refuse every change of a row of this table from the moment it is made."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(table.name, dialect):
            ddl = sa.DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            sa.event.listen(table, "after_create", ddl)
