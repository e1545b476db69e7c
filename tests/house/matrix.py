"""Who may do what, as one readable table; `test_matrix` holds every address against it."""


ALLOWED, SIGN_IN, FORBIDDEN, HIDDEN = "+", "→", "·", "0"

VISITORS = (
    "stranger", "signed in", "lead", "other lead", "member", "mentor", "other mentor", "coordinator", "administrator",
    "auditor", "moderator", "partner", "deputy",
)

# + may · 403 0 404 → is sent to sign in. The other mentor has been asked to accompany the project and has not answered.
#                           stranger  lead    member  other   admin   moderator
#                           | signed  | other |       mentor  |       |       deputy
#                           |   in    |  lead |  mentor| coord.|auditor| partner
ACTS = """
see_desk                    →   +   +   +   +   +   +   +   +   +   +   +   +
keep_own_account            →   +   +   +   +   +   +   +   +   +   +   +   +
guard_own_account           →   +   +   +   +   +   +   +   +   +   +   +   +
make_key                    →   +   +   +   +   +   +   +   +   +   +   +   +
end_sign_ins                →   +   +   +   +   +   +   +   +   +   +   +   +
copy_own_data               →   +   +   +   +   +   +   +   +   +   +   +   +
propose                     →   +   +   +   +   +   +   +   +   +   +   +   +
invite                      →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
manage_people               →   ·   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·
see_browser_reports         →   ·   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·
see_data_register           →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
see_machine                 →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
mend_letters                →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
keep_fediverse              →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
manage_hooks                →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
keep_own_hooks              →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   +   ·
move_rounds                 →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
manage_organisations        →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
manage_rounds               →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
see_round_board             →   ·   ·   ·   ·   ·   ·   +   ·   +   ·   ·   ·
export_lists                →   ·   ·   ·   ·   +   +   +   ·   +   ·   ·   ·
publish_data                →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·

keep_evidence               →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
keep_workshops              →   ·   ·   ·   ·   ·   ·   +   ·   ·   +   ·   ·
keep_boards                 →   ·   ·   ·   ·   ·   ·   +   ·   ·   +   ·   ·
keep_ideas                  →   ·   ·   ·   ·   ·   ·   +   ·   ·   +   ·   ·
propose_from_idea           →   +   +   +   +   +   +   +   +   +   +   +   +
free_idea                   →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·

see_project                 →   ·   +   ·   +   +   ·   +   ·   +   ·   ·   +
edit_proposal               →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
manage_team                 →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
submit_proposal             →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
withdraw_project            →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
check_proposal              →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
record_carrier_agreement    →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
ask_carrier                 →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
answer_carrier              →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   +   ·
record_resolution           →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
start_project               →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
suspend_project             →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
revoke_award                →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
submit_report               →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
review_report               →   ·   ·   ·   ·   +   +   +   ·   ·   ·   ·   +
return_report               →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   +
settle_recovery             →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·

propose_mentor              →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
answer_assignment           →   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·
keep_mentor_profile         →   ·   ·   ·   ·   +   +   ·   ·   ·   ·   ·   ·
write_agreement             →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   ·
sign_agreement              →   ·   +   ·   ·   +   ·   +   ·   ·   ·   ·   ·
plan_talk                   →   ·   +   ·   +   +   ·   ·   ·   ·   ·   ·   ·
log_session                 →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   ·
see_sessions                →   ·   +   ·   +   +   ·   +   ·   ·   ·   ·   ·
finish_step                 →   ·   +   ·   +   +   ·   ·   ·   ·   ·   ·   ·

manage_partners             →   ·   +   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
confirm_pledge              →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   +   ·
speak_for_partner           →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   +   ·
see_partner_page            →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   +   ·
see_partnership             →   ·   +   ·   +   +   ·   +   ·   +   ·   +   +

see_budget                  →   ·   +   ·   +   +   ·   +   ·   +   ·   ·   +
edit_budget                 →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
submit_budget               →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
return_budget               →   ·   ·   ·   ·   +   +   ·   ·   ·   ·   ·   +
approve_budget              →   ·   ·   ·   ·   +   +   ·   ·   ·   ·   ·   +
declare_conflict            →   ·   ·   ·   ·   +   +   +   ·   ·   ·   ·   +
manage_panel                →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
score                       →   +   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·
see_scores                  →   ·   ·   ·   ·   ·   ·   +   ·   +   ·   ·   ·
name_deputy                 →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
see_minutes                 →   ·   ·   ·   ·   ·   ·   +   ·   +   ·   ·   ·
ask_change                  →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
approve_change              →   ·   ·   ·   ·   +   +   ·   ·   ·   ·   ·   +
decide_change               →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·

plan_milestones             →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
report_milestone            →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
accept_milestone            →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   +
cancel_milestone            →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
write_update                →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
review_news                 →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
correct_news                →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
withdraw_news               →   ·   +   ·   +   +   ·   +   ·   ·   ·   ·   ·
see_money                   →   ·   +   ·   +   +   ·   +   ·   +   ·   ·   +
ask_funds                   →   ·   +   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·
confirm_funds               →   ·   ·   ·   ·   +   ·   +   ·   ·   ·   ·   +
pay_funds                   →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
keep_bank_data              →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
enter_receipt               →   ·   +   ·   +   ·   ·   ·   ·   ·   ·   ·   ·
check_receipt               →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   +
see_document                →   ·   +   ·   +   +   ·   +   ·   +   ·   ·   +
ask_document                →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·

see_messages                →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
moderate_message            →   0   0   0   0   0   0   +   0   0   0   0   0
answer_message              →   0   +   0   +   0   0   0   0   0   0   0   0
withdraw_answer             →   0   +   0   +   0   0   +   0   0   0   0   0
answer_barriers             →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·
erase_people                →   ·   ·   ·   ·   ·   ·   +   +   ·   ·   ·   ·

translate                   →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
translate_thing             →   ·   +   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
publish_translation         →   ·   +   ·   ·   ·   ·   +   ·   ·   ·   ·   ·
manage_translations         →   ·   ·   ·   ·   ·   ·   +   ·   ·   ·   ·   ·

see_photo                   →   0   +   0   +   +   0   +   0   +   0   0   +
"""

