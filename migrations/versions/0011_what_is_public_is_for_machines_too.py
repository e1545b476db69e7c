"""What is public is there for machines: keys, editions, the fediverse, hooks, and rounds from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0011", "0010"
NEW = (
    "arrival", "hook", "remote_reply", "note", "remote_follower", "arrived", "domain_block", "seen_activity",
    "remote_key", "actor", "edition_file", "edition", "api_answer", "api_key", "post", "host",
)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _make_dispatch() -> None:
    op.create_table(
        "host",
        sa.Column("name", sa.String(length=260), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("rests_until", optional=True),
        sa.Column("takes_new_signatures", sa.Boolean(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_host_failures_positive")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", _one_of(("fediverse", "hook"), "postkind"), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=600), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", _one_of(("waiting", "sending", "sent", "failed"), "poststate"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("due_at"),
        _moment("written_at"),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_post_attempts_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("key", name=op.f("uq_post_key")),
    )
    op.create_index("ix_post_due", "post", ["state", "due_at"])
    op.create_index("ix_post_sender", "post", ["kind", "sender_id", "id"])


def _make_api() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("start", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        _moment("made_at"),
        _moment("expires_at"),
        _moment("used_at", optional=True),
        _moment("ended_at", optional=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_key_token_hash")),
    )
    op.create_index("ix_api_key_person_id", "api_key", ["person_id"])
    op.create_table(
        "api_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("api_key_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        _moment("asked_at"),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_key.id"],
                                name=op.f("fk_api_answer_api_key_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answer")),
        sa.UniqueConstraint("api_key_id", "key", name=op.f("uq_api_answer_api_key_id_key")),
    )
    op.create_index("ix_api_answer_asked", "api_answer", ["asked_at"])


def _make_editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=90), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        _moment("made_at"),
        _moment("looked_at"),
        sa.Column("state", _one_of(("kept", "old", "taken_back"), "editionstate"), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_edition_number_positive")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_edition_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("subject", "number", name=op.f("uq_edition_subject_number")),
    )
    op.create_index("ix_edition_round_id", "edition", ["round_id"])
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_edition_file_size_positive")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"],
                                name=op.f("fk_edition_file_edition_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_edition_file_edition_id_name")),
    )


def _make_actors() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(("instance", "programme", "project"), "actorkind"), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("secret_key", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("said_hash", sa.String(length=64), nullable=False),
        _moment("made_at"),
        _moment("gone_at", optional=True),
        sa.CheckConstraint("(kind = 'project') = (project_id IS NOT NULL)", name=op.f("ck_actor_project_has_project")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_actor_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("handle", name=op.f("uq_actor_handle")),
        sa.UniqueConstraint("project_id", name=op.f("uq_actor_project_id")),
    )
    op.create_table(
        "remote_key",
        sa.Column("uri", sa.String(length=600), nullable=False),
        sa.Column("owner", sa.String(length=600), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        _moment("fetched_at"),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_remote_key")),
    )
    op.create_index("ix_remote_key_owner", "remote_key", ["owner"])
    op.create_table(
        "seen_activity",
        sa.Column("uri_hash", sa.String(length=64), nullable=False),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("uri_hash", name=op.f("pk_seen_activity")),
    )
    op.create_index("ix_seen_activity_seen_at", "seen_activity", ["seen_at"])
    op.create_table(
        "domain_block",
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        _moment("made_at"),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_domain_block_made_by_id")),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_domain_block")),
    )
    op.create_index("ix_domain_block_made_by_id", "domain_block", ["made_by_id"])


def _make_followers() -> None:
    op.create_table(
        "arrived",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=600), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("due_at"),
        _moment("came_at"),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_arrived_actor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrived")),
    )
    op.create_index("ix_arrived_actor_id", "arrived", ["actor_id"])
    op.create_index("ix_arrived_due_at", "arrived", ["due_at"])
    op.create_table(
        "remote_follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=600), nullable=False),
        sa.Column("inbox", sa.String(length=600), nullable=False),
        sa.Column("shared_inbox", sa.String(length=600), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        _moment("since"),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"],
                                name=op.f("fk_remote_follower_actor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_follower")),
        sa.UniqueConstraint("actor_id", "uri", name=op.f("uq_remote_follower_actor_id_uri")),
    )
    op.create_index("ix_remote_follower_host", "remote_follower", ["host"])
    op.create_index("ix_remote_follower_uri", "remote_follower", ["uri"])


def _make_notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("said_hash", sa.String(length=64), nullable=False),
        _moment("published_at"),
        _moment("updated_at", optional=True),
        _moment("withdrawn_at", optional=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_note_actor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_note_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("update_id", name=op.f("uq_note_update_id")),
    )
    op.create_index("ix_note_actor_id", "note", ["actor_id"])
    op.create_table(
        "remote_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.String(length=600), nullable=False),
        sa.Column("author", sa.String(length=600), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        _moment("came_at"),
        sa.Column("state", _one_of(("waiting", "read", "deleted"), "replystate"), nullable=False),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        _moment("handled_at", optional=True),
        sa.ForeignKeyConstraint(["handled_by_id"], ["person.id"], name=op.f("fk_remote_reply_handled_by_id")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_remote_reply_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_reply")),
        sa.UniqueConstraint("uri", name=op.f("uq_remote_reply_uri")),
    )
    op.create_index("ix_remote_reply_handled_by_id", "remote_reply", ["handled_by_id"])
    op.create_index("ix_remote_reply_note_id", "remote_reply", ["note_id"])
    op.create_index("ix_remote_reply_state", "remote_reply", ["state", "id"])


def _make_hooks() -> None:
    op.create_table(
        "hook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=600), nullable=False),
        sa.Column("secret", sa.String(length=300), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        _moment("made_at"),
        _moment("ended_at", optional=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("failed >= 0", name=op.f("ck_hook_failed_positive")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_hook_made_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_hook_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
    )
    op.create_index("ix_hook_made_by_id", "hook", ["made_by_id"])
    op.create_index("ix_hook_organisation_id", "hook", ["organisation_id"])


def _make_arrivals() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("archive_hash", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("public_key", sa.String(length=100), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        _moment("taken_at"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_arrival_round_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_arrival_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.UniqueConstraint("archive_hash", name=op.f("uq_arrival_archive_hash")),
    )
    op.create_index("ix_arrival_round_id", "arrival", ["round_id"])
    op.create_index("ix_arrival_taken_by_id", "arrival", ["taken_by_id"])


def upgrade() -> None:
    _make_dispatch()
    _make_api()
    _make_editions()
    _make_actors()
    _make_followers()
    _make_notes()
    _make_hooks()
    _make_arrivals()
    op.add_column("round", sa.Column("takes_replies", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("round") as batch_op:
        batch_op.drop_column("takes_replies")
    for table in NEW:
        op.drop_table(table)
