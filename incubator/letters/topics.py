"""What letters are about, as people choose it; every template stands in one of the two tables.

A new letter: put its template's name here. One that nobody may miss goes into `ALWAYS`: links that open an account,
decisions and notices with legal effect, last days, new roles, second signatures, money that goes back, and the day
and place of a talk: nobody should stand before a closed door because the letter came a day later.
"""

import enum

from flask_babel import lazy_gettext as _l


class Topic(enum.StrEnum):
    STEPS = "steps"
    NEWS = "news"
    MONEY = "money"
    MENTORING = "mentoring"
    QUESTIONS = "questions"
    REMINDERS = "reminders"

    @property
    def label(self) -> str:
        return TOPIC_LABELS[self]

    @property
    def example(self) -> str:
        return TOPIC_EXAMPLES[self]


TOPIC_LABELS = {
    Topic.STEPS: _l("Steps of a project"),
    Topic.NEWS: _l("Milestones and news"),
    Topic.MONEY: _l("Money"),
    Topic.MENTORING: _l("Mentoring"),
    Topic.QUESTIONS: _l("Questions and offers of help"),
    Topic.REMINDERS: _l("Reminders"),
}
TOPIC_EXAMPLES = {
    Topic.STEPS: _l("A proposal was handed in, a project starts, a final report can be read."),
    Topic.NEWS: _l("A milestone was reported or accepted, news waits to be read."),
    Topic.MONEY: _l("A budget can be checked, money was paid, a receipt raises a question."),
    Topic.MENTORING: _l("A mentor said yes, a talk was written down."),
    Topic.QUESTIONS: _l("Somebody asks a project something, a partner offers a room."),
    Topic.REMINDERS: _l("A milestone or a report is due soon, or late."),
}

ABOUT: dict[Topic, frozenset[str]] = {
    Topic.STEPS: frozenset({
        "project_admitted", "project_lapsed_office", "project_resumed", "project_started", "project_to_check",
        "project_withdrawn", "report_to_read", "team_joined", "carrier_accepted", "carrier_declined",
        "translation_to_read",
    }),
    Topic.NEWS: frozenset({
        "milestone_accepted", "milestone_cancelled", "milestone_reported", "milestone_returned",
    }),
    Topic.MONEY: frozenset({
        "budget_approved", "budget_returned", "budget_submitted", "budget_to_decide", "change_noted",
        "change_to_approve", "change_to_decide", "funds_asked", "funds_paid", "funds_to_pay", "receipt_answered",
        "receipt_asked_back", "receipts_wait",
    }),
    Topic.MENTORING: frozenset({
        "agreement_signed", "agreement_written", "mentor_accepted", "mentor_asked", "mentor_declined", "mentor_ended",
        "session_logged",
    }),
    Topic.QUESTIONS: frozenset({
        "carrier_asked", "carrier_taken_back", "pledge_confirmed", "pledge_offered", "pledge_withdrawn",
    }),
    Topic.REMINDERS: frozenset({
        "mentor_silent", "milestone_due", "milestone_late", "pledge_starts", "pledge_unanswered", "pledge_unproved",
        "report_reminder", "step_due", "talk_tomorrow",
    }),
}
FAMILIES = {"update_": Topic.NEWS, "question_": Topic.QUESTIONS, "offer_": Topic.QUESTIONS,
            "partner_": Topic.QUESTIONS, "pledge_": Topic.QUESTIONS}

ALWAYS = frozenset({
    "award_recorded", "award_rejected", "award_waitlisted", "barrier_answered", "barrier_received",
    "barrier_reminder", "barrier_to_answer", "budget_second_approval", "carrier_ended", "copy_failed", "copy_ready",
    "change_agreed", "change_refused", "change_second_approval", "deputy_named", "digest", "document_ready",
    "erasure_asked", "person_erased", "photo_consent_ends",
    "follow_confirm", "follow_news", "follow_week", "funds_refused", "funds_second_check", "idea_decided",
    "glass_broken", "hook_ended", "mail_change_asked", "mail_confirm", "new_device",
    "proof_added", "proof_removed", "recovery_made", "recovery_used",
    "idea_project", "idea_received", "invitation", "key_made", "organisation_contact", "panel_named",
    "panel_sheet_void",
    "partner_invited", "partner_link", "partner_reminded", "password_changed", "pledge_gap", "project_idea_freed",
    "project_ineligible",
    "project_lapsed", "project_received", "project_returned", "project_revoked", "project_second_signature",
    "project_suspended", "receipt_cut", "recovery_asked", "recovery_done", "recovery_reminder", "report_accepted",
    "report_due", "report_returned", "report_second_signature", "reset", "role_granted", "round_change_proposed",
    "sign_in_link", "talk_cancelled", "talk_changed", "talk_left", "talk_left_team", "talk_planned", "team_lead",
    "translation_asked", "translation_taken_back",
    "translation_due", "translation_received", "workshop_cancelled", "workshop_changed", "workshop_confirm",
    "workshop_given_back", "workshop_moved_up", "workshop_place", "workshop_reminder", "workshop_waiting",
})
TOPIC_OF = {template: topic for topic, templates in ABOUT.items() for template in templates}


def topic_of(template: str) -> Topic | None:
    """Return what a letter is about, None for one that everybody gets; a name in a table counts before its family."""
    if template in ALWAYS:
        return None
    family = next((topic for start, topic in FAMILIES.items() if template.startswith(start)), None)
    return TOPIC_OF.get(template, family)
