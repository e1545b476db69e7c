"""People ask, offer help, and hear of news in more ways; needs, workshops and ideas stand before the proposal.

Evidence, workshops and ideas are facts of their own, because a project must be able to name what it grew from. News
may wait for the coordinator and may be corrected; a letter knows its topic, so that people can choose what they hear.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"
UPDATE_BEFORE = ("draft", "published", "withdrawn")
UPDATE_NOW = ("draft", "proposed", "returned", "published", "withdrawn")
LETTER_BEFORE = ("waiting", "sending", "sent", "failed")
LETTER_NOW = ("waiting", "gathered", "told", "sending", "sent", "failed")

NEEDED_ONCE = {
    "letter": {"topic": sa.String(20)},
    "round": {"milestone_reminder_days": sa.JSON(), "reviews_news": sa.Boolean(), "takes_questions": sa.Boolean()},
    "update": {"review_note": sa.String(), "correction_note": sa.String(200)},
}


def _states(table: str, name: str, states: tuple[str, ...]) -> None:
    """Say in which states the rows of a table may be."""
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), f"state IN ({listed})")


def upgrade() -> None:

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.String(length=600), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.CheckConstraint("failed >= 0", name=op.f("ck_device_failed_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_device_endpoint")),
    )
    op.create_table(
        "preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column(
            "wish",
            sa.Enum("now", "digest", "never", name="wish", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_preference")),
    )
    op.create_table(
        "shape_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("licence_url", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_shape_set_box_has_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shape_set")),
    )
    op.create_table(
        "device_following",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "project",
                "district",
                "theme",
                "programme",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'programme') = (target_id = 0)", name=op.f("ck_device_following_programme_is_all")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_device_following_device_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_id", "kind", "target_id", name=op.f("pk_device_following")),
    )
    with op.batch_alter_table("device_following", schema=None) as batch_op:
        batch_op.create_index("ix_device_following_target", ["kind", "target_id", "device_id"], unique=False)

    op.create_table(
        "district_shape",
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("label_x", sa.Integer(), nullable=False),
        sa.Column("label_y", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_district_shape_district_id")),
        sa.PrimaryKeyConstraint("district_id", name=op.f("pk_district_shape")),
    )
    op.create_table(
        "need_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "social_space_analysis",
                "milieu_study",
                "survey",
                "workshop",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("indicator", sa.String(length=200), nullable=False),
        sa.Column("number_of_answers", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("pct", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number_of_answers IS NOT NULL OR pct IS NOT NULL", name=op.f("ck_need_evidence_has_figure")
        ),
        sa.CheckConstraint(
            "number_of_answers IS NULL OR (base IS NOT NULL AND number_of_answers <= base)",
            name=op.f("ck_need_evidence_count_has_base"),
        ),
        sa.CheckConstraint(
            "number_of_answers IS NULL OR number_of_answers >= 5", name=op.f("ck_need_evidence_count_points_at_nobody")
        ),
        sa.CheckConstraint("pct IS NULL OR pct BETWEEN 0 AND 100", name=op.f("ck_need_evidence_pct_range")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_need_evidence_district_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_need_evidence_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_evidence")),
    )
    with op.batch_alter_table("need_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_evidence_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_evidence_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "push",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "failed",
                name="pushstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_push_device_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push")),
        sa.UniqueConstraint("key", name=op.f("uq_push_key")),
    )
    with op.batch_alter_table("push", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_push_device_id"), ["device_id"], unique=False)
        batch_op.create_index("ix_push_due", ["state", "due_at"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "focus_group",
                "future_workshop",
                "project_conference",
                name="workshopkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("has_interpreters", sa.Boolean(), nullable=False),
        sa.Column("has_childcare", sa.Boolean(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="workshopstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_workshop_ends_after_start")),
        sa.CheckConstraint(
            "participants IS NULL OR participants >= 5", name=op.f("ck_workshop_count_points_at_nobody")
        ),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_workshop_district_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_workshop_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("slug", name=op.f("uq_workshop_slug")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_workshop_starts", ["starts_at"], unique=False)

    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "in_review",
                "accepted_for_workshop",
                "promoted",
                "merged",
                "referred",
                "parked",
                "declined",
                name="ideastate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_idea_merged_into_another")
        ),
        sa.CheckConstraint(
            "state NOT IN ('merged', 'referred', 'parked', 'declined') OR reason <> ''",
            name=op.f("ck_idea_end_has_reason"),
        ),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_idea_merged_not_into_itself")
        ),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_idea_district_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_idea_entered_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["idea.id"], name=op.f("fk_idea_merged_into_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_idea_round_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_idea_theme_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_idea_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_district_id"), ["district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_idea_state", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "workshop_theme",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_workshop_theme_theme_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_theme_workshop_id")),
        sa.PrimaryKeyConstraint("workshop_id", "theme_id", name=op.f("pk_workshop_theme")),
    )
    op.create_table(
        "idea_evidence",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["need_evidence.id"], name=op.f("fk_idea_evidence_evidence_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_evidence_idea_id")),
        sa.PrimaryKeyConstraint("idea_id", "evidence_id", name=op.f("pk_idea_evidence")),
    )
    op.create_table(
        "project_evidence",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["need_evidence.id"], name=op.f("fk_project_evidence_evidence_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_evidence_project_id")),
        sa.PrimaryKeyConstraint("project_id", "evidence_id", name=op.f("pk_project_evidence")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("question", "offer", name="messagekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "passed",
                "kept_back",
                "answered",
                "closed",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("public_text", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column(
            "help_kind",
            sa.Enum(
                "room",
                "hours",
                "languages",
                "material",
                name="helpkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("quantity", sa.String(length=80), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moderated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moderated_by_id", sa.Integer(), nullable=True),
        sa.Column("moderation_note", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answer_language", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'offer') = (help_kind IS NOT NULL)", name=op.f("ck_message_offer_has_kind")),
        sa.CheckConstraint(
            "NOT is_public OR (kind = 'question' AND state = 'answered' AND answer <> '' AND public_text <> '')",
            name=op.f("ck_message_public_is_answered_question"),
        ),
        sa.CheckConstraint("kind <> 'offer' OR mail <> ''", name=op.f("ck_message_offer_can_be_answered")),
        sa.CheckConstraint("pledge_id IS NULL OR kind = 'offer'", name=op.f("ck_message_pledge_comes_of_offer")),
        sa.CheckConstraint(
            "state <> 'answered' OR answered_at IS NOT NULL", name=op.f("ck_message_answered_has_moment")
        ),
        sa.CheckConstraint(
            "state = 'waiting' OR moderated_at IS NOT NULL", name=op.f("ck_message_moderated_has_moment")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_message_answered_by_id")),
        sa.ForeignKeyConstraint(["moderated_by_id"], ["person.id"], name=op.f("fk_message_moderated_by_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_message_pledge_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_message_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_message_state", ["state", "id"], unique=False)

    op.create_table(
        "update_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["person.id"], name=op.f("fk_update_version_replaced_by_id")),
        sa.ForeignKeyConstraint(["update_id"], ["update.id"], name=op.f("fk_update_version_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_version")),
    )
    with op.batch_alter_table("update_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_update_version_update_id"), ["update_id"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.String(length=20), nullable=False, server_default=""))

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("idea_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_project_idea_id"), ["idea_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_project_idea_id"), "idea", ["idea_id"], ["id"])

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("milestone_reminder_days", sa.JSON(), nullable=False, server_default="[14, 3, 0]")
        )
        batch_op.add_column(sa.Column("reviews_news", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("takes_questions", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("lateness_public_after_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_note", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reviewed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("correction_note", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_update_reviewed_by_id"), "person", ["reviewed_by_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_update_returned_has_reason"), "state <> 'returned' OR review_note <> ''"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_update_correction_has_note"), "corrected_at IS NULL OR correction_note <> ''"
        )

    for table, names in NEEDED_ONCE.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind in names.items():
                batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)

    _states("update", "updatestate", UPDATE_NOW)
    _states("letter", "letterstate", LETTER_NOW)


def downgrade() -> None:
    op.execute("UPDATE \"update\" SET state = 'draft' WHERE state IN ('proposed', 'returned')")
    op.execute("UPDATE letter SET state = 'failed' WHERE state IN ('gathered', 'told')")
    _states("letter", "letterstate", LETTER_BEFORE)
    _states("update", "updatestate", UPDATE_BEFORE)

    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_update_correction_has_note"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_update_returned_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_update_reviewed_by_id"), type_="foreignkey")
        batch_op.drop_column("correction_note")
        batch_op.drop_column("corrected_at")
        batch_op.drop_column("reviewed_by_id")
        batch_op.drop_column("review_note")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("lateness_public_after_days")
        batch_op.drop_column("takes_questions")
        batch_op.drop_column("reviews_news")
        batch_op.drop_column("milestone_reminder_days")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_project_idea_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_project_idea_id"))
        batch_op.drop_column("idea_id")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("topic")

    with op.batch_alter_table("update_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_update_version_update_id"))

    op.drop_table("update_version")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_state")
        batch_op.drop_index(batch_op.f("ix_message_project_id"))

    op.drop_table("message")
    op.drop_table("project_evidence")
    op.drop_table("idea_evidence")
    op.drop_table("workshop_theme")
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_idea_theme_id"))
        batch_op.drop_index("ix_idea_state")
        batch_op.drop_index(batch_op.f("ix_idea_round_id"))
        batch_op.drop_index(batch_op.f("ix_idea_district_id"))

    op.drop_table("idea")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index("ix_workshop_starts")
        batch_op.drop_index(batch_op.f("ix_workshop_round_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_district_id"))

    op.drop_table("workshop")
    with op.batch_alter_table("push", schema=None) as batch_op:
        batch_op.drop_index("ix_push_due")
        batch_op.drop_index(batch_op.f("ix_push_device_id"))

    op.drop_table("push")
    with op.batch_alter_table("need_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_evidence_theme_id"))
        batch_op.drop_index(batch_op.f("ix_need_evidence_district_id"))

    op.drop_table("need_evidence")
    op.drop_table("district_shape")
    with op.batch_alter_table("device_following", schema=None) as batch_op:
        batch_op.drop_index("ix_device_following_target")

    op.drop_table("device_following")
    op.drop_table("shape_set")
    op.drop_table("preference")
    op.drop_table("device")
