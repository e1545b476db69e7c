"""Lists and counts are read off indexes, however many projects, milestones and entries there are."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0010", "0009"
OLD = (("project", "round_id"), ("project", "theme_id"), ("project", "district_id"), ("update", "project_id"))
NEW = (
    ("ix_project_round", "project", ["round_id", "status", "id"]),
    ("ix_project_theme", "project", ["theme_id", "status", "id"]),
    ("ix_project_district", "project", ["district_id", "status", "id"]),
    ("ix_update_project", "update", ["project_id", "state", "published_at", "id"]),
    ("ix_milestone_due", "milestone", ["status", "due_on", "id"]),
    ("ix_milestone_forecast", "milestone", ["forecast_on", "id"]),
    ("ix_change_state", "change", ["state", "id"]),
    ("ix_change_new_plan_id", "change", ["new_plan_id"]),
    ("ix_plan_state", "plan", ["state", "project_id"]),
    ("ix_pledge_state", "pledge", ["state", "id"]),
    ("ix_erasure_request_state", "erasure_request", ["state"]),
    ("ix_role_grant_role", "role_grant", ["role", "person_id"]),
    ("ix_message_moderated", "message", ["moderated_at", "id"]),
    ("ix_idea_ended", "idea", ["ended_at", "id"]),
    ("ix_translation_draft_state", "translation_draft", ["state", "language"]),
    ("ix_second_signature_action", "second_signature", ["action", "id"]),
    ("ix_message_pledge_id", "message", ["pledge_id"]),
)


def _index_actions(columns: list[str]) -> None:
    op.drop_index("ix_entry_action", "entry")
    op.create_index("ix_entry_action", "entry", columns)


def upgrade() -> None:
    for name, table, columns in NEW:
        op.create_index(name, table, columns)
    op.create_index("ix_project_citywide", "project", ["status", "id"], sqlite_where=sa.text("is_citywide = 1"),
                    postgresql_where=sa.text("is_citywide"))
    for table, column in OLD:
        op.drop_index(f"ix_{table}_{column}", table)
    _index_actions(["action", "id"])


def downgrade() -> None:
    _index_actions(["action"])
    for table, column in OLD:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_index("ix_project_citywide", "project")
    for name, table, _columns in NEW:
        op.drop_index(name, table)
