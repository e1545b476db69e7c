"""What is kept about people without an account, and who in the office answers them."""

from flask_babel import lazy_gettext as _l

from incubator.privacy import register_purposes as purposes
from incubator.privacy import register_times as times
from incubator.privacy.register_terms import CLEAR, DELETE, keep, kept

F, Q, B, W, G, P = (purposes.FOLLOW, purposes.QUESTIONS, purposes.BARRIERS, purposes.WORKSHOPS, purposes.IDEAS,
                    purposes.PARTNERS)
ANSWERED_BY = _l("Who in the office answered must stay provable; your name is gone.")
GIVEN_AWAY = _l("The idea belongs to the round; nothing in it leads to you any more.")

OUTSIDE = (
    kept("follower", "mail language rhythm salt asked_at confirmed_at ended_at bounced told_until",
         _l("Your mail address, your language, how often you want to hear"), F, times.FOLLOW, "mail", DELETE),
    kept("following", "follower_id kind target_id asked_at confirmed_at", _l("What you follow"), F, times.FOLLOW,
         "follower_id.mail", DELETE),
    kept("device", "endpoint key auth language since failed",
         _l("The address under which your browser can be told, its keys, your language"), F, times.DEVICE, "", DELETE),
    kept("device_following", "device_id kind target_id", _l("What your device is told about"), F, times.DEVICE, "",
         DELETE),
    kept("push", "device_id title text url state attempts due_at written_at key", _l("Messages to your device"), F,
         times.PUSH, "", DELETE),
    kept("message", "name mail text quantity language kind help_kind written_at state",
         _l("What you wrote and offered, your name and your mail address"), Q, times.QUESTION, "mail", CLEAR),
    kept("message", "public_text is_public", _l("The wording of your question that everybody may read"), Q,
         times.PROJECT, "mail", keep(_l("It was answered in public, without your name."))),
    kept("message", "moderated_by_id moderated_at moderation_note", _l("Questions that you as the office read"), Q,
         times.PROJECT, "moderated_by_id", keep(ANSWERED_BY)),
    kept("message", "answered_by_id answered_at answer answer_language", _l("Questions that you answered"), Q,
         times.PROJECT, "answered_by_id", keep(ANSWERED_BY)),
    kept("barrier_report", "mail", _l("Your mail address"), B, times.BARRIER_MAIL, "mail", CLEAR),
    kept("barrier_report", "path text language given_at due_on", _l("What you cannot use here, and where"), B,
         times.BARRIER, "mail", keep(_l("The barrier itself says nothing about you and must still be mended."))),
    kept("barrier_report", "answered_by_id answered_at note answer answer_language",
         _l("Barriers about which you answered"), B, times.BARRIER, "answered_by_id", keep(ANSWERED_BY)),
    kept("signup", "mail name language people children interpreter salt workshop_id state asked_at confirmed_at "
         "ended_at", _l("Your mail address and name, how many come, what must be prepared"), W, times.SIGNUP, "mail",
         DELETE),
    kept("board", "opened_by_id opened_at", _l("Boards that you opened"), W, times.ROUND, "opened_by_id", CLEAR),
    kept("board_card", "device", _l("Which cards came from one phone, under a code of this board only"), W,
         times.BOARD, "", CLEAR),
    kept("board_card", "text language written_at", _l("What you wrote on a card, without your name"), W, times.ROUND,
         "", keep(GIVEN_AWAY)),
    kept("board_dot", "device set_at", _l("Which cards one phone marked, under a code of this board only"), W,
         times.BOARD, "", CLEAR),
    kept("idea", "mail answer_language salt for_somebody consent_note", _l("Your mail address"), G, times.IDEA_MAIL,
         "mail", CLEAR),
    kept("idea", "title text language photo_id given_at may_be_public state reason",
         _l("Your idea, without your name"), G, times.IDEA, "mail", keep(GIVEN_AWAY)),
    kept("idea", "entered_by_id", _l("Ideas that you entered for the office"), G, times.ROUND, "entered_by_id",
         CLEAR),
    kept("organisation", "mail", _l("The mail address of an organisation"), P, times.CONTACT, "mail", CLEAR),
    kept("partner_invitation", "mail", _l("Your mail address, to which a project wrote"), P, times.PARTNER, "mail",
         CLEAR),
    kept("partner_invitation", "words language reason roles asked_at answered_at state organisation_id project_id",
         _l("What a project asked you, and what you answered"), P, times.PARTNER, "mail",
         keep(_l("It says what organisations agreed on, not you."))),
    kept("partner_invitation", "asked_by_id asked_at words", _l("Organisations that you asked"), P, times.PROJECT,
         "asked_by_id", keep(_l("A partner must be able to see that the project asked; your name is gone."))),
    kept("partner_link", "mail language salt made_at used_at ended_at organisation_id",
         _l("The link that opens the page of your organisation"), P, times.PARTNER, "mail", DELETE),
    kept("partner_link", "made_by_id", _l("Links that you sent to organisations"), P, times.PARTNER, "made_by_id",
         CLEAR),
    kept("team_invitation", "mail project_id invited_at", _l("That a project wants you in its team"),
         purposes.PROJECT, times.INVITED, "mail", DELETE),
)
