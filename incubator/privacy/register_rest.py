"""Columns that say nothing about anybody: numbers, states, the programme's own texts, what belongs to organisations.

Reviewed one by one; `id` and `version` are numbers that only the program uses.
"""

_COLUMNS = {
    "account": "project_id committed_cents requested_cents paid_cents spent_cents proved_cents returned_cents",
    "actor": "id kind project_id handle secret_key public_key said_hash made_at gone_at",
    "affiliation": "id",
    "agreed_step": "id",
    "agreement_signature": "id",
    "api_answer": "id",
    "api_key": "id",
    "approval": "id plan_hash",
    "arrival": "id archive_hash site public_key round_id numbers",
    "arrived": "id",
    "assignment": "id",
    "attachment": "id project_id removed_at",
    "award": "id project_id plan_id amount_cents",
    "bank_account": "id organisation_id version",
    "barrier_report": "id version",
    "board": (
        "id workshop_id question language code state dots_per_device revision salt is_fictional expires_at "
        "closed_at"
    ),
    "board_card": "id board_id group_id position source key hidden_at merged_into_id idea_id version",
    "board_dot": "card_id board_id",
    "board_group": "id board_id title language position",
    "browser_report": "id directive blocked page number first_at last_at",
    "carrier_request": "id project_id version",
    "challenge": "id",
    "change": "id plan_id new_plan_id old_until new_until early_from version",
    "check_mark": "id project_id point",
    "checkpoint": "id site number hash made_at public_key signature",
    "code_app": "id",
    "conflict_declaration": "id",
    "cost_line": "id position origin_id",
    "criterion": "id round_id title text language weight position",
    "decision": (
        "id project_id resolution_id outcome place points_milli reason notice_number published_at dropped_at "
        "version"
    ),
    "delivery": "id entry_id listener attempts due_at done_at error",
    "device": "id",
    "domain_block": "host reason",
    "district": (
        "id number slug name inhabitants area_hectares source migration_share_pct migration_share_source "
        "migration_share_year tile_column tile_row"
    ),
    "district_shape": "district_id path label_x label_y",
    "document": "id about_type about_id content_hash state key sha256 size_bytes pages due_at attempts error",
    "edition": "id round_id subject number position content_hash made_at looked_at state numbers changes",
    "edition_file": "id edition_id name media_type size sha256 place",
    "entry": "id salt content previous hash",
    "erasure_request": "id version",
    "final_report": (
        "id own_funds_cents third_party_cents income_cents volunteer_hours statement_hash eligible_cents "
        "recovery_cents interest_cents version"
    ),
    "financing_line": "id position",
    "follower": "id",
    "following": "id",
    "funds_request": "id instalment gate_id order_id reference version",
    "hook": "id organisation_id name url secret events ended_at failed version",
    "host": "name failures rests_until takes_new_signatures",
    "idea": "id round_id theme_id district_id workshop_id merged_into_id is_public is_fictional ended_at version",
    "idea_evidence": "idea_id evidence_id",
    "idea_trigram": "trigram idea_id",
    "ledger_entry": "id project_id kind amount_cents line_id request_id receipt_id corrects_id happened_on reference",
    "letter": "id",
    "mentoring_agreement": "id assignment_id number content_hash replaced_at",
    "message": "id project_id pledge_id version",
    "milestone": "id forecast_on weight is_gate needs_id return_reason cancel_reason step_id version",
    "need_evidence": (
        "id kind statement language indicator number_of_answers base pct languages year source licence theme_id "
        "district_id is_fictional recorded_at version"
    ),
    "note": "id actor_id update_id said_hash published_at updated_at withdrawn_at",
    "organisation": (
        "id slug name legal_form description website register_number will_carry is_department is_fictional "
        "version"
    ),
    "panel_member": "id",
    "paper": "id",
    "participation": "id",
    "partner_invitation": "id salt",
    "partner_link": "id",
    "partnership": "id project_id organisation_id roles since until",
    "passkey": "id",
    "payment_order": "id message_id execute_on total_cents",
    "person": "id version",
    "photo": "id",
    "plan": "id content_hash shift_of_id version",
    "plan_edit": "id",
    "planned_talk": "id sequence session_id version",
    "pledge": "id organisation_id kind done_quantity value_cents starts_on ends_on state state_since version",
    "pledge_proof": "id pledge_id",
    "post": "id",
    "project": (
        "id slug round_id status_since theme_id district_id is_citywide idea_id carrier_id carrier_agreed_on "
        "asked_cents starts_on ends_on translation_asked_on translation_due_on translation_received_on "
        "received_on return_due_on resolution_body resolution_on resolution_reference resolution_url "
        "notice_number notice_on award_final_on report_due_on published_at version"
    ),
    "project_evidence": "project_id evidence_id",
    "push": "id",
    "receipt": "id line_id accepted_cents version",
    "receipt_paper": "id receipt_id paper_id role",
    "recovery": "id project_id amount_cents interest_cents due_on state reference version",
    "recovery_code": "id",
    "remote_follower": "id",
    "remote_reply": "id",
    "resolution": "id round_id kind body resolved_on reference url",
    "role_grant": "id",
    "round": (
        "id slug name state language summary is_fictional fund_cents reserve_cents awarded_cents ideas_from "
        "ideas_until proposals_until check_until budgets_until panel_on committee_on council_on notices_on "
        "period_from period_until reports_due_on grant_min_cents grant_max_cents eligible_forms funding_kind "
        "proportional_pct min_own_share_pct volunteer_rate_cents volunteer_cap_pct shift_limit_pct "
        "shift_warning_pct use_within_days final_report_due_months award_final_after_months instalments_pct "
        "quotes_required_above_cents second_approval_above_cents mentor_max_projects mentor_silence_alert_days "
        "retention_finance_years retention_rejected_years retention_log_years return_due_days pays_out "
        "asks_receipts asks_changes recovery_waived_below_cents report_questions reminder_days "
        "milestone_reminder_days reviews_news takes_questions lateness_public_after_days takes_ideas check_points "
        "asks_translation official_language translation_due_days has_panel panel_points_max publishes_together "
        "pledge_values takes_replies copied_from_id rule_sources rule_source version"
    ),
    "round_change": "id round_id dropped_at",
    "round_fact": "id round_id kind happened_on until text language source position",
    "score": "id",
    "score_sheet": "id version",
    "search_text": "id kind subject_id project_id tokens",
    "second_signature": "id dropped_at",
    "seen_activity": "uri_hash seen_at",
    "session": "id",
    "shape_set": "id source licence licence_url width height imported_at",
    "sign_in": "id",
    "sign_in_failure": "id",
    "signup": "id",
    "step_reason": "id entry_id salt",
    "submission": "key at outcome_id",
    "team_invitation": "id",
    "theme": "id key slug names position",
    "ticket": "id",
    "translation": "id owner_type owner_id field language source_hash",
    "translation_draft": "version id owner_type owner_id field language source_hash",
    "update": "id milestone_id corrected_at version",
    "update_photo": "update_id photo_id",
    "update_version": "id update_id",
    "workshop": (
        "id slug round_id kind title text language starts_at ends_at place district_id languages has_interpreters "
        "has_childcare is_step_free takes_signups places signups_until state participants summary is_fictional "
        "changed_at version"
    ),
    "workshop_theme": "workshop_id theme_id",
}
NOT_PERSONAL = frozenset(f"{table}.{column}" for table, columns in _COLUMNS.items() for column in columns.split())
