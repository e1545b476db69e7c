"""Who has confirmed a request, who still may, and who takes no part and why (R10, C1 to C3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.mentoring.queries import concerned_in
from incubator.organisations import queries as organisations
from incubator.organisations.models import Organisation
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.payments.rules import Confirmer, exclusion
from incubator.projects import queries as projects
from incubator.projects.models import TEAM, Part, Participation, Project

FACTUAL, ARITHMETIC = "factual", "arithmetic"


@dataclass(frozen=True)
class Checks:
    """Where the two checks of a request stand."""

    factual: Person | None
    arithmetic: Person | None
    free: Sequence[Person]
    excluded: Sequence[tuple[Person, Any]]

    @property
    def missing(self) -> list[str]:
        pairs = ((FACTUAL, self.factual), (ARITHMETIC, self.arithmetic))
        return [what for what, person in pairs if person is None]

    @property
    def is_deadlocked(self) -> bool:
        return len(self.free) < len(self.missing)

    def has_signed(self, person_id: int) -> bool:
        return any(each is not None and each.id == person_id for each in (self.factual, self.arithmetic))

    def may_sign(self, person_id: int) -> bool:
        return any(person.id == person_id for person in self.free)

    def exclusion_of(self, person_id: int) -> Any | None:
        return next((sentence for person, sentence in self.excluded if person.id == person_id), None)


class _Known:
    """What keeps people from taking part in payments, read with three questions for any number of projects."""

    def __init__(self, projects_: Iterable[int], people: Iterable[int], today: date) -> None:
        ids = list(projects_)
        self.names = concerned_in(ids, today)
        self.ties = organisations.ties(people, {number for each in self.names.values() for number in each}, today)
        self.declared = projects.conflicts_in(ids)

    def exclusions(self, project: Project, people: Iterable[int], asked_by_id: int | None) -> dict[int, Any]:
        found, names = {}, self.names[project.id]
        for number in people:
            who = Confirmer(
                on_team=bool(project.part_of(number) & set(TEAM)), has_asked=number == asked_by_id,
                has_declared_conflict=(project.id, number) in self.declared,
                belongs_to=frozenset(self.ties.get(number, ())),
            )
            if (sentence := exclusion(who, names)) is not None:
                found[number] = sentence
        return found


def exclusions(
    project: Project, people: Iterable[int], today: date, asked_by_id: int | None = None
) -> dict[int, Any]:
    """Return, for those of these people who take no part in a payment, the sentence that says why."""
    ids = set(people)
    return _Known([project.id], ids, today).exclusions(project, ids, asked_by_id)


def tie_to(organisation: Organisation, person_id: int, today: date) -> Any | None:
    """Return why somebody keeps away from an organisation's account, None where they have nothing to do with it."""
    ties = organisations.ties([person_id], [organisation.id], today).get(person_id, ())
    team = sa.select(Participation.id).join(Project, Project.id == Participation.project_id).where(
        Project.carrier_id == organisation.id, Participation.person_id == person_id,
        Participation.kind.in_(TEAM), Participation.until.is_(None))
    if db.session.scalar(team.limit(1)) is not None:
        return _l("On the team of a project of this organisation: somebody else must do this.")
    return exclusion(Confirmer(belongs_to=frozenset(ties)), {organisation.id: organisation.name})


def _pool(project: Project, coordination: Sequence[Person]) -> list[Person]:
    """Return everybody whose part or role lets them confirm: mentors and deputies of the project, the coordination."""
    people = [*project.mentors, *project.people(Part.DEPUTY), *coordination]
    return list({person.id: person for person in people if person.is_active}.values())


def checks(request: FundsRequest, today: date) -> Checks:
    """Return who has confirmed a request, and who is free to, or takes no part."""
    return checks_of([request], today)[0]


def checks_of(requests: Sequence[FundsRequest], today: date) -> list[Checks]:
    """Return the same for many requests, with as many questions as for one where their teams are loaded."""
    if not requests:
        return []
    coordination = people_with_role(Role.COORDINATOR)
    pools = [_pool(request.project, coordination) for request in requests]
    known = _Known({each.project_id for each in requests}, {each.id for pool in pools for each in pool}, today)
    return [_checks(request, pool, known) for request, pool in zip(requests, pools, strict=True)]


def _checks(request: FundsRequest, pool: Iterable[Person], known: _Known) -> Checks:
    signed = {request.factual_by_id, request.arithmetic_by_id}
    others = [person for person in pool if person.id not in signed]
    why = known.exclusions(request.project, [person.id for person in others], request.asked_by_id)
    return Checks(
        factual=request.factual_by, arithmetic=request.arithmetic_by,
        free=[person for person in others if person.id not in why] if request.state is RequestState.ASKED else [],
        excluded=[(person, why[person.id]) for person in others if person.id in why],
    )
