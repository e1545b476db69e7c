"""Who has approved a plan, who still may, and who takes no part and why (C1 to C3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role, read_roles
from incubator.budgets.models import Approval, Plan, PlanEdit
from incubator.budgets.queries import approvals, totals
from incubator.budgets.rules_approval import Signer, approvals_needed, exclusion, is_deadlocked
from incubator.budgets.rules_figures import settings_of
from incubator.foundation.database import db
from incubator.mentoring.queries import concerned
from incubator.organisations import queries as organisations
from incubator.organisations.models import AffiliationRole
from incubator.policy import Act, allows
from incubator.projects import queries as projects
from incubator.projects.models import TEAM, ConflictDeclaration, Part, Project

APPROVING = frozenset({Act.APPROVE_BUDGET, Act.RETURN_BUDGET, Act.APPROVE_CHANGE})


@dataclass(frozen=True)
class Signatures:
    """Where the approval of a plan stands."""

    needed: int
    given: Sequence[Approval]
    free: Sequence[Person]
    excluded: Sequence[tuple[Person, Any]]
    concerned: dict[int, str]

    @property
    def missing(self) -> int:
        return max(0, self.needed - len(self.given))

    @property
    def is_deadlocked(self) -> bool:
        return is_deadlocked(self.needed, len(self.given), len(self.free))

    def of(self, person_id: int) -> Approval | None:
        return next((each for each in self.given if each.person_id == person_id), None)

    def exclusion_of(self, person_id: int) -> Any | None:
        return next((sentence for person, sentence in self.excluded if person.id == person_id), None)


def editors(project_id: int) -> set[int]:
    """Return everyone who has written a version of the project's budget."""
    rows = sa.select(PlanEdit.person_id).join(Plan, Plan.id == PlanEdit.plan_id).where(Plan.project_id == project_id)
    return set(db.session.scalars(rows.distinct()))


def editors_of(plan: Plan) -> list[str]:
    """Return the names of those who wrote this version, in the order in which they first did."""
    rows = sa.select(Person.given_name, Person.family_name).join(PlanEdit, PlanEdit.person_id == Person.id)
    found = db.session.execute(rows.where(PlanEdit.plan_id == plan.id).order_by(PlanEdit.id))
    return [f"{row.given_name} {row.family_name}".strip() for row in found]


def exclusions(
    project: Project, people: Iterable[int], today: date, names: dict[int, str] | None = None, *, editing: bool = True,
) -> dict[int, Any]:
    """Return, for those of these people who take no part, the sentence that says why.

    Without `editing` it does not matter who wrote the budget: that stands only in the way of approving it (C2).
    """
    ids = set(people)
    names = concerned(project, today) if names is None else names
    ties = organisations.ties(ids, names, today)
    wrote = editors(project.id) if editing else set()
    declared = projects.with_conflict(project.id)
    found = {}
    for number in ids:
        on_team = bool(project.part_of(number) & set(TEAM))
        signer = Signer(on_team, number in wrote, number in declared, frozenset(ties.get(number, ())))
        if (sentence := exclusion(signer, names)) is not None:
            found[number] = sentence
    return found


def exclusion_from(act: Act, project: Project, person_id: int, today: date) -> Any | None:
    """Return why somebody takes no part in an act about a project, or None where nothing stands in the way."""
    return exclusions(project, [person_id], today, editing=act in APPROVING).get(person_id)


def memberships(person_id: int, names: dict[int, str], today: date) -> list[str]:
    """Return which of these organisations somebody is a plain member of: disclosed, but no obstacle."""
    ties = organisations.ties([person_id], names, today, [AffiliationRole.MEMBER])
    return [names[number] for number in sorted(ties.get(person_id, ()))]


def signatures(plan: Plan, today: date) -> Signatures:
    """Return who has signed, and who of the city's mentors and the project's deputies is free to or takes no part."""
    project = plan.project
    given = approvals(plan)
    signed = {each.person_id for each in given}
    pool = {person.id: person for person in [*people_with_role(Role.MENTOR), *project.people(Part.DEPUTY)]}.values()
    others = [person for person in pool if person.id not in signed]
    names = concerned(project, today)
    why = exclusions(project, [person.id for person in others], today, names)
    return Signatures(
        needed=approvals_needed(totals(plan).grant, settings_of(project.round)),
        given=given,
        free=[person for person in others if person.id not in why],
        excluded=[(person, why[person.id]) for person in others if person.id in why],
        concerned=names,
    )


def free_for(act: Act, project: Project, today: date) -> list[Person]:
    """Return who could do something about a project instead: allowed to by their roles or part, and free (C1, C2)."""
    known = [*project.mentors, *project.people(Part.DEPUTY), *people_with_role(Role.MENTOR),
             *people_with_role(Role.COORDINATOR)]
    read_roles(known)
    people = {person.id: person for person in known if allows(act, person, project)}
    why = exclusions(project, people, today, editing=act in APPROVING)
    return [person for number, person in people.items() if number not in why]


def last_declaration(project_id: int, person_id: int, act: str) -> ConflictDeclaration | None:
    declared = sa.select(ConflictDeclaration).where(
        ConflictDeclaration.project_id == project_id, ConflictDeclaration.person_id == person_id,
        ConflictDeclaration.act == act,
    )
    return db.session.scalar(declared.order_by(ConflictDeclaration.id.desc()).limit(1))
