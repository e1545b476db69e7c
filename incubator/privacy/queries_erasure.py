"""Requests to be forgotten, what stands in their way, and what each would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from incubator.accounts.models import Person, Role, RoleGrant
from incubator.foundation.database import db
from incubator.privacy import rules_erasure
from incubator.privacy.models import ErasureRequest, ErasureState
from incubator.privacy.register import REGISTER
from incubator.privacy.register_terms import How, Since
from incubator.privacy.rules_erasure import NEEDED, OVER, Standing
from incubator.privacy.traces import Trace, Whose, counts, traces
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part, Participation, Project

MANY = 100
AT_REST = (Since.PROJECT, Since.ROUND)


@dataclass
class Fate:
    """What becomes of one kind of thing: how many rows of it there are, why they stay, and until when."""

    what: Any
    number: int
    reason: Any = ""
    words: Any = ""
    until: date | None = None


@dataclass
class Preview:
    """What erasing somebody would do, told by the register; each line of it is a Fate."""

    goes: list[Fate] = field(default_factory=list)
    emptied: list[Fate] = field(default_factory=list)
    stays: list[Fate] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.goes or self.emptied)


def request_of(person_id: int) -> ErasureRequest | None:
    """Return somebody's open request."""
    return db.session.scalar(sa.select(ErasureRequest).where(
        ErasureRequest.person_id == person_id, ErasureRequest.state == ErasureState.ASKED))


def erasure(erasure_id: int) -> ErasureRequest:
    return db.session.get_one(ErasureRequest, erasure_id, options=[joinedload(ErasureRequest.person)])


def requests(state: ErasureState) -> Sequence[ErasureRequest]:
    """Return requests: those that wait with the most urgent first, decided ones with the newest first."""
    waits = state is ErasureState.ASKED
    order = (ErasureRequest.due_on, ErasureRequest.id) if waits else (ErasureRequest.decided_at.desc(),)
    return db.session.scalars(
        sa.select(ErasureRequest).options(joinedload(ErasureRequest.person))
        .where(ErasureRequest.state == state).order_by(*order).limit(MANY)
    ).all()


def standing(person: Person) -> Standing:
    """Return what keeps somebody from being forgotten today."""
    return Standing(only=_held_alone(person), leads=_led_alone(person.id))


def _held_alone(person: Person) -> set[Role]:
    held = {role for role in NEEDED if person.has_role(role)}
    others = set(db.session.scalars(
        sa.select(RoleGrant.role).distinct().join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role.in_(held), RoleGrant.person_id != person.id, Person.is_active)
    )) if held else set()
    return held - others


def _led_alone(person_id: int) -> list[str]:
    return list(db.session.scalars(
        _alone(person_id, Part.LEAD, (Part.LEAD,)).with_only_columns(Project.title)
        .where(Project.status.not_in(OVER)).order_by(Project.id)
    ))


def drafts_of(person_id: int) -> list[int]:
    """Return drafts in which nobody else takes part: they go with their writer."""
    return list(db.session.scalars(
        _alone(person_id, Part.LEAD, tuple(Part)).with_only_columns(Project.id)
        .where(Project.status == Status.DRAFT)
    ))


def _alone(person_id: int, kind: Part, others: tuple[Part, ...]) -> sa.Select[Any]:
    """Choose projects in which somebody has a part now and nobody else one of the others."""
    other = aliased(Participation)
    somebody = sa.select(other.id).join(Person, Person.id == other.person_id).where(
        other.project_id == Project.id, other.person_id != person_id, other.kind.in_(others), other.until.is_(None),
        Person.is_active)
    return (
        sa.select(Project).join(Participation, Participation.project_id == Project.id)
        .where(Participation.person_id == person_id, Participation.kind == kind, Participation.until.is_(None),
               ~somebody.exists())
    )


def preview(whose: Whose) -> Preview:
    """Count what would go, be emptied or stay; entries without a row are left out."""
    found, seen, known = Preview(), set(), list(traces(whose))
    years, last_end = _years(), _last_end(whose.person_id)
    for trace, number in zip(known, counts(known), strict=True):
        if not number or (trace.how, trace.kept.what) in seen:
            continue
        seen.add((trace.how, trace.kept.what))
        if trace.how is How.KEEP:
            _stays(found, trace, number, years, last_end)
        else:
            (found.goes if trace.how is How.DELETE else found.emptied).append(Fate(trace.kept.what, number))
    return found


def _stays(found: Preview, trace: Trace, number: int, longest: Mapping[str, int], last_end: date | None) -> None:
    keeps = trace.kept.keeps
    years = longest[keeps.setting] if keeps.setting else 0
    until = rules_erasure.until(last_end, years) if keeps.since in AT_REST else None
    found.stays.append(Fate(
        trace.kept.what, number, trace.kept.erased.reason, keeps.words(years or keeps.months or keeps.days), until))
    line = {"what": f"{trace.kept.table}.{trace.kept.whose}", "until": until.isoformat() if until else None}
    if line not in found.kept:
        found.kept.append(line)


def _years() -> dict[str, int]:
    """Return the longest time that any round sets, by the setting's name."""
    settings = sorted({kept.keeps.setting for kept in REGISTER if kept.keeps.setting})
    longest = db.session.execute(sa.select(*(sa.func.max(getattr(Round, each)) for each in settings))).one()
    return {name: years or 10 for name, years in zip(settings, longest, strict=True)}


def _last_end(person_id: int | None) -> date | None:
    """Return the day on which the last project of somebody ended, None while one goes on."""
    rows = db.session.execute(
        sa.select(Project.status, Project.status_since).join(Participation, Participation.project_id == Project.id)
        .where(Participation.person_id == person_id)
    ).all()
    if not rows or any(row.status not in OVER or row.status is Status.DRAFT for row in rows):
        return None
    return max(row.status_since for row in rows).date()
