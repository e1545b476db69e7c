"""What goes along when a round moves to another installation, and what never does: every table stands here once."""

import enum
import re
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db

FORMAT = 1
MANIFEST = "manifest.json"
PHOTO, PAPER, DOCUMENT = "photo", "paper", "document"

# (table, the column that names the row it belongs to), each after what it belongs to
OF_ROUND = (
    ("criterion", "round_id"), ("panel_member", "round_id"), ("resolution", "round_id"), ("round_change", "round_id"),
    ("round_fact", "round_id"), ("workshop", "round_id"), ("workshop_theme", "workshop_id"), ("board", "workshop_id"),
    ("board_group", "board_id"), ("idea", "round_id"), ("idea_evidence", "idea_id"), ("idea_trigram", "idea_id"),
    ("board_card", "board_id"), ("board_dot", "card_id"), ("project", "round_id"), ("account", "project_id"),
    ("assignment", "project_id"), ("attachment", "project_id"), ("carrier_request", "project_id"),
    ("check_mark", "project_id"), ("conflict_declaration", "project_id"), ("decision", "project_id"),
    ("document", "project_id"), ("final_report", "project_id"), ("participation", "project_id"),
    ("partnership", "project_id"), ("plan", "project_id"), ("pledge", "project_id"),
    ("project_evidence", "project_id"), ("recovery", "project_id"), ("score_sheet", "project_id"),
    ("second_signature", "project_id"), ("session", "project_id"), ("agreed_step", "session_id"),
    ("approval", "plan_id"), ("award", "project_id"), ("change", "project_id"), ("cost_line", "plan_id"),
    ("financing_line", "plan_id"), ("mentoring_agreement", "project_id"), ("message", "project_id"),
    ("plan_edit", "plan_id"), ("planned_talk", "project_id"), ("pledge_proof", "pledge_id"), ("score", "sheet_id"),
    ("agreement_signature", "agreement_id"), ("milestone", "project_id"), ("receipt", "project_id"),
    ("funds_request", "project_id"), ("receipt_paper", "receipt_id"), ("update", "project_id"),
    ("ledger_entry", "project_id"), ("update_photo", "update_id"), ("update_version", "update_id"),
)
# what those rows speak of, gathered on the way; each after what it speaks of is gathered from
SPOKEN_OF = ("need_evidence", "photo", "paper", "organisation", "theme", "district", "person")
MERGED = {"theme": ("slug", "key"), "district": ("slug", "number"), "organisation": ("slug", "name")}
CARRIED = ("theme", "district", "organisation", "person", "round", "need_evidence", "photo", "paper",
           *(table for table, _column in OF_ROUND), "translation")
STAYS = {
    "ways in, and what belongs to accounts alone": (
        "sign_in", "sign_in_failure", "passkey", "code_app", "recovery_code", "challenge", "ticket", "api_key",
        "api_answer", "role_grant", "preference", "affiliation", "mentor_profile", "mentor_theme", "erasure_request"),
    "letters, messages and who wants them": (
        "letter", "follower", "following", "device", "device_following", "push", "signup", "team_invitation",
        "partner_invitation", "partner_link", "barrier_report", "translation_draft"),
    "sealed bank data, and orders to the bank that other rounds share": ("bank_account", "payment_order"),
    "the journal, which goes along as it is, with the texts that are bound to it": (
        "entry", "delivery", "checkpoint", "step_reason"),
    "of this machine and its neighbours": (
        "browser_report", "submission", "host", "post", "hook", "actor", "arrived", "remote_follower", "remote_key",
        "remote_reply", "note", "domain_block", "seen_activity", "arrival"),
    "made anew from the rest": ("search_text", "edition", "edition_file"),
    "the city's map": ("district_shape", "shape_set"),
}
NEVER: dict[tuple[str, str], Any] = {  # what these columns say instead, however people come along
    ("person", "password_hash"): None, ("person", "outside_id"): None, ("person", "seal"): None,
    ("person", "seal_salt"): None, ("person", "is_active"): False, ("person", "tours"): [],
    ("person", "also_reads"): [], ("idea", "mail"): "", ("idea", "salt"): "", ("message", "mail"): "",
    ("message", "name"): "", ("session", "confidential_notes"): "", ("board", "salt"): "",
    ("funds_request", "order_id"): None, ("round", "copied_from_id"): None, ("paper", "waiting_since"): None,
}
WITH_NAMES: dict[tuple[str, str], Any] = {  # and these, unless people come with their names
    ("person", "given_name"): "Person", ("person", "mail"): None, ("person", "public_name_choice"): "group",
    ("person", "language"): "de", ("organisation", "mail"): "",
}
MARKED = {("person", "family_name"), ("agreement_signature", "name"), ("receipt", "payee"), ("paper", "file_name"),
          ("idea", "consent_note")}
HASHED = {("board_card", "device"), ("board_dot", "device")}
ONLY_WITH_NAMES = {"document"}
PEOPLE = {("translation", "author"), ("translation", "reviewer"), ("photo", "uploaded_by"), ("paper", "uploaded_by")}
LOOSE = {("photo", "project_id"): "project", ("paper", "project_id"): "project"}  # numbers without a foreign key
ADDRESSES = re.compile(r"url|website|.*_url")


class People(enum.StrEnum):
    """How people come along: as accounts that are closed, with their names and mail, or with a mark alone."""

    NAMES = "names"
    MARKS = "marks"


def table(name: str) -> sa.Table:
    return db.metadata.tables[name]


def leads_to(name: str) -> dict[str, str]:
    """Return (column, table) for each foreign key that a table has."""
    return {column.name: next(iter(column.foreign_keys)).column.table.name
            for column in table(name).columns if column.foreign_keys}
