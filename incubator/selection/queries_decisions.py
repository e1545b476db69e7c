"""What bodies of the city resolved, what is prepared of it, what was published, and who waits for money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.budgets.queries import next_notice_number
from incubator.foundation.database import db
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import queries, rules
from incubator.selection.models import Decision, Outcome, Resolution


def deciding_round(round_id: int) -> Round | None:
    """Return a round that publishes its decisions together, or once did: what was prepared can still be dropped.

    None where decisions were always recorded one by one.
    """
    round_ = db.session.get(Round, round_id)
    if round_ is None or not (round_.publishes_together or _has_decisions(round_id)):
        return None
    return queries.with_teams(round_, round_id)


def _has_decisions(round_id: int) -> bool:
    return db.session.scalar(_of_round(round_id).limit(1)) is not None


def selecting_round(round_id: int) -> Round | None:
    """Return a round with a panel or with decisions that are published together."""
    round_ = db.session.get(Round, round_id)
    if round_ is None or not (round_.has_panel or round_.publishes_together):
        return None
    return queries.with_teams(round_, round_id)


def deciding_project(project_id: int) -> Project | None:
    project = db.session.get(Project, project_id)
    return project if project is not None and project.round.publishes_together else None


def decision(decision_id: int) -> Decision | None:
    return db.session.get(Decision, decision_id)


def resolution(resolution_id: int) -> Resolution | None:
    found = db.session.get(Resolution, resolution_id)
    return queries.with_teams(found, found.round_id) if found is not None else None


def resolutions(round_id: int) -> Sequence[Resolution]:
    chosen = sa.select(Resolution).where(Resolution.round_id == round_id)
    return db.session.scalars(chosen.order_by(Resolution.on, Resolution.id)).all()


def is_used(resolution_id: int) -> bool:
    used = sa.select(Decision.id).where(Decision.resolution_id == resolution_id).limit(1)
    return db.session.scalar(used) is not None


def _of_round(round_id: int) -> sa.Select[Any]:
    return (
        sa.select(Decision).join(Project, Project.id == Decision.project_id).where(Project.round_id == round_id)
        .options(joinedload(Decision.project), joinedload(Decision.resolution)).order_by(Decision.id)
    )


def prepared(round_id: int) -> Sequence[Decision]:
    """Return what is prepared and told to nobody yet."""
    return db.session.scalars(
        _of_round(round_id).where(Decision.published_at.is_(None), Decision.dropped_at.is_(None))).all()


def prepared_for(project_id: int) -> Decision | None:
    return db.session.scalar(sa.select(Decision).where(
        Decision.project_id == project_id, Decision.published_at.is_(None), Decision.dropped_at.is_(None)))


def published(round_id: int) -> Sequence[Decision]:
    return db.session.scalars(_of_round(round_id).where(Decision.published_at.is_not(None))).all()


def standing_in(round_id: int) -> bool:
    """Say whether any decision of a round is prepared or published."""
    return db.session.scalar(_of_round(round_id).where(Decision.dropped_at.is_(None)).limit(1)) is not None


def undecided(round_id: int) -> list[Project]:
    """Return the projects that wait for a decision and for which none is prepared."""
    ready = {each.project_id for each in prepared(round_id)}
    return [project for project in queries.eligible(round_id) if project.id not in ready]


def still_waiting(round_id: int) -> Sequence[Project]:
    """Return the projects on the waiting list for which nothing is prepared."""
    prepared_too = sa.exists().where(
        Decision.project_id == Project.id, Decision.published_at.is_(None), Decision.dropped_at.is_(None))
    waiting = sa.select(Project).where(
        Project.round_id == round_id, Project.status == Status.WAITLISTED, ~prepared_too)
    return db.session.scalars(waiting.order_by(Project.id)).all()


def prepared_waiting(round_id: int) -> list[Project]:
    """Return the projects on the waiting list whose rejection is prepared."""
    return [each.project for each in prepared(round_id) if each.project.status is Status.WAITLISTED]


def free_notice_number(year: int) -> str:
    """Suggest a number that neither a notice nor a prepared decision carries."""
    taken = {each for each in db.session.scalars(sa.select(Decision.notice_number).where(
        Decision.notice_number.like(f"{year}-%"), Decision.dropped_at.is_(None)))}
    number = int(next_notice_number(year).partition("-")[2])
    while f"{year}-{number:03}" in taken:
        number += 1
    return f"{year}-{number:03}"


def notice_number_is_prepared(number: str, project_id: int) -> bool:
    return db.session.scalar(sa.select(Decision.id).where(
        Decision.notice_number == number, Decision.project_id != project_id, Decision.published_at.is_(None),
        Decision.dropped_at.is_(None)).limit(1)) is not None


def waiting_places(round_id: int, without: int | None = None) -> set[int]:
    """Return the places on the waiting list that are taken or promised to others."""
    rows = db.session.execute(
        sa.select(Decision.place).join(Project, Project.id == Decision.project_id).where(
            Project.round_id == round_id, Decision.outcome == Outcome.WAITLIST, Decision.dropped_at.is_(None),
            Decision.place.is_not(None), Decision.project_id != (without or 0),
            sa.or_(Decision.published_at.is_(None), Project.status == Status.WAITLISTED),
        )
    )
    return {row.place for row in rows}


@dataclass(frozen=True)
class WaitingList:
    """Who waits for money in a round, in order, and who moves up now."""

    projects: dict[int, Project]
    order: Sequence[rules.Waiting]
    free_cents: int
    next: rules.Waiting | None


def waiting_list(round_: Round) -> WaitingList:
    projects = {project.id: project for project in db.session.scalars(
        sa.select(Project).where(Project.round_id == round_.id, Project.status == Status.WAITLISTED))}
    places = dict(db.session.execute(
        sa.select(Decision.project_id, Decision.place).where(
            Decision.project_id.in_(list(projects)), Decision.outcome == Outcome.WAITLIST,
            Decision.published_at.is_not(None)).order_by(Decision.id)).all())
    grants, free = queries.grants(list(projects)), round_.left_cents
    order = rules.in_order(rules.Waiting(number, places.get(number), grants.get(number, 0)) for number in projects)
    return WaitingList(projects, order, free, rules.next_up(order, free))