# addresses that differ from their act: things whose very existence is nobody else's to know, and another's assignment
ENDPOINTS = """
accounts.end_sign_in        →   0   +   0   0   0   0   0   0   0   0   0   0
copies.download             →   0   +   0   0   0   0   0   0   0   0   0   0
keys.end                    →   0   +   0   0   0   0   0   0   0   0   0   0
accounts.remove_passkey     →   0   +   0   0   0   0   0   0   0   0   0   0
mentoring.hand_over         →   ·   ·   ·   ·   +   ·   ·   ·   ·   ·   ·   ·
milestones.withdraw_photo   →   0   +   0   +   +   0   +   0   0   0   0   0
consents.renew              →   0   +   0   +   0   0   0   0   0   0   0   0
payments.paper              →   0   +   0   +   +   0   +   0   +   0   0   +
partners.proof_paper        →   0   +   0   +   +   0   +   0   +   0   0   +
projects.attachment         →   0   +   0   +   +   0   +   0   +   0   0   +
projects.remove_attachment  →   0   +   0   +   0   0   0   0   0   0   0   0
translating.ask_machine     →   ·   ·   ·   ·   ·   ·   0   ·   ·   ·   ·   ·
"""

# acts that no address asks for as a whole: pages and operations ask for them inside
INSIDE = {"name_lead", "see_confidential"}




def rows(table: str) -> dict[str, dict[str, str]]:
    """Read a table into {name: {visitor: sign}}."""
    read = {}
    for line in table.strip().splitlines():
        if line.strip():
            name, *signs = line.split()
            read[name] = dict(zip(VISITORS, signs, strict=True))
    return read
