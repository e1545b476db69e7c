"""The path of a project: one table of all its steps, and what each status means."""

import enum
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


class Status(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    MENTORING = "mentoring"
    BUDGET_REVIEW = "budget_review"
    BUDGET_APPROVED = "budget_approved"
    WAITLISTED = "waitlisted"
    AWARDED = "awarded"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REPORTING = "reporting"
    REPORT_SUBMITTED = "report_submitted"
    RECOVERY = "recovery"
    COMPLETED = "completed"
    LAPSED = "lapsed"
    INELIGIBLE = "ineligible"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]

    @property
    def stage(self) -> "Stage":
        return STAGE_OF[self]

    @property
    def is_public(self) -> bool:
        """The public sees a project from the award on; a revoked one stays visible, for money had been granted."""
        return self in PUBLIC


class Stage(enum.StrEnum):
    """The five public stages, and the end that comes early."""

    PROPOSAL = "proposal"
    MENTORING = "mentoring"
    BUDGET = "budget"
    MILESTONES = "milestones"
    CLOSING = "closing"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


class Action(enum.StrEnum):
    SUBMIT = "submit"
    RETURN_FOR_CHANGES = "return_for_changes"
    LAPSE = "lapse"
    DECLARE_INELIGIBLE = "declare_ineligible"
    ADMIT = "admit"
    SUBMIT_BUDGET = "submit_budget"
    RETURN_BUDGET = "return_budget"
    APPROVE_BUDGET = "approve_budget"
    WAITLIST = "waitlist"
    REJECT = "reject"
    AWARD = "award"
    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    OPEN_REPORTING = "open_reporting"
    SUBMIT_REPORT = "submit_report"
    RETURN_REPORT = "return_report"
    ACCEPT_REPORT = "accept_report"
    ACCEPT_WITH_RECOVERY = "accept_with_recovery"
    SETTLE_RECOVERY = "settle_recovery"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return ACTION_LABELS[self]


class Who(enum.StrEnum):
    LEAD = "lead"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    SECOND_PERSON = "second person"
    CLOCK = "clock"

    @property
    def label(self) -> str:
        return WHO_LABELS[self]


@dataclass(frozen=True)
class Step:
    """One row of the table; `guard` says in words what must hold, `also` names a second person who must agree."""

    action: Action
    sources: tuple[Status, ...]
    target: Status
    who: tuple[Who, ...]
    guard: str = ""
    also: Who | None = None


S, A, W = Status, Action, Who
BEFORE_AWARD = (
    S.DRAFT, S.SUBMITTED, S.RETURNED, S.MENTORING, S.BUDGET_REVIEW, S.BUDGET_APPROVED, S.WAITLISTED,
)
STEPS: tuple[Step, ...] = (
    Step(A.SUBMIT, (S.DRAFT, S.RETURNED), S.SUBMITTED, (W.LEAD,),
         "form complete; carrier eligible; before the deadline or the return's due date"),
    Step(A.RETURN_FOR_CHANGES, (S.SUBMITTED,), S.RETURNED, (W.COORDINATOR,), "what is missing, and a due date"),
    Step(A.LAPSE, (S.RETURNED,), S.LAPSED, (W.CLOCK,), "due date passed"),
    Step(A.DECLARE_INELIGIBLE, (S.SUBMITTED,), S.INELIGIBLE, (W.COORDINATOR,), "reason"),
    Step(A.ADMIT, (S.SUBMITTED,), S.MENTORING, (W.COORDINATOR,), "at least one mentor has accepted"),
    Step(A.SUBMIT_BUDGET, (S.MENTORING,), S.BUDGET_REVIEW, (W.LEAD,),
         "plan passes R1-R5 and R7; initial consultation logged; carrier agreement on file"),
    Step(A.RETURN_BUDGET, (S.BUDGET_REVIEW,), S.MENTORING, (W.MENTOR,), "reason"),
    Step(A.APPROVE_BUDGET, (S.BUDGET_REVIEW,), S.BUDGET_APPROVED, (W.MENTOR,),
         "C1-C4; two different mentors above the threshold"),
    Step(A.WAITLIST, (S.BUDGET_APPROVED,), S.WAITLISTED, (W.COORDINATOR,), "resolution: body, date, reference"),
    Step(A.REJECT, (S.BUDGET_APPROVED, S.WAITLISTED), S.REJECTED, (W.COORDINATOR,),
         "resolution: body, date, reference"),
    Step(A.AWARD, (S.BUDGET_APPROVED, S.WAITLISTED), S.AWARDED, (W.COORDINATOR,),
         "resolution; R6 while the round is held; notice number"),
    Step(A.START, (S.AWARDED,), S.ACTIVE, (W.COORDINATOR, W.CLOCK),
         "award is final: one month after notice, or waiver"),
    Step(A.SUSPEND, (S.ACTIVE,), S.SUSPENDED, (W.COORDINATOR,), "reason"),
    Step(A.RESUME, (S.SUSPENDED,), S.ACTIVE, (W.COORDINATOR,), "reason"),
    Step(A.OPEN_REPORTING, (S.ACTIVE,), S.REPORTING, (W.LEAD, W.CLOCK),
         "all milestones accepted or cancelled, or period over"),
    Step(A.SUBMIT_REPORT, (S.REPORTING,), S.REPORT_SUBMITTED, (W.LEAD,),
         "narrative, financial statement, receipt list"),
    Step(A.RETURN_REPORT, (S.REPORT_SUBMITTED,), S.REPORTING, (W.MENTOR,), "reason"),
    Step(A.ACCEPT_REPORT, (S.REPORT_SUBMITTED,), S.COMPLETED, (W.MENTOR,), "audit note", W.SECOND_PERSON),
    Step(A.ACCEPT_WITH_RECOVERY, (S.REPORT_SUBMITTED,), S.RECOVERY, (W.MENTOR,), "audit note", W.SECOND_PERSON),
    Step(A.SETTLE_RECOVERY, (S.RECOVERY,), S.COMPLETED, (W.COORDINATOR,),
         "money back, or waived below the threshold"),
    Step(A.WITHDRAW, BEFORE_AWARD, S.WITHDRAWN, (W.LEAD,)),
    Step(A.REVOKE, (S.AWARDED, S.ACTIVE, S.SUSPENDED), S.REVOKED, (W.COORDINATOR,), "reason", W.SECOND_PERSON),
)
BY_ACTION = {step.action: step for step in STEPS}

