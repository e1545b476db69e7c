"""How long things are kept. Numbers are those of the rooms, or settings of the round."""

from flask_babel import gettext as _
from flask_babel import ngettext

from incubator.accounts import rules as accounts
from incubator.boards import rules as boards
from incubator.dialogue import rules_signup
from incubator.follow import operations_push
from incubator.follow import rules as follow
from incubator.media import queries as media
from incubator.partners import rules_links
from incubator.privacy.register_terms import Retention, Since
from incubator.questions import rules as questions
from incubator.questions import rules_barriers

FINANCE, REJECTED, LOG = "retention_finance_years", "retention_rejected_years", "retention_log_years"

ACCOUNT = Retention("account", lambda number: _("Until you ask us to delete your account."), Since.ERASED)
PROOF = Retention("proof", lambda number: _("Until you take it off, or your account is deleted."), Since.ERASED)
TEXT = Retention("text", lambda number: _("As long as the text it belongs to."), Since.ERASED)
CONTACT = Retention("contact", lambda number: _("As long as the organisation takes part."), Since.ERASED)
SIGN_IN = Retention(
    "sign_in", lambda number: ngettext(
        "Until %(num)s day after the sign-in has ended.", "Until %(num)s days after the sign-in has ended.", number),
    Since.ENDED, days=accounts.KEPT_AFTER_END.days, job="incubator.accounts.operations_sign_in.forget_old")
TRY = Retention(
    "try", lambda number: ngettext("%(num)s day.", "%(num)s days.", number), Since.MADE,
    days=max(limit.within for limit in accounts.LIMITS.values()).days or 1,
    job="incubator.accounts.operations_sign_in.forget_old")
CHALLENGE = Retention(
    "challenge", lambda number: ngettext("%(num)s day at most.", "%(num)s days at most.", number),
    Since.EXPIRED, days=1)
TICKET = Retention(
    "ticket", lambda number: ngettext(
        "Until %(num)s day after the link has run out.", "Until %(num)s days after the link has run out.", number),
    Since.EXPIRED, days=accounts.KEPT_AFTER_END.days, job="incubator.accounts.operations_tickets.forget_old_tickets")
LETTER = Retention(
    "letter", lambda number: ngettext(
        "Until %(num)s day after the letter was sent.", "Until %(num)s days after the letter was sent.", number),
    Since.SENT, days=365)
LETTER_OUTSIDE = Retention("letter_outside", LETTER.words, Since.SENT, days=follow.LETTERS_KEPT.days,
                           job="incubator.follow.operations.forget_old")
PROJECT = Retention(
    "project", lambda number: ngettext(
        "Until %(num)s year after the project has ended; where no money was granted, a shorter time.",
        "Until %(num)s years after the project has ended; where no money was granted, a shorter time.", number),
    Since.PROJECT, setting=FINANCE, unawarded=REJECTED)
MONEY = Retention(
    "money", lambda number: ngettext(
        "Until %(num)s year after the project has ended: the law on public budgets asks for it.",
        "Until %(num)s years after the project has ended: the law on public budgets asks for it.", number),
    Since.PROJECT, setting=FINANCE)
ROUND = Retention(
    "round", lambda number: ngettext(
        "Until %(num)s year after the round is over.", "Until %(num)s years after the round is over.", number),
    Since.ROUND, setting=FINANCE)
JOURNAL = Retention(
    "journal", lambda number: ngettext(
        "%(num)s year after your last step nothing in the book leads to you any more, and at once when your account "
        "is deleted.",
        "%(num)s years after your last step nothing in the book leads to you any more, and at once when your account "
        "is deleted.", number),
    Since.MADE, setting=LOG)
INVITED = Retention("invited", lambda number: _("Until you accept, or the invitation is taken back."), Since.ENDED,
                    job="incubator.projects.operations_invitation.take_back")
FOLLOW = Retention(
    "follow", lambda number: ngettext(
        "Until you end it. What nobody confirms goes after %(num)s day.",
        "Until you end it. What nobody confirms goes after %(num)s days.", number),
    Since.MADE, days=follow.CONFIRM_WITHIN.days, job="incubator.follow.operations.forget_old")
