"""Money is paid, proved and settled: funds requests, receipts, the ledger, changes, final reports, documents.

Until now a project's money ended with the award, and its final report was one text beside the step that handed it in.
Reports that wait for their check go back to their teams once, with the text kept as the first answer: what they prove
with numbers and receipts could not be said before. The ledger's table refuses changes by itself, as the journal's does.
"""

import calendar
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

ROUND = (
    ("pays_out", sa.Boolean()),
    ("asks_receipts", sa.Boolean()),
    ("asks_changes", sa.Boolean()),
    ("recovery_waived_below_cents", sa.Integer()),
    ("report_questions", sa.JSON()),
    ("reminder_days", sa.JSON()),
)
AGAIN = "Der Abschlussbericht hat jetzt eigene Felder für Zahlen und Belege. Bitte ergänzen und noch einmal einreichen."
WAITING = """
SELECT project.id, project.status, project.language, project.status_since, round.reports_due_on,
       round.final_report_due_months,
       (SELECT step_reason.text FROM step_reason JOIN entry ON entry.id = step_reason.entry_id
        WHERE step_reason.project_id = project.id AND entry.action = 'project.moved'
        ORDER BY step_reason.id DESC LIMIT 1) AS words
FROM project JOIN round ON round.id = project.round_id WHERE project.status IN ('reporting', 'report_submitted')
"""


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _parts(*kinds: str) -> None:
    """Say in which ways people may take part."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_participation_part"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_participation_part"), f"kind IN ({listed})")


def _refuse_changes_of_the_ledger() -> None:
    if _is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER ledger_entry_no_{verb.lower()} BEFORE {verb} ON ledger_entry "
                "BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change_of_ledger_entry() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'ledger_entry is append-only'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger_entry()"
    )


def _carry_reports_over() -> None:
    """Give every open report its day; bring those that wait for their check back to where they can be completed."""
    columns = sa.column("id"), sa.column("status"), sa.column("report_due_on", sa.Date())
    line, project = op.get_bind(), sa.table("project", *columns)
    for row in line.execute(sa.text(WAITING)).all():
        line.execute(
            sa.update(project)
            .where(project.c.id == row.id)
            .values(status="reporting", report_due_on=_due(row))
        )
        if row.status == "report_submitted":
            _return(row)


def _due(row: Any) -> date:
    if row.reports_due_on:
        given = row.reports_due_on
        return given if isinstance(given, date) else date.fromisoformat(given)
    since = row.status_since if isinstance(row.status_since, datetime) else datetime.fromisoformat(row.status_since)
    year, month = divmod(since.year * 12 + since.month - 1 + row.final_report_due_months, 12)
    return date(year, month + 1, min(since.day, calendar.monthrange(year, month + 1)[1]))


def _return(row: Any) -> None:
    line = op.get_bind()
    report = sa.table(
        "final_report",
        sa.column("answers", sa.JSON()),
        *map(
            sa.column,
            (
                "project_id",
                "state",
                "language",
                "own_funds_cents",
                "third_party_cents",
                "income_cents",
                "volunteer_hours",
                "return_reason",
                "audit_note",
                "interest_cents",
                "version",
            ),
        ),
    )
    line.execute(
        sa.insert(report).values(
            project_id=row.id,
            state="returned",
            answers={"0": row.words or ""},
            language=row.language,
            own_funds_cents=0,
            third_party_cents=0,
            income_cents=0,
            volunteer_hours=0,
            return_reason=AGAIN,
            audit_note="",
            interest_cents=0,
            version=1,
        )
    )
    line.execute(
        sa.text(
            "UPDATE second_signature SET dropped_at = CURRENT_TIMESTAMP WHERE project_id = :project "
            "AND agreed_at IS NULL AND dropped_at IS NULL AND action LIKE 'accept%'"
        ),
        {"project": row.id},
    )


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("pdf", "picture", name="paperkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("uploaded_by", sa.String(length=36), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_paper_has_pages")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_paper_is_not_empty")),
        sa.CheckConstraint(
            "waiting_since IS NULL OR uploaded_by IS NOT NULL", name=op.f("ck_paper_waits_for_somebody")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_key")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_original_sha256"), ["original_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_waiting_since"), ["waiting_since"], unique=False)

    op.create_table(
        "bank_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("iban_end", sa.String(length=4), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_bank_account_changed_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_bank_account_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_bank_account_organisation_id")),
    )
    op.create_table(
        "payment_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=35), nullable=False),
        sa.Column("execute_on", sa.Date(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("total_cents > 0", name=op.f("ck_payment_order_total_positive")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_payment_order_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_order")),
        sa.UniqueConstraint("message_id", name=op.f("uq_payment_order_message_id")),
    )
    op.create_table(
        "account",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("committed_cents", sa.Integer(), nullable=False),
        sa.Column("requested_cents", sa.Integer(), nullable=False),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.Column("spent_cents", sa.Integer(), nullable=False),
        sa.Column("proved_cents", sa.Integer(), nullable=False),
        sa.Column("returned_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "committed_cents >= 0 AND requested_cents >= 0 AND paid_cents >= 0 AND spent_cents >= 0 AND proved_cents >= 0 AND returned_cents >= 0",
            name=op.f("ck_account_never_below_zero"),
        ),
        sa.CheckConstraint(
            "paid_cents + requested_cents <= committed_cents", name=op.f("ck_account_never_over_the_award")
        ),
        sa.CheckConstraint("proved_cents <= spent_cents", name=op.f("ck_account_proved_only_what_was_spent")),
        sa.CheckConstraint("returned_cents <= paid_cents", name=op.f("ck_account_back_only_what_was_paid")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_account_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_account")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mentoring_agreement",
                "award_notice",
                "funds_request",
                "final_report",
                "closing_notice",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about_type", sa.String(length=40), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "ready", "failed", name="documentstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=32), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "state <> 'ready' OR (key IS NOT NULL AND sha256 IS NOT NULL AND size_bytes IS NOT NULL AND pages IS NOT NULL AND made_at IS NOT NULL)",
            name=op.f("ck_document_ready_has_file"),
        ),
        sa.CheckConstraint("(about_type IS NULL) = (about_id IS NULL)", name=op.f("ck_document_about_is_whole")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_document_asked_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_document_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
        sa.UniqueConstraint(
            "project_id",
            "kind",
            "language",
            "content_hash",
            name=op.f("uq_document_project_id_kind_language_content_hash"),
        ),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_project_id"), ["project_id"], unique=False)

    op.create_table(
        "final_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                name="reportstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("own_funds_cents", sa.Integer(), nullable=False),
        sa.Column("third_party_cents", sa.Integer(), nullable=False),
        sa.Column("income_cents", sa.Integer(), nullable=False),
        sa.Column("volunteer_hours", sa.Integer(), nullable=False),
        sa.Column("statement", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("statement_hash", sa.String(length=64), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=False),
        sa.Column("audit_note", sa.String(), nullable=False),
        sa.Column("eligible_cents", sa.Integer(), nullable=True),
        sa.Column("recovery_cents", sa.Integer(), nullable=True),
        sa.Column("interest_cents", sa.Integer(), nullable=False),
        sa.Column("audited_by_id", sa.Integer(), nullable=True),
        sa.Column("audited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'accepted' OR (audit_note <> '' AND recovery_cents IS NOT NULL)",
            name=op.f("ck_final_report_accepted_has_note"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR return_reason <> ''", name=op.f("ck_final_report_returned_has_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'accepted') OR statement_hash IS NOT NULL",
            name=op.f("ck_final_report_sent_is_frozen"),
        ),
        sa.CheckConstraint(
            "own_funds_cents >= 0 AND third_party_cents >= 0 AND income_cents >= 0 AND volunteer_hours >= 0 AND interest_cents >= 0",
            name=op.f("ck_final_report_amounts_positive"),
        ),
        sa.ForeignKeyConstraint(["audited_by_id"], ["person.id"], name=op.f("fk_final_report_audited_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_final_report_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_final_report")),
        sa.UniqueConstraint("project_id", name=op.f("uq_final_report_project_id")),
    )
    op.create_table(
        "recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("interest_cents", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "returned",
                "waived",
                name="recoverystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'returned' OR reference <> ''", name=op.f("ck_recovery_returned_has_reference")),
        sa.CheckConstraint("state <> 'waived' OR reason <> ''", name=op.f("ck_recovery_waiver_has_reason")),
        sa.CheckConstraint("state = 'asked' OR settled_on IS NOT NULL", name=op.f("ck_recovery_settled_has_day")),
        sa.CheckConstraint("amount_cents > 0 AND interest_cents >= 0", name=op.f("ck_recovery_amounts_positive")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_recovery_project_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_recovery_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("project_id", name=op.f("uq_recovery_project_id")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "shift",
                "budget",
                "period",
                "early_start",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "noted",
                "approved",
                "refused",
                "withdrawn",
                name="changestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("new_plan_id", sa.Integer(), nullable=True),
        sa.Column("old_until", sa.Date(), nullable=True),
        sa.Column("new_until", sa.Date(), nullable=True),
        sa.Column("early_from", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind <> 'early_start' OR early_from IS NOT NULL", name=op.f("ck_change_early_has_day")),
        sa.CheckConstraint(
            "kind <> 'period' OR (old_until IS NOT NULL AND new_until > old_until)", name=op.f("ck_change_more_time")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('shift', 'budget') OR new_plan_id IS NOT NULL", name=op.f("ck_change_money_has_plan")
        ),
        sa.CheckConstraint("state <> 'refused' OR answer <> ''", name=op.f("ck_change_refusal_has_reason")),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'refused') OR decided_at IS NOT NULL", name=op.f("ck_change_answer_has_moment")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_change_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_change_decided_by_id")),
        sa.ForeignKeyConstraint(["new_plan_id"], ["plan.id"], name=op.f("fk_change_new_plan_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_change_plan_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_change_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_project_id"), ["project_id"], unique=False)
        batch_op.create_index(
            "uq_change_open",
            ["project_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "funds_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=True),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "confirmed",
                "ordered",
                "paid",
                "refused",
                "withdrawn",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("factual_by_id", sa.Integer(), nullable=True),
        sa.Column("factual_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arithmetic_by_id", sa.Integer(), nullable=True),
        sa.Column("arithmetic_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'ordered' OR order_id IS NOT NULL", name=op.f("ck_funds_request_ordered_has_order")
        ),
        sa.CheckConstraint(
            "state <> 'paid' OR (paid_on IS NOT NULL AND reference <> '')",
            name=op.f("ck_funds_request_paid_has_reference"),
        ),
        sa.CheckConstraint("state <> 'refused' OR refusal <> ''", name=op.f("ck_funds_request_refusal_has_reason")),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'ordered', 'paid') OR (factual_by_id IS NOT NULL AND arithmetic_by_id IS NOT NULL)",
            name=op.f("ck_funds_request_confirmed_twice"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_funds_request_amount_positive")),
        sa.CheckConstraint("factual_by_id <> arithmetic_by_id", name=op.f("ck_funds_request_two_people")),
        sa.ForeignKeyConstraint(["arithmetic_by_id"], ["person.id"], name=op.f("fk_funds_request_arithmetic_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_funds_request_asked_by_id")),
        sa.ForeignKeyConstraint(["factual_by_id"], ["person.id"], name=op.f("fk_funds_request_factual_by_id")),
        sa.ForeignKeyConstraint(["gate_id"], ["milestone.id"], name=op.f("fk_funds_request_gate_id")),
        sa.ForeignKeyConstraint(["order_id"], ["payment_order.id"], name=op.f("fk_funds_request_order_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["person.id"], name=op.f("fk_funds_request_paid_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_funds_request_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funds_request")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_funds_request_project_id_number")),
    )
    with op.batch_alter_table("funds_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funds_request_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_funds_request_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_funds_request_state", ["state", "id"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("contracted_on", sa.Date(), nullable=True),
        sa.Column("payee", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "entered",
                "asked_back",
                "accepted",
                "cut",
                "withdrawn",
                name="receiptstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accepted_cents", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("offers_note", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'cut')) = (accepted_cents IS NOT NULL)", name=op.f("ck_receipt_checked_has_amount")
        ),
        sa.CheckConstraint(
            "state <> 'accepted' OR accepted_cents = amount_cents", name=op.f("ck_receipt_accepted_in_full")
        ),
        sa.CheckConstraint("state <> 'asked_back' OR note <> ''", name=op.f("ck_receipt_question_has_words")),
        sa.CheckConstraint(
            "state <> 'cut' OR (accepted_cents < amount_cents AND note <> '')", name=op.f("ck_receipt_cut_has_reason")
        ),
        sa.CheckConstraint("accepted_cents BETWEEN 0 AND amount_cents", name=op.f("ck_receipt_accepted_within")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_receipt_amount_positive")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_receipt_checked_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_receipt_entered_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["cost_line.id"], name=op.f("fk_receipt_line_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_receipt_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_project_id"), ["project_id"], unique=False)
        batch_op.create_index("ix_receipt_same", ["project_id", "number", "payee"], unique=False)

    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "committed",
                "paid",
                "spent",
                "proved",
                "returned",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('spent', 'proved') OR line_id IS NOT NULL", name=op.f("ck_ledger_entry_costs_have_a_line")
        ),
        sa.CheckConstraint(
            "amount_cents > 0 OR (amount_cents < 0 AND corrects_id IS NOT NULL)", name=op.f("ck_ledger_entry_sign")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_ledger_entry_by_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_corrects_id")),
        sa.ForeignKeyConstraint(["line_id"], ["cost_line.id"], name=op.f("fk_ledger_entry_line_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ledger_entry_project_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_ledger_entry_receipt_id")),
        sa.ForeignKeyConstraint(["request_id"], ["funds_request.id"], name=op.f("fk_ledger_entry_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_ledger_entry_corrects_id")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_sums", ["project_id", "kind", "line_id", "amount_cents"], unique=False)

    op.create_table(
        "receipt_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("receipt", "offer", name="paperrole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_receipt_paper_paper_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_paper_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_paper")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_receipt_paper_paper_id")),
    )
    with op.batch_alter_table("receipt_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_paper_receipt_id"), ["receipt_id"], unique=False)

    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_cost_line_origin_id"), ["origin_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_cost_line_origin_id"), "cost_line", ["origin_id"], ["id"])

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shift_of_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_plan_shift_of_id"), "plan", ["shift_of_id"], ["id"])

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("report_due_on", sa.Date(), nullable=True))

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pays_out", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("asks_receipts", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("asks_changes", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(
            sa.Column("recovery_waived_below_cents", sa.Integer(), nullable=False, server_default="2500")
        )
        batch_op.add_column(sa.Column("report_questions", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("reminder_days", sa.JSON(), nullable=False, server_default="[30, 7, -1, -14]"))

    with op.batch_alter_table("round", schema=None) as batch_op:
        for name, kind in ROUND:
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)

    _parts("lead", "member", "mentor", "deputy")
    _refuse_changes_of_the_ledger()
    _carry_reports_over()


def downgrade() -> None:
    if not _is_sqlite():
        op.execute("DROP TRIGGER ledger_entry_append_only ON ledger_entry")
        op.execute("DROP FUNCTION refuse_change_of_ledger_entry()")
    op.execute("DELETE FROM participation WHERE kind = 'deputy'")
    _parts("lead", "member", "mentor")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("reminder_days")
        batch_op.drop_column("report_questions")
        batch_op.drop_column("recovery_waived_below_cents")
        batch_op.drop_column("asks_changes")
        batch_op.drop_column("asks_receipts")
        batch_op.drop_column("pays_out")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("report_due_on")

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_plan_shift_of_id"), type_="foreignkey")
        batch_op.drop_column("shift_of_id")

    with op.batch_alter_table("cost_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_cost_line_origin_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_cost_line_origin_id"))
        batch_op.drop_column("origin_id")

    with op.batch_alter_table("receipt_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_paper_receipt_id"))

    op.drop_table("receipt_paper")
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entry_sums")

    op.drop_table("ledger_entry")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index("ix_receipt_same")
        batch_op.drop_index(batch_op.f("ix_receipt_project_id"))
        batch_op.drop_index(batch_op.f("ix_receipt_line_id"))

    op.drop_table("receipt")
    with op.batch_alter_table("funds_request", schema=None) as batch_op:
        batch_op.drop_index("ix_funds_request_state")
        batch_op.drop_index(batch_op.f("ix_funds_request_project_id"))
        batch_op.drop_index(batch_op.f("ix_funds_request_order_id"))

    op.drop_table("funds_request")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_change_open", sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'")
        )
        batch_op.drop_index(batch_op.f("ix_change_project_id"))

    op.drop_table("change")
    op.drop_table("recovery")
    op.drop_table("final_report")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_project_id"))
        batch_op.drop_index("ix_document_due")

    op.drop_table("document")
    op.drop_table("account")
    op.drop_table("payment_order")
    op.drop_table("bank_account")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_waiting_since"))
        batch_op.drop_index(batch_op.f("ix_paper_project_id"))
        batch_op.drop_index(batch_op.f("ix_paper_original_sha256"))

    op.drop_table("paper")
