"""The words by which the public finds things. Nothing here is ever shown: what is shown is read from the rows."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db


class Kind(enum.StrEnum):
    """What can be found; INDEX is the row that says how far the index itself is."""

    PROJECT = "project"
    UPDATE = "update"
    WORKSHOP = "workshop"
    IDEA = "idea"
    EVIDENCE = "need_evidence"
    INDEX = "index"


class SearchText(db.Model):
    """The folded words of one public thing in every language it is told in, as `rules_search.tokens` marks them.

    `project_id` is the project it belongs to, where it belongs to one.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(index=True)
    tokens: Mapped[str]

    __table_args__ = (sa.UniqueConstraint("kind", "subject_id"),)


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
DOWN = {"sqlite": ("DROP TABLE IF EXISTS search_fts",), "postgresql": ()}

for _moment, _by_dialect in (("after_create", UP), ("before_drop", DOWN)):
    for _dialect, _statements in _by_dialect.items():
        for _statement in _statements:
            _ddl = sa.DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect)
            sa.event.listen(SearchText.__table__, _moment, _ddl)
