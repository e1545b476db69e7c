"""Lists and counts are read off indexes, however many projects, milestones and entries there are."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0010", "0009"
WHOLE = ("round_id", "theme_id", "district_id")
NEW = (
    ("ix_project_round", "project", ["round_id", "status", "id"]),
    ("ix_project_theme", "project", ["theme_id", "status", "id"]),
    ("ix_project_district", "project", ["district_id", "status", "id"]),
    ("ix_milestone_due", "milestone", ["status", "due_on", "id"]),
    ("ix_milestone_forecast", "milestone", ["forecast_on", "id"]),
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
    for column in WHOLE:
        op.drop_index(f"ix_project_{column}", "project")
    _index_actions(["action", "id"])


def downgrade() -> None:
    _index_actions(["action"])
    for column in WHOLE:
        op.create_index(f"ix_project_{column}", "project", [column])
    op.drop_index("ix_project_citywide", "project")
    for name, table, _columns in NEW:
        op.drop_index(name, table)
