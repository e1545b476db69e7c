"""What is kept about people with an account, and what is written to them."""

from flask_babel import lazy_gettext as _l

from incubator.privacy import register_purposes as purposes
from incubator.privacy import register_times as times
from incubator.privacy.register_terms import CLEAR, DELETE, Basis, keep, kept

A, S, L, R = purposes.ACCOUNT, purposes.SAFETY, purposes.LETTERS, purposes.RIGHTS
ROLE_STAYS = _l("Who was allowed to do something must stay provable; your name is gone.")
NUMBER_STAYS = _l("A number without a name, so that what you did for the city still has one author.")
HEARD_STAYS = _l("We must be able to show that we answered; it says nothing about you but a number.")

PEOPLE = (
    kept("person", "mail given_name family_name", _l("Your name and your mail address"), A, times.ACCOUNT, "id",
         CLEAR),
    kept("person", "public_name_choice language also_reads tours",
         _l("Your languages, how you want to be named in public, which tours you have seen"), A, times.ACCOUNT, "id",
         CLEAR),
    kept("person", "public_id is_active joined_at erased_at", _l("Since when you have an account"), A, times.ACCOUNT,
         "id", keep(NUMBER_STAYS)),
    kept("person", "password_hash outside_id", _l("Your password, which nobody can read, and your sign-in at the city"),
         S, times.ACCOUNT, "id", CLEAR),
    kept("person", "seal seal_salt", _l("The mark under which the book of steps knows you"), purposes.JOURNAL,
         times.ACCOUNT, "id", CLEAR),
    kept("role_grant", "person_id role granted_at", _l("Your roles"), A, times.ACCOUNT, "person_id", DELETE),
    kept("role_grant", "granted_by_id", _l("Roles that you gave to others"), A, times.ACCOUNT, "granted_by_id",
         keep(ROLE_STAYS)),
    kept("preference", "person_id topic wish", _l("What you want to be written to about"), L, times.ACCOUNT,
         "person_id", DELETE),
    kept("affiliation", "person_id organisation_id role since until", _l("To which organisations you belong"), A,
         times.ACCOUNT, "person_id", DELETE),
    kept("sign_in", "person_id token_hash device created_at seen_at expires_at revoked_at proved_at proof",
         _l("Where and when you signed in"), S, times.SIGN_IN, "person_id", DELETE),
    kept("sign_in_failure", "subject at",
         _l("Wrong passwords, counted under a code that nobody can turn back into an address"), S, times.TRY, "",
         DELETE),
    kept("passkey", "person_id credential public_key uses name transports made_at used_at", _l("Your passkeys"), S,
         times.PROOF, "person_id", DELETE),
    kept("code_app", "person_id secret last_step made_at confirmed_at", _l("The app that shows your codes"), S,
         times.PROOF, "person_id", DELETE),
    kept("recovery_code", "person_id code_hash made_at used_at", _l("Your codes on paper, which nobody can read"), S,
         times.PROOF, "person_id", DELETE),
    kept("challenge", "person_id purpose token_hash value made_at expires_at used_at",
         _l("Questions to your device while you sign in"), S, times.CHALLENGE, "person_id", DELETE),
    kept("api_key", "person_id name start token_hash scopes made_at expires_at used_at ended_at",
         _l("Keys with which your programs write here, which nobody can read"), S, times.PROOF, "person_id", DELETE),
    kept("api_answer", "api_key_id key request_hash status headers body asked_at",
         _l("What your programs were answered"), S, times.API_ANSWER, "api_key_id.person_id", DELETE),
    kept("ticket", "person_id mail kind token_hash roles language made_at expires_at used_at",
         _l("Links that were mailed to you"), S, times.TICKET, "person_id", DELETE),
    kept("ticket", "mail kind token_hash roles language made_at expires_at used_at",
         _l("Invitations to you, before you have an account"), S, times.TICKET, "mail", DELETE),
    kept("ticket", "made_by_id", _l("People whom you invited"), S, times.TICKET, "made_by_id", CLEAR),
    kept("letter", "person_id address topic language subject text calendar headers written_at due_at sent_at state "
         "attempts error message_id key", _l("Letters to you"), L, times.LETTER, "person_id", DELETE),
    kept("letter", "address topic language subject text calendar headers written_at due_at sent_at state attempts "
         "error message_id key", _l("Letters to a mail address without an account"), L, times.LETTER_OUTSIDE,
         "address", DELETE, basis=Basis.CONSENT),
    kept("entry", "actor at action subject_type subject_id project_id data", _l("What you did, and when"),
         purposes.JOURNAL, times.JOURNAL, "actor",
         keep(_l("The book must not be changed; without your mark nothing in it leads to you."))),
    kept("erasure_request", "person_id asked_at due_on state decided_at kept",
         _l("That you asked to be forgotten, and what became of it"), R, times.ERASURE, "person_id",
         keep(HEARD_STAYS)),
    kept("erasure_request", "decided_by_id", _l("Requests on which you decided"), R, times.ERASURE, "decided_by_id",
         keep(HEARD_STAYS)),
    kept("mentor_profile", "person_id languages words language changed_at",
         _l("What you as a mentor know about and speak"), purposes.MENTORING, times.ACCOUNT, "person_id", DELETE),
    kept("mentor_theme", "person_id theme_id", _l("Themes that you as a mentor know about"), purposes.MENTORING,
         times.ACCOUNT, "person_id", DELETE),
    kept("translation", "author origin text published_at", _l("Translations that you wrote"), purposes.WORDING,
         times.TEXT, "author", CLEAR),
    kept("translation", "reviewer", _l("Translations that you read as a second person"), purposes.WORDING, times.TEXT,
         "reviewer", CLEAR),
    kept("translation_draft", "author origin text written_at state", _l("Translations that you began"),
         purposes.WORDING, times.TEXT, "author", CLEAR),
    kept("translation_draft", "reviewer", _l("Translations that you read as a second person"), purposes.WORDING,
         times.TEXT, "reviewer", CLEAR),
    kept("photo", "uploaded_by uploaded_at key project_id sha256 width height size_bytes alt alt_language credit "
         "shows_people consent_until is_public withdrawn_at", _l("Photos that you sent"), purposes.PHOTOS,
         times.PHOTO, "uploaded_by", CLEAR),
    kept("paper", "uploaded_by uploaded_at key project_id kind original_sha256 sha256 size_bytes pages file_name "
         "waiting_since", _l("Papers that you sent, such as receipts"), purposes.PHOTOS, times.PROJECT, "uploaded_by",
         CLEAR, basis=Basis.DUTY),
)