DEVICE = Retention("device", lambda number: _("Until you end it, or your device can no longer be reached."),
                   Since.ENDED, job="incubator.follow.operations_push.forget_old")
PUSH = Retention(
    "push", lambda number: ngettext(
        "Until %(num)s day after the message.", "Until %(num)s days after the message.", number),
    Since.MADE, days=operations_push.KEPT.days, job="incubator.follow.operations_push.forget_old")
FEDIVERSE = Retention(
    "fediverse", lambda number: _("Until you unfollow, or your server says that you are gone."), Since.ENDED,
    job="incubator.fediverse.operations.forget_old")
REPLY = Retention(
    "reply", lambda number: _("Until you delete it where you wrote it, or the office has dealt with it."), Since.ENDED,
    job="incubator.fediverse.operations.forget_old")
POST = Retention(
    "post", lambda number: ngettext(
        "Until %(num)s day after the message.", "Until %(num)s days after the message.", number),
    Since.MADE, days=7, job="incubator.dispatch.operations.forget_old")
API_ANSWER = Retention(
    "api_answer", lambda number: ngettext("%(num)s day.", "%(num)s days.", number), Since.MADE, days=1,
    job="incubator.api.operations.forget_old")
QUESTION = Retention(
    "question", lambda number: ngettext(
        "Until %(num)s day after the answer.", "Until %(num)s days after the answer.", number),
    Since.ANSWERED, days=questions.WRITER_KEPT_FOR.days, job="incubator.questions.operations.forget_old")
BARRIER_MAIL = Retention(
    "barrier_mail", lambda number: ngettext(
        "Until %(num)s month after the answer.", "Until %(num)s months after the answer.", number),
    Since.ANSWERED, months=rules_barriers.MONTHS_KEPT, job="incubator.questions.operations_barriers.forget_old")
BARRIER = Retention("barrier", BARRIER_MAIL.words, Since.ANSWERED, months=12 * rules_barriers.YEARS_KEPT,
                    job="incubator.questions.operations_barriers.forget_old")
SIGNUP = Retention(
    "signup", lambda number: ngettext(
        "Until %(num)s day after the workshop.", "Until %(num)s days after the workshop.", number),
    Since.WORKSHOP, days=rules_signup.KEPT.days, job="incubator.dialogue.operations_signup.forget_old")
IDEA_MAIL = Retention(
    "idea_mail", lambda number: ngettext(
        "Until %(num)s year after the end of the idea; you can delete it at any time.",
        "Until %(num)s years after the end of the idea; you can delete it at any time.", number),
    Since.ENDED, setting=REJECTED, job="incubator.dialogue.operations_giving.forget_old")
IDEA = Retention("idea", lambda number: _("As long as the round is shown. You can take it back until it is decided."),
                 Since.ERASED)
BOARD = Retention(
    "board", lambda number: ngettext(
        "Until %(num)s day after the board has closed.", "Until %(num)s days after the board has closed.", number),
    Since.EXPIRED, days=boards.KEPT.days, job="incubator.boards.operations.forget_devices")
PARTNER = Retention(
    "partner", lambda number: ngettext(
        "Until %(num)s day after it has ended.", "Until %(num)s days after it has ended.", number),
    Since.ENDED, days=rules_links.KEPT.days, job="incubator.partners.operations_invitations.forget_old")
PHOTO = Retention(
    "photo", lambda number: ngettext(
        "As long as the project. Withdrawn photos are hidden at once, their files go after %(num)s day.",
        "As long as the project. Withdrawn photos are hidden at once, their files go after %(num)s days.", number),
    Since.ENDED, days=media.KEPT_WITHDRAWN.days, job="incubator.media.jobs.sweep_files")
ERASURE = Retention(
    "erasure", lambda number: ngettext(
        "Until %(num)s month after it was decided.", "Until %(num)s months after it was decided.", number),
    Since.DECIDED, months=36)
