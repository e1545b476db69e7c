"""In every language: translations wait for a second reader, people read more than one, barriers become cases.

Translations that are there already are what everybody reads, so they stay published; their moment is not known.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0008", "0007"
ORIGINS = ("author", "volunteer", "official", "machine")
STATES = ("writing", "ready", "reviewed")
LISTS = ("also_reads", "tours")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("translation") as batch_op:
        batch_op.add_column(sa.Column("author", sa.String(36)))
        batch_op.add_column(sa.Column("reviewer", sa.String(36)))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("person") as batch_op:
        for name in LISTS:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("person") as batch_op:
        for name in LISTS:
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "translation_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_type", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("origin", _one_of(ORIGINS, "origin"), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=36)),
        sa.Column("reviewer", sa.String(length=36)),
        sa.Column("state", _one_of(STATES, "draftstate"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'reviewed' OR reviewer IS NOT NULL",
                           name=op.f("ck_translation_draft_reviewed_by_somebody")),
        sa.CheckConstraint("reviewer IS NULL OR author IS NULL OR reviewer <> author",
                           name=op.f("ck_translation_draft_two_pairs_of_eyes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_draft")),
        sa.UniqueConstraint("owner_type", "owner_id", "field", "language",
                            name=op.f("uq_translation_draft_owner_type_owner_id_field_language")),
    )
    op.create_index("ix_translation_draft_language", "translation_draft", ["language", "state"])
    op.create_table(
        "barrier_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answer_language", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("answered_at IS NULL OR answer <> ''", name=op.f("ck_barrier_report_answered_has_words")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_barrier_report_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_report")),
    )
    op.create_index("ix_barrier_report_open", "barrier_report", ["answered_at", "due_on"])


def downgrade() -> None:
    op.drop_table("barrier_report")
    op.drop_table("translation_draft")
    with op.batch_alter_table("person") as batch_op:
        for name in LISTS:
            batch_op.drop_column(name)
    with op.batch_alter_table("translation") as batch_op:
        for name in ("author", "reviewer", "published_at"):
            batch_op.drop_column(name)
