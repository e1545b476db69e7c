"""Letters about budgets and decisions, and money that becomes free again."""

from collections.abc import Iterable
from typing import Any

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.budgets import operations, queries
from incubator.budgets.models import Plan
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects.lifecycle import Action
from incubator.projects.models import Part, Project


def _write(entry: Entry, template: str, people: Iterable[Person], project: Project, **facts: Any) -> None:
    """Write to each person once, but never to the one who did it."""
    for person in people:
        if person.public_id != entry.actor:
            letters.write(person, template, key=f"{entry.id}:{template}:{person.id}", project=project, **facts)


def _team(project: Project) -> list[Person]:
    return [*project.leads, *project.people(Part.MEMBER)]


def _plan(entry: Entry) -> Plan:
    return db.session.get_one(Plan, entry.subject_id)


@on("budget.submitted")
def ask_mentors(entry: Entry) -> None:
    plan = _plan(entry)
    _write(entry, "budget_submitted", plan.project.mentors, plan.project, figures=queries.totals(plan))


@on("budget.returned")
def tell_team(entry: Entry) -> None:
    plan = _plan(entry)
    _write(entry, "budget_returned", _team(plan.project), plan.project, reason=plan.return_reason)


@on("budget.approval_given")
def ask_for_second_approval(entry: Entry) -> None:
    """Ask the project's other mentors; the desk shows it to every mentor."""
    plan = _plan(entry)
    if entry.data["given"] >= entry.data["needed"]:
        return
    _write(entry, "budget_second_approval", plan.project.mentors, plan.project, figures=queries.totals(plan))


@on("budget.approved")
def tell_of_approval(entry: Entry) -> None:
    plan = _plan(entry)
    facts = {"figures": queries.totals(plan)}
    _write(entry, "budget_approved", plan.project.leads, plan.project, **facts)
    _write(entry, "budget_to_decide", people_with_role(Role.COORDINATOR), plan.project, **facts)


@on("award.recorded")
def tell_of_award(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    _write(entry, "award_recorded", project.leads, project, amount_cents=entry.data["amount_cents"])


@on("award.waitlisted")
def tell_of_waiting_list(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    _write(entry, "award_waitlisted", project.leads, project)


@on("award.rejected")
def tell_of_rejection(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    _write(entry, "award_rejected", project.leads, project)


@on("project.moved")
def free_the_money(entry: Entry) -> None:
    """A project is revoked once and an entry is delivered once, so its money comes back once."""
    if entry.data.get("action") == Action.REVOKE:
        operations.release(db.session.get_one(Project, entry.subject_id))
