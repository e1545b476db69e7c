"""What happens next in each status, who must act, and on which page a step is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.policy import Act
from incubator.projects.lifecycle import Action, Status, Who
from incubator.projects.models import Part, Project

S, A, W = Status, Action, Who


@dataclass(frozen=True)
class Page:
    """The page on which something is done; `act` is what the policy asks for it."""

    endpoint: str
    label: Any
    act: Act


PAGES: Mapping[Action, Page] = {
    A.SUBMIT: Page("projects.submit", _l("Check and submit the proposal"), Act.SUBMIT_PROPOSAL),
    A.RETURN_FOR_CHANGES: Page("projects.check", _l("Check the proposal"), Act.CHECK_PROPOSAL),
    A.DECLARE_INELIGIBLE: Page("projects.check", _l("Check the proposal"), Act.CHECK_PROPOSAL),
    A.ADMIT: Page("mentoring.admit", A.ADMIT.label, Act.CHECK_PROPOSAL),
    A.SUBMIT_BUDGET: Page("budgets.submit", A.SUBMIT_BUDGET.label, Act.SUBMIT_BUDGET),
    A.RETURN_BUDGET: Page("budgets.review", _l("Look at the budget"), Act.RETURN_BUDGET),
    A.APPROVE_BUDGET: Page("budgets.review", _l("Look at the budget"), Act.APPROVE_BUDGET),
    A.WAITLIST: Page("budgets.decide", _l("Record the decision"), Act.RECORD_RESOLUTION),
    A.REJECT: Page("budgets.decide", _l("Record the decision"), Act.RECORD_RESOLUTION),
    A.AWARD: Page("budgets.decide", _l("Record the decision"), Act.RECORD_RESOLUTION),
    A.START: Page("projects.start", A.START.label, Act.START_PROJECT),
    A.SUSPEND: Page("projects.suspend", A.SUSPEND.label, Act.SUSPEND_PROJECT),
    A.RESUME: Page("projects.resume", A.RESUME.label, Act.SUSPEND_PROJECT),
    A.SUBMIT_REPORT: Page("closing.report", _l("Write the final report"), Act.SUBMIT_REPORT),
    A.RETURN_REPORT: Page("closing.check", _l("Check the final report"), Act.RETURN_REPORT),
    A.ACCEPT_REPORT: Page("closing.check", _l("Check the final report"), Act.REVIEW_REPORT),
    A.ACCEPT_WITH_RECOVERY: Page("closing.check", _l("Check the final report"), Act.REVIEW_REPORT),
    A.SETTLE_RECOVERY: Page("closing.settle", _l("Note that the money is settled"), Act.SETTLE_RECOVERY),
    A.WITHDRAW: Page("projects.withdraw", A.WITHDRAW.label, Act.WITHDRAW_PROJECT),
    A.REVOKE: Page("projects.revoke", A.REVOKE.label, Act.REVOKE_AWARD),
}
LOG_TALK = Page("mentoring.log", _l("Write down a talk"), Act.LOG_SESSION)
PLAN_BUDGET = Page("budgets.show", _l("Go to the budget"), Act.SEE_BUDGET)
WATCH_MILESTONES = Page("milestones.show", _l("Go to the milestones"), Act.SEE_PROJECT)
GIVE_BACK = Page("closing.recovery", _l("See what goes back"), Act.SEE_PROJECT)
CARRIER_AGREEMENT = Page(
    "projects.carrier_agreement", _l("Note the carrier’s agreement"), Act.RECORD_CARRIER_AGREEMENT
)
CARRIER = Page("projects.carrier", _l("Find a carrier"), Act.SEE_PROJECT)
TRANSLATE = Page("projects.translation", _l("Translate the proposal"), Act.EDIT_PROPOSAL)

MAIN: Mapping[tuple[Status, Who], Page] = {
    (S.DRAFT, W.LEAD): PAGES[A.SUBMIT],
    (S.RETURNED, W.LEAD): PAGES[A.SUBMIT],
    (S.SUBMITTED, W.COORDINATOR): PAGES[A.RETURN_FOR_CHANGES],
    (S.MENTORING, W.LEAD): PLAN_BUDGET,
    (S.MENTORING, W.MENTOR): LOG_TALK,
    (S.BUDGET_REVIEW, W.MENTOR): PAGES[A.APPROVE_BUDGET],
    (S.BUDGET_APPROVED, W.COORDINATOR): PAGES[A.AWARD],
    (S.WAITLISTED, W.COORDINATOR): PAGES[A.AWARD],
    (S.AWARDED, W.COORDINATOR): PAGES[A.START],
    (S.ACTIVE, W.LEAD): WATCH_MILESTONES,
    (S.ACTIVE, W.MENTOR): WATCH_MILESTONES,
    (S.SUSPENDED, W.COORDINATOR): PAGES[A.RESUME],
    (S.REPORTING, W.LEAD): PAGES[A.SUBMIT_REPORT],
    (S.REPORT_SUBMITTED, W.MENTOR): PAGES[A.ACCEPT_REPORT],
    (S.REPORT_SUBMITTED, W.COORDINATOR): PAGES[A.ACCEPT_REPORT],
    (S.RECOVERY, W.LEAD): GIVE_BACK,
    (S.RECOVERY, W.COORDINATOR): PAGES[A.SETTLE_RECOVERY],
}
MUST_ACT: Mapping[Status, tuple[Who, ...]] = {
    S.DRAFT: (W.LEAD,), S.SUBMITTED: (W.COORDINATOR,), S.RETURNED: (W.LEAD,), S.MENTORING: (W.LEAD, W.MENTOR),
    S.BUDGET_REVIEW: (W.MENTOR,), S.BUDGET_APPROVED: (W.COORDINATOR,), S.WAITLISTED: (W.COORDINATOR,),
    S.AWARDED: (W.COORDINATOR,), S.ACTIVE: (W.LEAD,), S.SUSPENDED: (W.COORDINATOR,), S.REPORTING: (W.LEAD,),
    S.REPORT_SUBMITTED: (W.MENTOR, W.COORDINATOR), S.RECOVERY: (W.LEAD, W.COORDINATOR),
}
NEXT: Mapping[Status, Any] = {
    S.DRAFT: _l("The team answers the questions of the proposal; the lead hands it in."),
    S.SUBMITTED: _l("The coordination reads the proposal and looks for a mentor."),
    S.RETURNED: _l("Something is missing. The team adds it, and the lead hands the proposal in again."),
    S.MENTORING: _l("Team and mentor meet, talk the project through, and the team plans the budget."),
    S.BUDGET_REVIEW: _l("City mentors look at the budget. They approve it or give it back with a reason."),
    S.BUDGET_APPROVED: _l("The city’s bodies decide about the money. The coordination records what they decided."),
    S.WAITLISTED: _l("There is not enough money at the moment. If some becomes free, the project can still get it."),
    S.AWARDED: _l("The money is granted. The project starts by itself when the award is final."),
    S.ACTIVE: _l("The team works on its milestones and tells how it is going."),
    S.SUSPENDED: _l("The project rests. The coordination lets it go on when the reason is gone."),
    S.REPORTING: _l("The work is done. The team writes the final report and hands it in."),
    S.REPORT_SUBMITTED: _l("The mentor and a second person read the final report."),
    S.RECOVERY: _l("Part of the money goes back to the city. Then the project is complete."),
    S.COMPLETED: _l("Everything is done. Thank you!"),
    S.LAPSED: _l("The changes did not come in time, so this proposal has ended. The next round takes new ones."),
    S.INELIGIBLE: _l("The proposal does not fit the rules of this round. The reason stands below."),
    S.REJECTED: _l("The city’s bodies decided against the project. The reason stands below."),
    S.WITHDRAWN: _l("The team has withdrawn the project. Nothing more is to be done."),
    S.REVOKED: _l("The award was taken back. The reason stands below."),
}
YOURS: Mapping[tuple[Status, Who], Any] = {
    (S.DRAFT, W.LEAD): _l("Answer the questions in four short steps; everything is kept. Then hand the proposal in."),
    (S.SUBMITTED, W.LEAD): _l("We have your proposal. The coordination reads it and writes to you."),
    (S.SUBMITTED, W.COORDINATOR): _l("Read the proposal and ask a mentor. Then admit it, or return it."),
    (S.RETURNED, W.LEAD): _l("Please add what is missing and hand the proposal in again."),
    (S.MENTORING, W.LEAD): _l("Meet your mentor, then plan the budget and hand it in."),
    (S.MENTORING, W.MENTOR): _l("Meet the team and write the talk down. The budget comes after it."),
    (S.BUDGET_REVIEW, W.LEAD): _l("The mentors look at your budget; you need not do anything now."),
    (S.BUDGET_REVIEW, W.MENTOR): _l("Look at the budget: approve it, or give it back and say why."),
    (S.BUDGET_APPROVED, W.COORDINATOR): _l("Record what the city’s bodies have decided."),
    (S.WAITLISTED, W.COORDINATOR): _l("If money has become free, record the award."),
    (S.AWARDED, W.LEAD): _l("Congratulations! Do not sign contracts before the project has started."),
    (S.AWARDED, W.COORDINATOR): _l("Start earlier only if the applicants have waived contesting the award."),
    (S.ACTIVE, W.LEAD): _l("Report each milestone when it is reached, and write news for everybody who follows you."),
    (S.ACTIVE, W.MENTOR): _l("Accept the milestones that are reported, and stay in touch with the team."),
    (S.SUSPENDED, W.COORDINATOR): _l("Let the project go on when the reason for the pause is gone."),
    (S.REPORTING, W.LEAD): _l("Tell how it went and what the money paid for. Every draft is kept."),
    (S.REPORT_SUBMITTED, W.MENTOR): _l("Read the final report: accept it, or return it and say what is missing."),
    (S.REPORT_SUBMITTED, W.COORDINATOR): _l("The mentor reads the report first; a second person must agree."),
    (S.RECOVERY, W.LEAD): _l("Part of the money goes back to the city. Please transfer it before the last day."),
    (S.RECOVERY, W.COORDINATOR): _l("Note it when the money has come back or was waived."),
}

TRANSLATE_NOW = _l("The city needs your proposal in the official language as well. Please translate it.")
SIGNED = _l("You have signed the report. A second person reads it now; you need not do anything.")


def last_day(project: Project) -> date | None:
    """Return the day that matters in the present status, None where there is none."""
    round_ = project.round
    return {
        S.DRAFT: round_.proposals_until, S.SUBMITTED: round_.check_until, S.RETURNED: project.return_due_on,
        S.MENTORING: round_.budgets_until, S.BUDGET_APPROVED: round_.council_on, S.AWARDED: project.award_final_on,
        S.ACTIVE: project.ends_on,
        S.REPORTING: project.report_due_on or round_.reports_due_on,
    }.get(project.status)


def roles_in(project: Project, person: Any) -> tuple[Who, ...]:
    """Return as what somebody looks at a project; the coordination decides only about others' projects (C2)."""
    parts = project.part_of(person.id)
    found = []
    if Part.LEAD in parts:
        found.append(W.LEAD)
    reviews = project.status is S.BUDGET_REVIEW and person.has_role("mentor") and not parts
    if parts & {Part.MENTOR, Part.DEPUTY} or reviews:
        found.append(W.MENTOR)
    if person.has_role("coordinator") and not parts:
        found.append(W.COORDINATOR)
    return tuple(found)


def sentence(status: Status, roles: tuple[Who, ...]) -> Any:
    """Return what happens next, said to whoever looks."""
    return next((YOURS[status, who] for who in roles if (status, who) in YOURS), NEXT[status])


def main_page(status: Status, roles: tuple[Who, ...]) -> Page | None:
    return next((MAIN[status, who] for who in roles if (status, who) in MAIN), None)
