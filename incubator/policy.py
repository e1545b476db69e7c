"""Who may do what: the whole answer, in one table.

A rule looks at the person and at the thing, by their attributes only. *When* an act is possible and *how much*
may be spent are rules of the rooms; this table never asks for them.
"""

import enum
from typing import Any

from incubator.policy_rules import (
    Rule,
    any_of,
    anyone_signed_in,
    asked_mentor,
    both,
    deputy,
    holding,
    lead,
    mentor,
    never,
    news_is_reviewed,
    of_own_team,
    own,
    panelist,
    partner_contact,
    public_thing,
    team,
    words_lead,
    writer,
)


class Act(enum.StrEnum):
    """Everything that can be done by somebody signed in."""

    SEE_DESK = "see_desk"
    KEEP_OWN_ACCOUNT = "keep_own_account"
    GUARD_OWN_ACCOUNT = "guard_own_account"
    END_SIGN_INS = "end_sign_ins"
    COPY_OWN_DATA = "copy_own_data"
    INVITE = "invite"
    MANAGE_PEOPLE = "manage_people"
    SEE_BROWSER_REPORTS = "see_browser_reports"
    SEE_DATA_REGISTER = "see_data_register"
    SEE_MACHINE = "see_machine"
    MEND_LETTERS = "mend_letters"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_ROUNDS = "manage_rounds"
    SEE_ROUND_BOARD = "see_round_board"

    KEEP_EVIDENCE = "keep_evidence"
    KEEP_WORKSHOPS = "keep_workshops"
    KEEP_BOARDS = "keep_boards"
    KEEP_IDEAS = "keep_ideas"
    PROPOSE_FROM_IDEA = "propose_from_idea"
    FREE_IDEA = "free_idea"
    NAME_LEAD = "name_lead"

    PROPOSE = "propose"
    SEE_PROJECT = "see_project"
    EDIT_PROPOSAL = "edit_proposal"
    MANAGE_TEAM = "manage_team"
    SUBMIT_PROPOSAL = "submit_proposal"
    WITHDRAW_PROJECT = "withdraw_project"
    CHECK_PROPOSAL = "check_proposal"
    RECORD_CARRIER_AGREEMENT = "record_carrier_agreement"
    ASK_CARRIER = "ask_carrier"
    ANSWER_CARRIER = "answer_carrier"
    RECORD_RESOLUTION = "record_resolution"
    START_PROJECT = "start_project"
    SUSPEND_PROJECT = "suspend_project"
    REVOKE_AWARD = "revoke_award"
    SUBMIT_REPORT = "submit_report"
    REVIEW_REPORT = "review_report"
    RETURN_REPORT = "return_report"
    SETTLE_RECOVERY = "settle_recovery"

    PROPOSE_MENTOR = "propose_mentor"
    ANSWER_ASSIGNMENT = "answer_assignment"
    KEEP_MENTOR_PROFILE = "keep_mentor_profile"
    WRITE_AGREEMENT = "write_agreement"
    SIGN_AGREEMENT = "sign_agreement"
    PLAN_TALK = "plan_talk"
    LOG_SESSION = "log_session"
    SEE_SESSIONS = "see_sessions"
    SEE_CONFIDENTIAL = "see_confidential"
    FINISH_STEP = "finish_step"

    MANAGE_PARTNERS = "manage_partners"
    CONFIRM_PLEDGE = "confirm_pledge"
    SPEAK_FOR_PARTNER = "speak_for_partner"
    SEE_PARTNER_PAGE = "see_partner_page"
    SEE_PARTNERSHIP = "see_partnership"

    SEE_BUDGET = "see_budget"
    EDIT_BUDGET = "edit_budget"
    SUBMIT_BUDGET = "submit_budget"
    RETURN_BUDGET = "return_budget"
    APPROVE_BUDGET = "approve_budget"
    DECLARE_CONFLICT = "declare_conflict"

    MANAGE_PANEL = "manage_panel"
    SCORE = "score"
    SEE_SCORES = "see_scores"

    NAME_DEPUTY = "name_deputy"
    SEE_MINUTES = "see_minutes"
    ASK_CHANGE = "ask_change"
    APPROVE_CHANGE = "approve_change"
    DECIDE_CHANGE = "decide_change"

    PLAN_MILESTONES = "plan_milestones"
    REPORT_MILESTONE = "report_milestone"
    ACCEPT_MILESTONE = "accept_milestone"
    CANCEL_MILESTONE = "cancel_milestone"
    WRITE_UPDATE = "write_update"
    REVIEW_NEWS = "review_news"
    CORRECT_NEWS = "correct_news"
    SEE_MONEY = "see_money"
    ASK_FUNDS = "ask_funds"
    CONFIRM_FUNDS = "confirm_funds"
    PAY_FUNDS = "pay_funds"
    KEEP_BANK_DATA = "keep_bank_data"
    ENTER_RECEIPT = "enter_receipt"
    CHECK_RECEIPT = "check_receipt"
    SEE_PHOTO = "see_photo"
    WITHDRAW_NEWS = "withdraw_news"
    SEE_MESSAGES = "see_messages"
    MODERATE_MESSAGE = "moderate_message"
    ANSWER_MESSAGE = "answer_message"
    WITHDRAW_ANSWER = "withdraw_answer"
    ANSWER_BARRIERS = "answer_barriers"
    ERASE_PEOPLE = "erase_people"

    TRANSLATE = "translate"
    TRANSLATE_THING = "translate_thing"
    PUBLISH_TRANSLATION = "publish_translation"
    MANAGE_TRANSLATIONS = "manage_translations"

    SEE_DOCUMENT = "see_document"
    ASK_DOCUMENT = "ask_document"


