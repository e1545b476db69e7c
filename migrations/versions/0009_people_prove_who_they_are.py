"""People prove who they are twice, may ask to be forgotten, and browsers tell what our policy refused."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0009", "0008"
KINDS = ("invitation", "sign_in", "reset")
STATES = ("asked", "done", "withdrawn")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _let_tickets_be(kinds: tuple[str, ...]) -> None:
    words = ", ".join(f"'{each}'" for each in kinds)
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ticket_ticketkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_ticket_ticketkind"), f"kind IN ({words})")


def _make_proofs() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=2048), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        _moment("made_at"),
        _moment("used_at", optional=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.create_table(
        "code_app",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=300), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _moment("made_at"),
        _moment("confirmed_at", optional=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_code_app_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_app")),
        sa.UniqueConstraint("person_id", name=op.f("uq_code_app_person_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        _moment("made_at"),
        _moment("used_at", optional=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("person_id", "code_hash", name=op.f("uq_recovery_code_person_id_code_hash")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"])
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("value", sa.LargeBinary(length=64), nullable=False),
        _moment("made_at"),
        _moment("expires_at"),
        _moment("used_at", optional=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_challenge_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_challenge_token_hash")),
    )
    op.create_index(op.f("ix_challenge_person_id"), "challenge", ["person_id"])


def upgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("outside_id", sa.String(length=400)))
        batch_op.add_column(_moment("erased_at", optional=True))
        batch_op.create_unique_constraint(batch_op.f("uq_person_outside_id"), ["outside_id"])
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.add_column(_moment("proved_at", optional=True))
        batch_op.add_column(sa.Column("proof", sa.String(length=20), nullable=False, server_default=""))
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.alter_column("proof", server_default=None)
    _let_tickets_be((*KINDS, "mail"))
    _make_proofs()
    op.create_table(
        "browser_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive", sa.String(length=60), nullable=False),
        sa.Column("blocked", sa.String(length=200), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _moment("first_at"),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_report")),
        sa.UniqueConstraint("directive", "blocked", "page", name=op.f("uq_browser_report_directive_blocked_page")),
    )
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("asked_at"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _one_of(STATES, "erasurestate"), nullable=False),
        _moment("decided_at", optional=True),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state = 'asked' OR decided_at IS NOT NULL",
                           name=op.f("ck_erasure_request_decided_has_a_moment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_request_person_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_erasure_request_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    op.create_index(op.f("ix_erasure_request_person_id"), "erasure_request", ["person_id"])
    op.create_index("ix_erasure_request_one_open", "erasure_request", ["person_id"], unique=True,
                    sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))


def downgrade() -> None:
    for name in ("erasure_request", "browser_report", "challenge", "recovery_code", "code_app", "passkey"):
        op.drop_table(name)
    op.execute("DELETE FROM ticket WHERE kind = 'mail'")
    _let_tickets_be(KINDS)
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.drop_column("proof")
        batch_op.drop_column("proved_at")
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_outside_id"), type_="unique")
        batch_op.drop_column("erased_at")
        batch_op.drop_column("outside_id")
