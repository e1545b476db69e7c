"""Letters about budgets and decisions, and money that becomes free again."""

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.budgets import queries, queries_approval
from incubator.budgets.models import Plan
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects.models import Project


def _plan(entry: Entry) -> Plan:
    return db.session.get_one(Plan, entry.subject_id)


@on("budget.submitted")
def ask_mentors(entry: Entry) -> None:
    plan = _plan(entry)
    letters.tell(plan.project.mentors, "budget_submitted", entry, project=plan.project, figures=queries.totals(plan))


@on("budget.returned")
def tell_team(entry: Entry) -> None:
    plan = _plan(entry)
    letters.tell(plan.project.team, "budget_returned", entry, project=plan.project, reason=plan.return_reason)


@on("budget.approval_given")
def ask_for_second_approval(entry: Entry) -> None:
    """Ask the project's other mentors; where it has none, everybody who is free to be the second."""
    plan = _plan(entry)
    if entry.data["given"] >= entry.data["needed"]:
        return
    project = plan.project
    free = queries_approval.signatures(plan, clock.today()).free
    own = [person for person in free if person in project.mentors]
    letters.tell(own or free, "budget_second_approval", entry, project=project, figures=queries.totals(plan))


@on("budget.approved")
def tell_of_approval(entry: Entry) -> None:
    plan = _plan(entry)
    facts = {"figures": queries.totals(plan)}
    letters.tell(plan.project.leads, "budget_approved", entry, project=plan.project, **facts)
    letters.tell(people_with_role(Role.COORDINATOR), "budget_to_decide", entry, project=plan.project, **facts)


@on("award.recorded")
def tell_of_award(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    letters.tell(project.leads, "award_recorded", entry, project=project, amount_cents=entry.data["amount_cents"])


@on("award.waitlisted")
def tell_of_waiting_list(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    letters.tell(project.leads, "award_waitlisted", entry, project=project)


@on("award.rejected")
def tell_of_rejection(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    letters.tell(project.leads, "award_rejected", entry, project=project)

