"""What is kept about people in decisions and about money: who asked, decided, confirmed, paid and checked."""

from flask_babel import lazy_gettext as _l

from incubator.privacy import register_purposes as purposes
from incubator.privacy import register_times as times
from incubator.privacy.register_terms import keep, kept

D, M = purposes.DECISIONS, purposes.MONEY
BY_LAW = _l("The law on public budgets demands it; your name is gone.")
FAIR = _l("Who took part in a decision must stay provable; your name is gone.")
TEAM = _l("The law on public budgets demands it, and it belongs to everybody in the project.")

MONEY = (
    kept("conflict_declaration", "person_id project_id act has_conflict declared_at",
         _l("What you declared about conflicts of interest"), D, times.PROJECT, "person_id", keep(FAIR)),
    kept("second_signature", "proposed_by_id proposed_at action reason project_id",
         _l("Steps that you proposed and somebody else had to agree to"), D, times.PROJECT, "proposed_by_id",
         keep(FAIR)),
    kept("second_signature", "agreed_by_id agreed_at", _l("Steps to which you agreed as the second person"), D,
         times.PROJECT, "agreed_by_id", keep(FAIR)),
    kept("round_change", "proposed_by_id proposed_at changes", _l("Settings of a round that you wanted to change"), D,
         times.ROUND, "proposed_by_id", keep(FAIR)),
    kept("round_change", "agreed_by_id agreed_at", _l("Settings to which you agreed as the second person"), D,
         times.ROUND, "agreed_by_id", keep(FAIR)),
    kept("panel_member", "person_id round_id since until", _l("Panels to which you belong"), D, times.ROUND,
         "person_id", keep(FAIR)),
    kept("score_sheet", "person_id project_id state begun_at given_at void_at void_reason",
         _l("Projects that you scored"), D, times.PROJECT, "person_id", keep(FAIR)),
    kept("score", "sheet_id criterion_id points reason language", _l("The points you gave, and why"), D,
         times.PROJECT, "sheet_id.person_id", keep(FAIR)),
    kept("resolution", "recorded_by_id recorded_at", _l("Resolutions that you entered"), D, times.ROUND,
         "recorded_by_id", keep(FAIR)),
    kept("decision", "prepared_by_id prepared_at", _l("Decisions that you prepared"), D, times.PROJECT,
         "prepared_by_id", keep(FAIR)),

    kept("plan", "project_id number explanation language return_reason created_at submitted_at approved_at state",
         _l("The budgets of your team"), M, times.PROJECT, "project_id", keep(TEAM)),
    kept("cost_line", "plan_id kind purpose amount_cents hours", _l("The budgets of your team"), M, times.PROJECT,
         "plan_id.project_id", keep(TEAM)),
    kept("financing_line", "plan_id kind purpose amount_cents", _l("The budgets of your team"), M, times.PROJECT,
         "plan_id.project_id", keep(TEAM)),
    kept("plan_edit", "person_id plan_id", _l("Budgets that you changed"), M, times.PROJECT, "person_id",
         keep(FAIR)),
    kept("approval", "person_id plan_id role at voided_at", _l("Budgets that you approved"), M, times.PROJECT,
         "person_id", keep(BY_LAW)),
    kept("award", "recorded_by_id recorded_at", _l("Awards that you entered"), M, times.MONEY, "recorded_by_id",
         keep(BY_LAW)),
    kept("change", "asked_by_id asked_at kind reason language answer state project_id",
         _l("Changes that you asked for, and the answers"), M, times.MONEY, "asked_by_id", keep(BY_LAW)),
    kept("change", "decided_by_id decided_at answer", _l("Changes on which you decided"), M, times.MONEY,
         "decided_by_id", keep(BY_LAW)),
    kept("funds_request", "asked_by_id asked_at project_id number amount_cents purpose language needed_by state "
         "refusal", _l("Money that you asked for"), M, times.MONEY, "asked_by_id", keep(BY_LAW)),
    kept("funds_request", "factual_by_id factual_at", _l("Requests that you confirmed as factually correct"), M,
         times.MONEY, "factual_by_id", keep(BY_LAW)),
    kept("funds_request", "arithmetic_by_id arithmetic_at", _l("Requests that you confirmed as arithmetically correct"),
         M, times.MONEY, "arithmetic_by_id", keep(BY_LAW)),
    kept("funds_request", "paid_by_id paid_on", _l("Requests that you noted as paid"), M, times.MONEY, "paid_by_id",
         keep(BY_LAW)),
    kept("payment_order", "made_by_id made_at", _l("Payment orders that you made"), M, times.MONEY, "made_by_id",
         keep(BY_LAW)),
    kept("ledger_entry", "by_id at", _l("Entries in the ledger that you made"), M, times.MONEY, "by_id",
         keep(BY_LAW)),
    kept("receipt", "entered_by_id entered_at project_id number paid_on contracted_on reason amount_cents state "
         "offers_note", _l("Receipts that you entered"), M, times.MONEY, "entered_by_id", keep(BY_LAW)),
    kept("receipt", "payee", _l("Who got money, as the receipt says"), M, times.MONEY, "", keep(BY_LAW)),
    kept("receipt", "checked_by_id checked_at note", _l("Receipts that you checked"), M, times.MONEY, "checked_by_id",
         keep(BY_LAW)),
    kept("bank_account", "secret iban_end", _l("The bank account of an organisation, encrypted"), M, times.MONEY, "",
         keep(BY_LAW)),
    kept("bank_account", "changed_by_id changed_at", _l("Bank accounts that you entered"), M, times.MONEY,
         "changed_by_id", keep(BY_LAW)),
    kept("final_report", "project_id answers statement language submitted_at return_reason state",
         _l("The final report of your team"), M, times.MONEY, "project_id", keep(TEAM)),
    kept("final_report", "audited_by_id audited_at audit_note", _l("Final reports that you checked"), M, times.MONEY,
         "audited_by_id", keep(BY_LAW)),
    kept("recovery", "settled_by_id settled_on reason", _l("Money back that you settled"), M, times.MONEY,
         "settled_by_id", keep(BY_LAW)),
    kept("document", "content", _l("What a document says, until it is made"), M, times.MONEY, "", keep(BY_LAW)),
    kept("document", "project_id kind language asked_at made_at", _l("Official documents about your project"),
         M, times.MONEY, "project_id", keep(TEAM)),
    kept("document", "asked_by_id asked_at", _l("Documents that you asked for"), M, times.MONEY, "asked_by_id",
         keep(BY_LAW)),
)
