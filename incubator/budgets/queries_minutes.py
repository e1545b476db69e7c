"""The minutes of a round, read from what was signed and declared: a handful of queries, however many decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, selectinload

from incubator.accounts.models import Person
from incubator.budgets.models import Approval, Plan
from incubator.budgets.models_change import Change, ChangeState
from incubator.budgets.queries_absences import absences
from incubator.budgets.rules_change import MONEY
from incubator.budgets.rules_figures import Amount
from incubator.budgets.rules_minutes import Decision, absent_on
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project, SecondSignature

ROLES = {
    "mentor of the project": _l("City mentor of the project"), "second mentor": _l("City mentor"),
    "deputy": _l("Deputy"),
}
COORDINATION = _l("Coordination")
FIRST_AND_SECOND = (_l("First signature"), _l("Second signature"))
RECORDED = {
    "award.recorded": (_l("Award recorded"), _l("awarded")),
    "award.waitlisted": (_l("Decision recorded"), _l("on the waiting list")),
    "award.rejected": (_l("Decision recorded"), _l("rejected")),
    "budget.returned": (_l("Budget"), _l("returned to the team")),
}


def minutes(round_id: int) -> list[Decision]:
    """Return every decision about the projects of a round that this room can see, in the order they were taken."""
    projects = {
        project.id: project for project in db.session.scalars(
            sa.select(Project).where(Project.round_id == round_id).options(selectinload(Project.participations)))
    }
    if not projects:
        return []
    found = [*_approvals(projects), *_recorded(projects), *_changes(projects), *_signatures(projects)]
    missing = absences(projects)
    whole = [replace(each, absent=absent_on(missing.get(each.project_id, ()), each.day, each.decided_by_ids))
             for each in found]
    return sorted(whole, key=lambda each: (each.at, each.project_id))


def _decision(
    project: Project, at: Any, what: Any, result: Any, people: Sequence[tuple[Person | None, Any]]
) -> Decision:
    known = [(person, role) for person, role in people if person is not None]
    return Decision(
        at=at, project_id=project.id, project_title=project.title, project_language=project.language, what=what,
        result=result, by=[(person.name, role) for person, role in known],
        decided_by_ids=frozenset(person.id for person, _role in known),
    )


def _approvals(projects: Mapping[int, Project]) -> Iterator[Decision]:
    rows = db.session.execute(
        sa.select(Approval, Plan.project_id, Plan.number, Change.id.label("change"))
        .join(Plan, Plan.id == Approval.plan_id).outerjoin(Change, Change.new_plan_id == Plan.id)
        .options(joinedload(Approval.person)).where(Plan.project_id.in_(projects))
    )
    for row in rows:
        signed = row.Approval
        what = _l("Change of the budget (version %(number)s)", number=row.number) if row.change else (
            _l("Budget (version %(number)s)", number=row.number))
        result = _l("approved") if signed.voided_at is None else _l("approved, void since the plan was given back")
        yield _decision(projects[row.project_id], signed.at, what, result,
                        [(signed.person, ROLES.get(signed.role, signed.role))])


def _recorded(projects: Mapping[int, Project]) -> Iterator[Decision]:
    rows = db.session.execute(
        sa.select(Entry, Person).outerjoin(Person, Person.seal == Entry.actor)
        .where(Entry.project_id.in_(projects), Entry.action.in_(RECORDED))
    ).unique()
    for entry, person in rows:
        what, result = RECORDED[entry.action]
        if cents := entry.data.get("amount_cents"):
            result = _l("awarded: %(amount)s", amount=Amount(cents))
        role = ROLES["second mentor"] if entry.action == "budget.returned" else COORDINATION
        assert entry.project_id is not None, "only entries about these projects were asked for"
        yield _decision(projects[entry.project_id], entry.at, what, result, [(person, role)])


def _changes(projects: Mapping[int, Project]) -> Iterator[Decision]:
    """Return the answers; each approval of a changed budget stands among the approvals already."""
    rows = db.session.scalars(
        sa.select(Change).options(joinedload(Change.decided_by))
        .where(Change.project_id.in_(projects), Change.state.in_((ChangeState.APPROVED, ChangeState.REFUSED)))
    )
    for change in rows:
        if change.kind in MONEY and change.state is ChangeState.APPROVED:
            continue
        role = ROLES["second mentor"] if change.kind in MONEY else COORDINATION
        yield _decision(projects[change.project_id], change.decided_at, change.kind.label, change.state.label,
                        [(change.decided_by, role)])


def _signatures(projects: Mapping[int, Project]) -> Iterator[Decision]:
    first, second = sa.orm.aliased(Person), sa.orm.aliased(Person)
    rows = db.session.execute(
        sa.select(SecondSignature, first, second)
        .join(first, first.id == SecondSignature.proposed_by_id)
        .join(second, second.id == SecondSignature.agreed_by_id)
        .where(SecondSignature.project_id.in_(projects), SecondSignature.agreed_at.is_not(None))
    ).unique()
    for signature, proposed_by, agreed_by in rows:
        yield _decision(
            projects[signature.project_id], signature.agreed_at, Action(signature.action).label, _l("carried out"),
            list(zip((proposed_by, agreed_by), FIRST_AND_SECOND, strict=True)))
