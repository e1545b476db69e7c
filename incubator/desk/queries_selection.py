"""What waits on panels and for decisions, with the same few queries however many rounds there are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts_selection import ChoosingFact, ScoringFact, SelectionFacts
from incubator.desk.waiting import Rows, waits
from incubator.foundation.database import db
from incubator.programme.models import Round, RoundState
from incubator.projects.lifecycle import Status
from incubator.projects.models import TEAM, Participation, Project
from incubator.selection import queries, rules
from incubator.selection.models import Criterion, Decision, Outcome, PanelMember, Sheet, SheetState


def selection_facts(found: Rows, person_id: int, *, is_coordinator: bool) -> SelectionFacts:
    """Return what one person must score, and for the coordination where each round stands."""
    scoring, rounds = found["scoring"], _rounds(person_id) if is_coordinator else []
    ids = {row.id for row in scoring} | {row.id for row in rounds if row.has_panel}
    closed = queries.closed_among(ids)
    moving = _next_up([row for row in rounds if row.waiting])
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in scoring:
        if row.id not in closed:
            grouped[row.id].append(row)
    return SelectionFacts(
        scoring=tuple(
            ScoringFact(number, rows[0].name, rows[0].day, frozenset(row.project_id for row in rows))
            for number, rows in grouped.items()),
        rounds=tuple(_choosing(row, closed, moving.get(row.id, "")) for row in rounds),
    )


def asked(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Ask for each project that this person has still to score, under the number of its round."""
    done = sa.exists().where(
        Sheet.project_id == Project.id, Sheet.person_id == person_id,
        Sheet.state.in_((SheetState.GIVEN, SheetState.VOID)))
    return waits(
        "scoring", id=Round.id, project_id=Project.id, name=Round.name, day=Round.panel_on,
    ).select_from(Project).join(Round, Round.id == Project.round_id).join(
        PanelMember, PanelMember.round_id == Round.id,
    ).where(PanelMember.person_id == person_id, PanelMember.until.is_(None), Round.has_panel,
            Project.status == Status.BUDGET_APPROVED, ~done)


def _rounds(person_id: int) -> list[Any]:
    """Return the rounds in which this person chooses; not those in which a project of their own is decided (C2)."""
    is_own = sa.exists().where(
        Project.round_id == Round.id, Project.status.in_((Status.BUDGET_APPROVED, Status.WAITLISTED)),
        Participation.project_id == Project.id, Participation.person_id == person_id, Participation.until.is_(None),
        Participation.kind.in_(TEAM))
    waits = sa.and_(Decision.project_id == Project.id, Decision.published_at.is_(None), Decision.dropped_at.is_(None))
    given = sa.select(sa.func.count(Sheet.id)).join(Project, Project.id == Sheet.project_id).where(
        Project.round_id == Round.id, Project.status == Status.BUDGET_APPROVED, Sheet.state == SheetState.GIVEN)
    members = _count(PanelMember).where(PanelMember.round_id == Round.id, PanelMember.until.is_(None))
    approved = _count(Project).where(Project.round_id == Round.id, Project.status == Status.BUDGET_APPROVED)
    waiting = _count(Project).where(
        Project.round_id == Round.id, Project.status == Status.WAITLISTED, ~sa.exists().where(waits))
    return list(db.session.execute(
        sa.select(
            Round.id, Round.name, Round.has_panel, Round.publishes_together, Round.panel_on, Round.council_on,
            (Round.fund_cents - Round.reserve_cents - Round.awarded_cents).label("free"),
            members.scalar_subquery().label("members"),
            _count(Criterion).where(Criterion.round_id == Round.id).scalar_subquery().label("criteria"),
            given.scalar_subquery().label("sheets"),
            approved.where(~sa.exists().where(waits)).scalar_subquery().label("undecided"),
            _count(Project).where(
                Project.round_id == Round.id, Project.status.in_((Status.BUDGET_APPROVED, Status.WAITLISTED)),
                sa.exists().where(waits)).scalar_subquery().label("prepared"),
            waiting.scalar_subquery().label("waiting"), Round.period_until,
        )
        .where(sa.or_(Round.has_panel, Round.publishes_together), ~is_own,
               sa.or_(Round.state.in_((RoundState.OPEN, RoundState.CLOSED)), waiting.scalar_subquery() > 0))
        .order_by(Round.id)
    ))


def _count(kind: Any) -> sa.Select[Any]:
    return sa.select(sa.func.count(kind.id))


def _next_up(rounds: Iterable[Any]) -> dict[int, str]:
    """Return the title of the project that moves up, by round."""
    free = {row.id: row.free for row in rounds}
    if not free:
        return {}
    place = sa.select(sa.func.max(Decision.place)).where(
        Decision.project_id == Project.id, Decision.outcome == Outcome.WAITLIST, Decision.published_at.is_not(None))
    rows = db.session.execute(
        sa.select(Project.id, Project.title, Project.round_id, place.scalar_subquery().label("place"))
        .where(Project.round_id.in_(list(free)), Project.status == Status.WAITLISTED)
    ).all()
    grants, titles = queries.grants([row.id for row in rows]), {row.id: row.title for row in rows}
    lists: dict[int, list[rules.Waiting]] = defaultdict(list)
    for row in rows:
        lists[row.round_id].append(rules.Waiting(row.id, row.place, grants.get(row.id, 0)))
    found = {number: rules.next_up(waiting, free[number]) for number, waiting in lists.items()}
    return {number: titles[each.id] for number, each in found.items() if each is not None}


def _choosing(row: Any, closed: set[int], next_title: str) -> ChoosingFact:
    return ChoosingFact(
        row.id, row.name, row.has_panel, row.publishes_together, row.id in closed, row.members, row.criteria,
        row.sheets, row.undecided, row.prepared, row.panel_on, row.council_on, row.free, next_title,
        row.waiting, row.period_until,
    )
