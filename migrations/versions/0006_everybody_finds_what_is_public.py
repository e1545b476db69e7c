"""Everybody finds what is public: the words of public texts get an index, whatever their language.

SQLite keeps it in an FTS5 table that follows `search_text` by triggers, PostgreSQL in a tsvector made of the same
words. Both begin empty; the next tick fills them from the public rows.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"

UP = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_text', content_rowid='id', "
        "tokenize='ascii', detail=none, prefix='4 5')",
        "CREATE TRIGGER search_text_put AFTER INSERT ON search_text BEGIN "
        "INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens); END",
        "CREATE TRIGGER search_text_taken AFTER DELETE ON search_text BEGIN "
        "INSERT INTO search_fts (search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
        "CREATE TRIGGER search_text_changed AFTER UPDATE ON search_text BEGIN "
        "INSERT INTO search_fts (search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
        "INSERT INTO search_fts (rowid, tokens) VALUES (new.id, new.tokens); END",
    ),
    "postgresql": (
        "ALTER TABLE search_text ADD COLUMN vector tsvector NOT NULL "
        "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED",
        "CREATE INDEX ix_search_text_vector ON search_text USING gin (vector)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("tokens", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_search_text_kind_subject_id")),
    )
    op.create_index(op.f("ix_search_text_project_id"), "search_text", ["project_id"], unique=False)
    for statement in UP[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("search_text")