STAGE_OF = {
    S.DRAFT: Stage.PROPOSAL, S.SUBMITTED: Stage.PROPOSAL, S.RETURNED: Stage.PROPOSAL,
    S.MENTORING: Stage.MENTORING,
    S.BUDGET_REVIEW: Stage.BUDGET, S.BUDGET_APPROVED: Stage.BUDGET, S.WAITLISTED: Stage.BUDGET,
    S.AWARDED: Stage.BUDGET,
    S.ACTIVE: Stage.MILESTONES, S.SUSPENDED: Stage.MILESTONES,
    S.REPORTING: Stage.CLOSING, S.REPORT_SUBMITTED: Stage.CLOSING, S.RECOVERY: Stage.CLOSING,
    S.COMPLETED: Stage.CLOSING,
    S.LAPSED: Stage.ENDED, S.INELIGIBLE: Stage.ENDED, S.REJECTED: Stage.ENDED, S.WITHDRAWN: Stage.ENDED,
    S.REVOKED: Stage.ENDED,
}
PUBLIC = frozenset(
    {S.AWARDED, S.ACTIVE, S.SUSPENDED, S.REPORTING, S.REPORT_SUBMITTED, S.RECOVERY, S.COMPLETED, S.REVOKED}
)
STATUS_LABELS = {
    S.DRAFT: _l("Draft"),
    S.SUBMITTED: _l("Submitted"),
    S.RETURNED: _l("Returned for changes"),
    S.MENTORING: _l("In mentoring"),
    S.BUDGET_REVIEW: _l("Budget under review"),
    S.BUDGET_APPROVED: _l("Budget approved"),
    S.WAITLISTED: _l("On the waiting list"),
    S.AWARDED: _l("Awarded"),
    S.ACTIVE: _l("Under way"),
    S.SUSPENDED: _l("Suspended"),
    S.REPORTING: _l("Final report due"),
    S.REPORT_SUBMITTED: _l("Final report submitted"),
    S.RECOVERY: _l("Money to be returned"),
    S.COMPLETED: _l("Completed"),
    S.LAPSED: _l("Lapsed"),
    S.INELIGIBLE: _l("Not eligible"),
    S.REJECTED: _l("Rejected"),
    S.WITHDRAWN: _l("Withdrawn"),
    S.REVOKED: _l("Revoked"),
}
STAGE_LABELS = {
    Stage.PROPOSAL: _l("Proposal"),
    Stage.MENTORING: _l("Mentoring"),
    Stage.BUDGET: _l("Budget"),
    Stage.MILESTONES: _l("Milestones"),
    Stage.CLOSING: _l("Closing"),
    Stage.ENDED: _l("Ended early"),
}
ACTION_LABELS = {
    A.SUBMIT: _l("Submit the proposal"),
    A.RETURN_FOR_CHANGES: _l("Return for changes"),
    A.LAPSE: _l("Lapse"),
    A.DECLARE_INELIGIBLE: _l("Declare not eligible"),
    A.ADMIT: _l("Admit to mentoring"),
    A.SUBMIT_BUDGET: _l("Submit the budget"),
    A.RETURN_BUDGET: _l("Return the budget"),
    A.APPROVE_BUDGET: _l("Approve the budget"),
    A.WAITLIST: _l("Put on the waiting list"),
    A.REJECT: _l("Reject"),
    A.AWARD: _l("Record the award"),
    A.START: _l("Start the project"),
    A.SUSPEND: _l("Suspend"),
    A.RESUME: _l("Resume"),
    A.OPEN_REPORTING: _l("Begin the final report"),
    A.SUBMIT_REPORT: _l("Submit the final report"),
    A.RETURN_REPORT: _l("Return the final report"),
    A.ACCEPT_REPORT: _l("Accept the final report"),
    A.ACCEPT_WITH_RECOVERY: _l("Accept the report and ask money back"),
    A.SETTLE_RECOVERY: _l("Settle the money to be returned"),
    A.WITHDRAW: _l("Withdraw"),
    A.REVOKE: _l("Revoke the award"),
}
WHO_LABELS = {
    W.LEAD: _l("Project lead"),
    W.MENTOR: _l("City mentor"),
    W.COORDINATOR: _l("Coordinator"),
    W.SECOND_PERSON: _l("A second person"),
    W.CLOCK: _l("The calendar"),
}


def steps_from(status: Status) -> tuple[Step, ...]:
    """Return every step that leads on from a status."""
    return tuple(step for step in STEPS if status in step.sources)
