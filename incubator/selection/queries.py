"""The panel of a round: what it scores by, who is on it, and what was handed in."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from incubator.accounts.models import Person
from incubator.budgets.models import Plan
from incubator.budgets.queries import counts, grant_column
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import TEAM, Participation, Project
from incubator.selection.models import Criterion, PanelMember, Sheet, SheetState

Thing = TypeVar("Thing")
PROPOSED = (joinedload(Project.round), joinedload(Project.theme), joinedload(Project.district),
            joinedload(Project.carrier))
CLOSED, REOPENED, LOT = "scoring.closed", "scoring.reopened", "scoring.lot_drawn"


def panel_round(round_id: int) -> Round | None:
    """Return a round that a panel scores, with who is on it today; None where none does."""
    round_ = db.session.get(Round, round_id)
    if round_ is None or not round_.has_panel:
        return None
    round_.panel_ids = panel_ids(round_.id)  # type: ignore[attr-defined]
    return with_teams(round_, round_.id)


def with_teams(thing: Thing, round_id: int) -> Thing:
    """Return something of a round that knows who is on the teams it decides about: these choose nothing in it (C2)."""
    thing.team_ids = frozenset(db.session.scalars(  # type: ignore[attr-defined]
        sa.select(Participation.person_id).join(Project, Project.id == Participation.project_id).where(
            Project.round_id == round_id, Project.status.in_((Status.BUDGET_APPROVED, Status.WAITLISTED)),
            Participation.until.is_(None), Participation.kind.in_(TEAM))))
    return thing


def scored_project(project_id: int) -> Project | None:
    """Return a project of such a round, with who is on the panel today.

    What does not stand for a decision and never did is nobody's to read here: drafts, proposals, what was withdrawn.
    """
    project = db.session.get(Project, project_id, options=PROPOSED)
    if project is None or not project.round.has_panel or not (
            project.status is Status.BUDGET_APPROVED or sheets([project.id])):
        return None
    project.panel_ids = panel_ids(project.round_id)  # type: ignore[attr-defined]
    return project


def panel_ids(round_id: int) -> frozenset[int]:
    return frozenset(db.session.scalars(
        sa.select(PanelMember.person_id).where(PanelMember.round_id == round_id, PanelMember.until.is_(None))))


def criterion(criterion_id: int) -> Criterion | None:
    found = db.session.get(Criterion, criterion_id)
    return with_teams(found, found.round_id) if found is not None and found.round.has_panel else None


def criteria(round_id: int) -> Sequence[Criterion]:
    chosen = sa.select(Criterion).where(Criterion.round_id == round_id)
    return db.session.scalars(chosen.order_by(Criterion.position, Criterion.id)).all()


def weights(round_id: int) -> dict[int, int]:
    rows = db.session.execute(sa.select(Criterion.id, Criterion.weight).where(Criterion.round_id == round_id))
    return {row.id: row.weight for row in rows}


def member(member_id: int) -> PanelMember | None:
    found = db.session.get(PanelMember, member_id)
    return with_teams(found, found.round_id) if found is not None and found.round.has_panel else None


def members(round_id: int, *, former: bool = False) -> Sequence[PanelMember]:
    """Return who is on the panel, by name; with `former` also those who left."""
    chosen = sa.select(PanelMember).join(Person).where(PanelMember.round_id == round_id)
    if not former:
        chosen = chosen.where(PanelMember.until.is_(None))
    return db.session.scalars(chosen.order_by(Person.given_name, Person.family_name, PanelMember.id)).unique().all()


def count_sheets(round_id: int) -> int:
    """Return how many sheets were begun in a round."""
    begun = sa.select(sa.func.count(Sheet.id)).join(Project, Project.id == Sheet.project_id)
    return db.session.scalar(begun.where(Project.round_id == round_id)) or 0


def sheet(project_id: int, person_id: int) -> Sheet | None:
    wanted = sa.select(Sheet).where(Sheet.project_id == project_id, Sheet.person_id == person_id)
    return db.session.scalar(wanted.options(selectinload(Sheet.scores)))


def sheets(project_ids: Sequence[int], *states: SheetState) -> Sequence[Sheet]:
    """Return sheets with their scores and who filled them in, in the order in which they were begun."""
    wanted = sa.select(Sheet).where(Sheet.project_id.in_(project_ids)).order_by(Sheet.id)
    if states:
        wanted = wanted.where(Sheet.state.in_(states))
    return db.session.scalars(wanted.options(selectinload(Sheet.scores), joinedload(Sheet.person))).unique().all()


def eligible(round_id: int) -> Sequence[Project]:
    """Return the projects of a round that are scored: their budget is approved and nothing is decided yet."""
    wanted = sa.select(Project).where(Project.round_id == round_id, Project.status == Status.BUDGET_APPROVED)
    return db.session.scalars(wanted.order_by(Project.id)).all()


def grants(project_ids: Sequence[int]) -> dict[int, int]:
    """Return the grant that the newest plan of each project asks for, in cents."""
    other = sa.orm.aliased(Plan)
    newest = sa.select(sa.func.max(other.number)).where(other.project_id == Plan.project_id, counts(other))
    rows = db.session.execute(
        sa.select(Plan.project_id, grant_column().label("grant"))
        .where(Plan.project_id.in_(project_ids), Plan.number == newest.scalar_subquery())
    )
    return {row.project_id: int(row.grant) for row in rows}


def is_closed(round_id: int) -> bool:
    """Say whether the scoring of a round is closed; the book knows, for nothing else hangs on it."""
    return round_id in closed_among([round_id])


def closed_among(round_ids: Iterable[int]) -> set[int]:
    """Return the rounds among these whose scoring is closed."""
    ids = list(round_ids)
    if not ids:
        return set()
    newest = sa.select(sa.func.max(Entry.id)).where(
        Entry.subject_type == Round.__tablename__, Entry.subject_id.in_(ids), Entry.action.in_((CLOSED, REOPENED)),
    ).group_by(Entry.subject_id)
    return set(db.session.scalars(sa.select(Entry.subject_id).where(Entry.id.in_(newest), Entry.action == CLOSED)))


def lots(round_id: int) -> list[list[int]]:
    """Return the orders in which projects were drawn, the newest last."""
    drawn = sa.select(Entry).where(
        Entry.subject_type == Round.__tablename__, Entry.subject_id == round_id, Entry.action == LOT)
    return [entry.data["order"] for entry in db.session.scalars(drawn.order_by(Entry.id))]
