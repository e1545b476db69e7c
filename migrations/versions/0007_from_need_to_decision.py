"""From need to decision: sign-ups, boards, public ideas; proposals are checked, scored and decided together.

What a person without an account leaves behind (a sign-up, an idea, a card) has its own row with as little as is needed
to answer it. An idea that is public already was so with consent, and a proposal handed in counts from that day.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"
DOCUMENT_BEFORE = ("mentoring_agreement", "award_notice", "funds_request", "final_report", "closing_notice")
DOCUMENT_NOW = (*DOCUMENT_BEFORE, "cooperation_agreement")
CHECKS = {
    "idea": {
        "public_with_consent": "NOT is_public OR may_be_public",
        "mail_can_be_answered": "mail = '' OR (salt <> '' AND answer_language <> '')",
        "helper_says_how": "NOT for_somebody OR consent_note <> ''",
    },
    "pledge": {"done_positive": "done_quantity IS NULL OR done_quantity >= 0"},
    "project": {
        "translation_has_due_date": "(translation_asked_on IS NULL) = (translation_due_on IS NULL)",
        "translation_was_asked": "translation_received_on IS NULL OR translation_asked_on IS NOT NULL",
    },
    "round": {
        "points_range": "panel_points_max BETWEEN 2 AND 20",
        "translation_days_range": "translation_due_days BETWEEN 1 AND 180",
    },
    "workshop": {"places_positive": "places IS NULL OR places > 0"},
}
NEEDED_ONCE = {
    "idea": {
        "may_be_public": sa.Boolean(),
        "mail": sa.String(254),
        "answer_language": sa.String(20),
        "salt": sa.String(32),
        "for_somebody": sa.Boolean(),
        "consent_note": sa.String(300),
    },
    "letter": {"calendar": sa.String()},
    "need_evidence": {"languages": sa.JSON()},
    "project": {"resolution_url": sa.String(500)},
    "round": {
        "takes_ideas": sa.Boolean(),
        "check_points": sa.JSON(),
        "asks_translation": sa.Boolean(),
        "official_language": sa.String(20),
        "translation_due_days": sa.Integer(),
        "has_panel": sa.Boolean(),
        "panel_points_max": sa.Integer(),
        "publishes_together": sa.Boolean(),
        "pledge_values": sa.JSON(),
        "rule_sources": sa.JSON(),
    },
    "workshop": {"takes_signups": sa.Boolean()},
}


def _kinds(kinds: tuple[str, ...]) -> None:
    """Say which kinds of documents there are."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_document_documentkind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_document_documentkind"), f"kind IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_criterion_weight_range")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_criterion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_round_id"), ["round_id"], unique=False)

    op.create_table(
        "mentor_profile",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mentor_profile_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mentor_profile")),
    )
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_panel_member_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_member_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_panel_member_current",
            ["round_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "partner_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_partner_link_made_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_partner_link_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_link")),
    )
    with op.batch_alter_table("partner_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_link_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_partner_link_open",
            ["organisation_id", "mail"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "panel",
                "committee",
                "council",
                name="decidingbody",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_resolution_recorded_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_resolution_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("round_id", "kind", "reference", name=op.f("uq_resolution_round_id_kind_reference")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_round_id"), ["round_id"], unique=False)

    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "collecting",
                "marking",
                "closed",
                name="boardstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dots_per_device", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_board_closed_has_moment")),
        sa.CheckConstraint("dots_per_device BETWEEN 1 AND 20", name=op.f("ck_board_dots_range")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_board_revision_positive")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_board_opened_by_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_board_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("code", name=op.f("uq_board_code")),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "mentor_theme",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["mentor_profile.person_id"], name=op.f("fk_mentor_theme_person_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_mentor_theme_theme_id")),
        sa.PrimaryKeyConstraint("person_id", "theme_id", name=op.f("pk_mentor_theme")),
    )
    op.create_table(
        "signup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("interpreter", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "coming",
                "waiting",
                "cancelled",
                name="signupstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'cancelled' OR ended_at IS NOT NULL", name=op.f("ck_signup_cancelled_has_moment")),
        sa.CheckConstraint(
            "state NOT IN ('coming', 'waiting') OR confirmed_at IS NOT NULL", name=op.f("ck_signup_place_is_confirmed")
        ),
        sa.CheckConstraint("children BETWEEN 0 AND 9", name=op.f("ck_signup_children_range")),
        sa.CheckConstraint("people BETWEEN 1 AND 5", name=op.f("ck_signup_people_range")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_signup_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup")),
        sa.UniqueConstraint("workshop_id", "mail", name=op.f("uq_signup_workshop_id_mail")),
    )
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.create_index("ix_signup_order", ["workshop_id", "state", "confirmed_at", "id"], unique=False)

    op.create_table(
        "board_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_group_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_group")),
    )
    with op.batch_alter_table("board_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_group_board_id"), ["board_id"], unique=False)

    op.create_table(
        "idea_trigram",
        sa.Column("trigram", sa.String(length=3), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_trigram_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("trigram", "idea_id", name=op.f("pk_idea_trigram")),
    )
    with op.batch_alter_table("idea_trigram", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_trigram_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_attachment_added_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_attachment_paper_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_attachment_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_attachment_paper_id")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_project_id"), ["project_id"], unique=False)

    op.create_table(
        "board_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("phone", "paper", name="cardsource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_board_card_has_text")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_board_card_merged_not_into_itself")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_card_board_id")),
        sa.ForeignKeyConstraint(["group_id"], ["board_group.id"], name=op.f("fk_board_card_group_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_board_card_idea_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["board_card.id"], name=op.f("fk_board_card_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_card")),
        sa.UniqueConstraint("board_id", "key", name=op.f("uq_board_card_board_id_key")),
    )
    with op.batch_alter_table("board_card", schema=None) as batch_op:
        batch_op.create_index("ix_board_card_device", ["board_id", "device"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_card_group_id"), ["group_id"], unique=False)
        batch_op.create_index("ix_board_card_place", ["board_id", "group_id", "position"], unique=False)

    op.create_table(
        "carrier_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "taken_back",
                "ended",
                name="carrieranswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'asked' OR answered_at IS NOT NULL", name=op.f("ck_carrier_request_answer_has_moment")
        ),
        sa.CheckConstraint(
            "state NOT IN ('declined', 'ended') OR reason <> ''", name=op.f("ck_carrier_request_no_has_reason")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_carrier_request_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_carrier_request_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_carrier_request_organisation_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_carrier_request_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_request")),
    )
    with op.batch_alter_table("carrier_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carrier_request_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_carrier_request_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_carrier_request_open",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'accepted')"),
        )

    op.create_table(
        "check_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=200), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "met", "missing", "not_needed", name="checkresult", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_check_mark_checked_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_check_mark_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_mark")),
        sa.UniqueConstraint("project_id", "point", name=op.f("uq_check_mark_project_id_point")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "award", "waitlist", "reject", name="outcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("points_milli", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(length=80), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome <> 'award' OR notice_number <> ''", name=op.f("ck_decision_award_has_notice")),
        sa.CheckConstraint("outcome <> 'reject' OR reason <> ''", name=op.f("ck_decision_no_has_reason")),
        sa.CheckConstraint("place IS NULL OR place >= 1", name=op.f("ck_decision_place_positive")),
        sa.CheckConstraint("published_at IS NULL OR dropped_at IS NULL", name=op.f("ck_decision_one_end")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_decision_prepared_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_decision_project_id")),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolution.id"], name=op.f("fk_decision_resolution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_resolution_id"), ["resolution_id"], unique=False)
        batch_op.create_index(
            "uq_decision_waiting",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("published_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL AND dropped_at IS NULL"),
        )

    op.create_table(
        "partner_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "taken_back",
                name="invitationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state = 'asked' OR answered_at IS NOT NULL", name=op.f("ck_partner_invitation_answer_has_moment")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_partner_invitation_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_partner_invitation_organisation_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_partner_invitation_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_invitation")),
    )
    with op.batch_alter_table("partner_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_invitation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_invitation_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_partner_invitation_open",
            ["project_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "given", "void", name="sheetstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'void') = (void_at IS NOT NULL)", name=op.f("ck_score_sheet_void_has_moment")),
        sa.CheckConstraint("state <> 'given' OR given_at IS NOT NULL", name=op.f("ck_score_sheet_given_has_moment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_score_sheet_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_score_sheet_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("project_id", "person_id", name=op.f("uq_score_sheet_project_id_person_id")),
    )
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_sheet_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_score_sheet_project_id"), ["project_id"], unique=False)

    op.create_table(
        "board_dot",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_dot_board_id")),
        sa.ForeignKeyConstraint(["card_id"], ["board_card.id"], name=op.f("fk_board_dot_card_id")),
        sa.PrimaryKeyConstraint("card_id", "device", name=op.f("pk_board_dot")),
    )
    with op.batch_alter_table("board_dot", schema=None) as batch_op:
        batch_op.create_index("ix_board_dot_device", ["board_id", "device"], unique=False)

    op.create_table(
        "mentoring_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("spoken_language", sa.String(length=60), nullable=False),
        sa.Column("confidentiality", sa.String(), nullable=False),
        sa.Column("limits", sa.String(), nullable=False),
        sa.Column("how_it_ends", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_mentoring_agreement_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_mentoring_agreement_assignment_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_mentoring_agreement_project_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_mentoring_agreement_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_agreement")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_mentoring_agreement_project_id_number")),
    )
    with op.batch_alter_table("mentoring_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentoring_agreement_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentoring_agreement_project_id"), ["project_id"], unique=False)

    op.create_table(
        "planned_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "on_site", "phone", "video", name="sessionmode", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "initial_consultation",
                "accompaniment",
                "budget_advice",
                "crisis",
                "closing",
                name="sessionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned", "held", "cancelled", name="talkstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (session_id IS NOT NULL)", name=op.f("ck_planned_talk_held_has_session")
        ),
        sa.CheckConstraint("minutes > 0 AND minutes <= 720", name=op.f("ck_planned_talk_minutes_plausible")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_planned_talk_sequence_positive")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["person.id"], name=op.f("fk_planned_talk_planned_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_planned_talk_project_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_planned_talk_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_talk")),
        sa.UniqueConstraint("session_id", name=op.f("uq_planned_talk_session_id")),
    )
    with op.batch_alter_table("planned_talk", schema=None) as batch_op:
        batch_op.create_index("ix_planned_talk_day", ["state", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_planned_talk_project_id"), ["project_id"], unique=False)

    op.create_table(
        "pledge_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_pledge_proof_has_text")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_pledge_proof_quantity_positive")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_pledge_proof_paper_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_proof_pledge_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_pledge_proof_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_proof")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_pledge_proof_paper_id")),
    )
    with op.batch_alter_table("pledge_proof", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_proof_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_score_has_reason")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_score_points_positive")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_score_sheet_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("sheet_id", "criterion_id", name=op.f("uq_score_sheet_id_criterion_id")),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_criterion_id"), ["criterion_id"], unique=False)

    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'mentor', 'coordinator')", name=op.f("ck_agreement_signature_role_known")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["mentoring_agreement.id"], name=op.f("fk_agreement_signature_agreement_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_signature_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint("agreement_id", "role", name=op.f("uq_agreement_signature_agreement_id_role")),
    )
    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_signature_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("agreed_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_agreed_step_owner_id"), ["owner_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_agreed_step_owner_id"), "person", ["owner_id"], ["id"])

    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_be_public", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("mail", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("answer_language", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("salt", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("for_somebody", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("consent_note", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("photo_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_idea_mail"), ["mail"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_idea_photo_id"), "photo", ["photo_id"], ["id"])

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_milestone_step_id"), ["step_id"])
        batch_op.create_foreign_key(batch_op.f("fk_milestone_step_id"), "agreed_step", ["step_id"], ["id"])

    with op.batch_alter_table("need_evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done_quantity", sa.Integer(), nullable=True))

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("translation_asked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("translation_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("translation_received_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("resolution_url", sa.String(length=500), nullable=False, server_default=""))

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("takes_ideas", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("check_points", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("asks_translation", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("official_language", sa.String(length=20), nullable=False, server_default="de"))
        batch_op.add_column(sa.Column("translation_due_days", sa.Integer(), nullable=False, server_default="14"))
        batch_op.add_column(sa.Column("has_panel", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("panel_points_max", sa.Integer(), nullable=False, server_default="5"))
        batch_op.add_column(sa.Column("publishes_together", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("pledge_values", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rule_sources", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key(batch_op.f("fk_round_copied_from_id"), "round", ["copied_from_id"], ["id"])

    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("takes_signups", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("places", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signups_until", sa.DateTime(timezone=True), nullable=True))

    op.execute("UPDATE idea SET may_be_public = is_public")
    op.execute("UPDATE project SET received_on = DATE(submitted_at) WHERE submitted_at IS NOT NULL")
    for table, names in NEEDED_ONCE.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind in names.items():
                batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, rule in checks.items():
                batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), rule)
    _kinds(DOCUMENT_NOW)


def downgrade() -> None:
    op.execute("DELETE FROM document WHERE kind = 'cooperation_agreement'")
    _kinds(DOCUMENT_BEFORE)
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in checks:
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("signups_until")
        batch_op.drop_column("places")
        batch_op.drop_column("takes_signups")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_round_copied_from_id"), type_="foreignkey")
        batch_op.drop_column("rule_sources")
        batch_op.drop_column("copied_from_id")
        batch_op.drop_column("pledge_values")
        batch_op.drop_column("publishes_together")
        batch_op.drop_column("panel_points_max")
        batch_op.drop_column("has_panel")
        batch_op.drop_column("translation_due_days")
        batch_op.drop_column("official_language")
        batch_op.drop_column("asks_translation")
        batch_op.drop_column("check_points")
        batch_op.drop_column("takes_ideas")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("resolution_url")
        batch_op.drop_column("received_on")
        batch_op.drop_column("translation_received_on")
        batch_op.drop_column("translation_due_on")
        batch_op.drop_column("translation_asked_on")

    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.drop_column("done_quantity")

    with op.batch_alter_table("need_evidence", schema=None) as batch_op:
        batch_op.drop_column("languages")

    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_milestone_step_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_milestone_step_id"), type_="unique")
        batch_op.drop_column("step_id")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_idea_photo_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_idea_mail"))
        batch_op.drop_column("photo_id")
        batch_op.drop_column("consent_note")
        batch_op.drop_column("for_somebody")
        batch_op.drop_column("salt")
        batch_op.drop_column("answer_language")
        batch_op.drop_column("mail")
        batch_op.drop_column("may_be_public")

    with op.batch_alter_table("agreed_step", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreed_step_owner_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agreed_step_owner_id"))
        batch_op.drop_column("owner_id")

    with op.batch_alter_table("agreement_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_signature_person_id"))

    op.drop_table("agreement_signature")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_criterion_id"))

    op.drop_table("score")
    with op.batch_alter_table("pledge_proof", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_proof_pledge_id"))

    op.drop_table("pledge_proof")
    with op.batch_alter_table("planned_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_talk_project_id"))
        batch_op.drop_index("ix_planned_talk_day")

    op.drop_table("planned_talk")
    with op.batch_alter_table("mentoring_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_agreement_project_id"))
        batch_op.drop_index(batch_op.f("ix_mentoring_agreement_assignment_id"))

    op.drop_table("mentoring_agreement")
    with op.batch_alter_table("board_dot", schema=None) as batch_op:
        batch_op.drop_index("ix_board_dot_device")

    op.drop_table("board_dot")
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_sheet_project_id"))
        batch_op.drop_index(batch_op.f("ix_score_sheet_person_id"))

    op.drop_table("score_sheet")
    with op.batch_alter_table("partner_invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_partner_invitation_open",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_partner_invitation_project_id"))
        batch_op.drop_index(batch_op.f("ix_partner_invitation_organisation_id"))

    op.drop_table("partner_invitation")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_waiting",
            sqlite_where=sa.text("published_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL AND dropped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_resolution_id"))
        batch_op.drop_index(batch_op.f("ix_decision_project_id"))

    op.drop_table("decision")
    op.drop_table("check_mark")
    with op.batch_alter_table("carrier_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_carrier_request_open",
            sqlite_where=sa.text("state IN ('asked', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'accepted')"),
        )
        batch_op.drop_index(batch_op.f("ix_carrier_request_project_id"))
        batch_op.drop_index(batch_op.f("ix_carrier_request_organisation_id"))

    op.drop_table("carrier_request")
    with op.batch_alter_table("board_card", schema=None) as batch_op:
        batch_op.drop_index("ix_board_card_place")
        batch_op.drop_index(batch_op.f("ix_board_card_group_id"))
        batch_op.drop_index("ix_board_card_device")

    op.drop_table("board_card")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_project_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("idea_trigram", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_trigram_idea_id"))

    op.drop_table("idea_trigram")
    with op.batch_alter_table("board_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_group_board_id"))

    op.drop_table("board_group")
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_index("ix_signup_order")

    op.drop_table("signup")
    op.drop_table("mentor_theme")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_workshop_id"))

    op.drop_table("board")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_round_id"))

    op.drop_table("resolution")
    with op.batch_alter_table("partner_link", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_partner_link_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_partner_link_organisation_id"))

    op.drop_table("partner_link")
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_panel_member_current", sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_panel_member_round_id"))
        batch_op.drop_index(batch_op.f("ix_panel_member_person_id"))

    op.drop_table("panel_member")
    op.drop_table("mentor_profile")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_round_id"))

    op.drop_table("criterion")