coordinator = holding("coordinator")
administrator = holding("administrator")
auditor = holding("auditor")
moderator = holding("moderator")
translator = holding("translator")
office = holding("coordinator", "administrator")
any_mentor = holding("mentor")
insiders = any_of(team, mentor, deputy, coordinator, auditor)
deciding_coordinator = both(coordinator, never(team), never(mentor))

RULES: dict[Act, Rule] = {
    Act.SEE_DESK: anyone_signed_in,
    Act.KEEP_OWN_ACCOUNT: own,
    Act.GUARD_OWN_ACCOUNT: own,
    Act.END_SIGN_INS: own,
    Act.COPY_OWN_DATA: own,
    Act.INVITE: office,
    Act.MANAGE_PEOPLE: administrator,
    Act.SEE_BROWSER_REPORTS: administrator,
    Act.SEE_DATA_REGISTER: office,
    Act.SEE_MACHINE: office,
    Act.MEND_LETTERS: office,
    Act.MANAGE_ORGANISATIONS: office,
    Act.MANAGE_ROUNDS: office,
    Act.SEE_ROUND_BOARD: any_of(coordinator, auditor),
    Act.KEEP_EVIDENCE: coordinator,
    Act.KEEP_WORKSHOPS: any_of(coordinator, moderator),
    Act.KEEP_BOARDS: any_of(coordinator, moderator),
    Act.KEEP_IDEAS: any_of(coordinator, moderator),
    Act.PROPOSE_FROM_IDEA: any_of(coordinator, both(anyone_signed_in, public_thing)),
    Act.FREE_IDEA: coordinator,
    Act.NAME_LEAD: coordinator,
    Act.PROPOSE: anyone_signed_in,
    Act.SEE_PROJECT: insiders,
    Act.EDIT_PROPOSAL: team,
    Act.MANAGE_TEAM: lead,
    Act.SUBMIT_PROPOSAL: lead,
    Act.WITHDRAW_PROJECT: lead,
    Act.CHECK_PROPOSAL: deciding_coordinator,
    Act.RECORD_CARRIER_AGREEMENT: both(coordinator, never(team)),
    Act.ASK_CARRIER: lead,
    Act.ANSWER_CARRIER: both(any_of(partner_contact, coordinator), never(team)),
    Act.RECORD_RESOLUTION: deciding_coordinator,
    Act.START_PROJECT: deciding_coordinator,
    Act.SUSPEND_PROJECT: deciding_coordinator,
    Act.REVOKE_AWARD: deciding_coordinator,
    Act.SUBMIT_REPORT: lead,
    Act.REVIEW_REPORT: both(any_of(any_mentor, deputy, coordinator), never(team)),
    Act.RETURN_REPORT: both(any_of(mentor, deputy), never(team)),
    Act.SETTLE_RECOVERY: deciding_coordinator,
    Act.PROPOSE_MENTOR: coordinator,
    Act.ANSWER_ASSIGNMENT: asked_mentor,
    Act.KEEP_MENTOR_PROFILE: any_mentor,
    Act.WRITE_AGREEMENT: mentor,
    Act.SIGN_AGREEMENT: any_of(lead, mentor, coordinator),
    Act.PLAN_TALK: any_of(team, mentor),
    Act.LOG_SESSION: mentor,
    Act.SEE_SESSIONS: any_of(team, mentor, coordinator),
    Act.SEE_CONFIDENTIAL: both(any_of(mentor, coordinator), never(team)),
    Act.FINISH_STEP: any_of(team, mentor),
    Act.MANAGE_PARTNERS: any_of(lead, coordinator),
    Act.CONFIRM_PLEDGE: both(any_of(partner_contact, coordinator), never(team)),
    Act.SPEAK_FOR_PARTNER: both(any_of(partner_contact, coordinator), never(team)),
    Act.SEE_PARTNER_PAGE: any_of(partner_contact, coordinator),
    Act.SEE_PARTNERSHIP: any_of(insiders, partner_contact),
    Act.SEE_BUDGET: insiders,
    Act.EDIT_BUDGET: team,
    Act.SUBMIT_BUDGET: lead,
    Act.RETURN_BUDGET: both(any_of(any_mentor, deputy), never(team)),
    Act.APPROVE_BUDGET: both(any_of(any_mentor, deputy), never(team)),
    Act.DECLARE_CONFLICT: both(any_of(any_mentor, deputy, coordinator), never(team)),
    Act.MANAGE_PANEL: both(coordinator, never(of_own_team)),
    Act.SCORE: panelist,
    Act.SEE_SCORES: both(any_of(coordinator, auditor), never(of_own_team)),
    Act.NAME_DEPUTY: deciding_coordinator,
    Act.SEE_MINUTES: any_of(coordinator, auditor),
    Act.ASK_CHANGE: lead,
    Act.APPROVE_CHANGE: both(any_of(any_mentor, deputy), never(team)),
    Act.DECIDE_CHANGE: deciding_coordinator,
    Act.PLAN_MILESTONES: team,
    Act.REPORT_MILESTONE: team,
    Act.ACCEPT_MILESTONE: both(any_of(mentor, deputy), never(team)),
    Act.CANCEL_MILESTONE: deciding_coordinator,
    Act.WRITE_UPDATE: team,
    Act.REVIEW_NEWS: both(deciding_coordinator, never(writer)),
    Act.CORRECT_NEWS: any_of(both(team, never(news_is_reviewed)), both(deciding_coordinator, news_is_reviewed)),
    Act.SEE_MONEY: insiders,
    Act.ASK_FUNDS: lead,
    Act.CONFIRM_FUNDS: both(any_of(mentor, deputy, coordinator), never(team)),
    Act.PAY_FUNDS: coordinator,
    Act.KEEP_BANK_DATA: coordinator,
    Act.ENTER_RECEIPT: team,
    Act.CHECK_RECEIPT: both(any_of(mentor, deputy), never(team)),
    Act.SEE_PHOTO: insiders,
    Act.WITHDRAW_NEWS: any_of(team, mentor, coordinator),
    Act.SEE_MESSAGES: coordinator,
    Act.MODERATE_MESSAGE: deciding_coordinator,
    Act.ANSWER_MESSAGE: team,
    Act.WITHDRAW_ANSWER: any_of(team, coordinator),
    Act.ANSWER_BARRIERS: office,
    Act.ERASE_PEOPLE: office,
    Act.TRANSLATE: any_of(translator, coordinator),
    Act.TRANSLATE_THING: any_of(translator, coordinator, words_lead),
    Act.PUBLISH_TRANSLATION: any_of(coordinator, words_lead),
    Act.MANAGE_TRANSLATIONS: coordinator,
    Act.SEE_DOCUMENT: insiders,
    Act.ASK_DOCUMENT: coordinator,
}


def allows(act: Act, actor: Any, subject: Any = None) -> bool:
    """Say whether somebody may do something; an act without a rule is a fault of the program."""
    return RULES[act](actor, subject)
