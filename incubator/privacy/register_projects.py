"""What is kept about people in projects: who takes part, what they wrote, how they were accompanied."""

from flask_babel import lazy_gettext as _l

from incubator.privacy import register_purposes as purposes
from incubator.privacy import register_times as times
from incubator.privacy.register_terms import CLEAR, keep, kept

P, M = purposes.PROJECT, purposes.MENTORING
TEAM = _l("It belongs to everybody in the project, and the city must be able to show what it supported.")
DONE_BY = _l("What was done in a project must stay provable; your name is gone.")
SIGNED = _l("An agreement holds for both sides until its time is over.")

PROJECTS = (
    kept("participation", "person_id project_id kind since until", _l("In which projects you take part, and as what"),
         P, times.PROJECT, "person_id", keep(DONE_BY)),
    kept("project", "title summary need activities audience outcome group_name language created_at submitted_at status "
         "return_reason end_reason",
         _l("The projects of your team: what you proposed"), P, times.PROJECT, "id", keep(TEAM)),
    kept("team_invitation", "invited_by_id invited_at", _l("People whom you asked into a team"), P, times.INVITED,
         "invited_by_id", keep(DONE_BY)),
    kept("step_reason", "project_id text language", _l("Reasons of steps in your projects"), P, times.PROJECT,
         "project_id", keep(DONE_BY)),
    kept("carrier_request", "asked_by_id asked_at words language answered_at reason state organisation_id",
         _l("Organisations that you asked to carry your project"), P, times.PROJECT, "asked_by_id", keep(DONE_BY)),
    kept("carrier_request", "answered_by_id answered_at reason", _l("Projects that you answered for an organisation"),
         P, times.PROJECT, "answered_by_id", keep(DONE_BY)),
    kept("attachment", "added_by_id added_at title paper_id", _l("Papers that you put with a proposal"), P,
         times.PROJECT, "added_by_id", keep(DONE_BY)),
    kept("check_mark", "checked_by_id checked_at result note", _l("What you found when you checked a proposal"), P,
         times.PROJECT, "checked_by_id", keep(DONE_BY)),
    kept("milestone", "project_id title description evidence language due_on actual_on reported_at status",
         _l("The milestones of your team"), P, times.PROJECT, "project_id", keep(TEAM)),
    kept("milestone", "accepted_by_id accepted_at", _l("Milestones that you accepted"), P, times.PROJECT,
         "accepted_by_id", keep(DONE_BY)),
    kept("update", "written_by_id written_at title text language state published_at correction_note project_id",
         _l("News that you wrote"), P, times.PROJECT, "written_by_id", keep(TEAM)),
    kept("update", "reviewed_by_id review_note", _l("News that you read before everybody did"), P, times.PROJECT,
         "reviewed_by_id", CLEAR),
    kept("update_version", "replaced_by_id replaced_at title text language note", _l("News that you corrected"), P,
         times.PROJECT, "replaced_by_id", keep(DONE_BY)),
    kept("pledge_proof", "written_by_id written_at text language quantity paper_id",
         _l("Promises of partners about which you wrote that they were kept"), purposes.PARTNERS, times.PROJECT,
         "written_by_id", keep(DONE_BY)),
    kept("pledge", "project_id description language quantity unit valued_how",
         _l("What partners promised your project"), purposes.PARTNERS, times.PROJECT, "project_id", keep(TEAM)),

    kept("assignment", "person_id project_id state proposed_at answered_at reason",
         _l("Projects that you were asked to accompany, and what you answered"), M, times.PROJECT, "person_id",
         keep(DONE_BY)),
    kept("assignment", "proposed_by_id", _l("Mentors whom you asked"), M, times.PROJECT, "proposed_by_id",
         keep(DONE_BY)),
    kept("session", "project_id held_on minutes mode kind spoken_language had_interpreter present shared_notes "
         "language next_on", _l("Talks with the mentor of your team: what both sides read"), M, times.PROJECT,
         "project_id", keep(TEAM)),
    kept("session", "logged_by_id logged_at confidential_notes", _l("What you as a mentor noted about talks"), M,
         times.PROJECT, "logged_by_id", keep(DONE_BY)),
    kept("agreed_step", "owner_id what who due_on done_on", _l("What you are to do by when"), M, times.PROJECT,
         "owner_id", CLEAR),
    kept("agreed_step", "session_id what due_on done_on", _l("What was agreed with your team"), M, times.PROJECT,
         "session_id.project_id", keep(TEAM)),
    kept("mentoring_agreement", "project_id aim rhythm starts_on ends_on spoken_language confidentiality limits "
         "how_it_ends language", _l("How your team and its mentor work together"), M, times.PROJECT, "project_id",
         keep(SIGNED)),
    kept("mentoring_agreement", "written_by_id written_at", _l("Agreements that you wrote down"), M, times.PROJECT,
         "written_by_id", keep(SIGNED)),
    kept("agreement_signature", "person_id role content_hash signed_at agreement_id",
         _l("Agreements that you signed"), M, times.PROJECT, "person_id", keep(SIGNED)),
    kept("agreement_signature", "name", _l("Your name under an agreement"), M, times.PROJECT, "person_id", CLEAR),
    kept("planned_talk", "planned_by_id planned_at project_id starts_at minutes mode kind place words language state",
         _l("Talks that you planned"), M, times.PROJECT, "planned_by_id", keep(DONE_BY)),
    kept("planned_talk", "project_id starts_at minutes mode kind place words language state",
         _l("Talks that are planned with your team"), M, times.PROJECT, "project_id", keep(TEAM)),
)
