"""Who may do what: the whole answer, in one table.

A rule looks at the person and at the thing, by their attributes only. *When* an act is possible and *how much*
may be spent are rules of the rooms; this table never asks for them.
"""

from typing import Any

from incubator.policy_acts import Act as Act
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
    Act.MAKE_KEY: own,
    Act.END_SIGN_INS: own,
    Act.COPY_OWN_DATA: own,
    Act.INVITE: office,
    Act.MANAGE_PEOPLE: administrator,
    Act.SEE_BROWSER_REPORTS: administrator,
    Act.SEE_DATA_REGISTER: office,
    Act.SEE_MACHINE: office,
    Act.MEND_LETTERS: office,
    Act.KEEP_FEDIVERSE: office,
    Act.MANAGE_ORGANISATIONS: office,
    Act.MANAGE_ROUNDS: office,
    Act.SEE_ROUND_BOARD: any_of(coordinator, auditor),
    Act.EXPORT_LISTS: any_of(coordinator, auditor, any_mentor),
    Act.PUBLISH_DATA: office,
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
