"""The ranking of a round: only sheets that count, whoever has come to have a conflict left out at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.rules_translation import first_receipt
from incubator.selection import queries, queries_conflicts, rules
from incubator.selection.models import Sheet, SheetState
from incubator.selection.rules import Entrant, Line, Standing
from incubator.selection.rules_panel import Ground


@dataclass(frozen=True)
class Row:
    """One project in the ranking."""

    project: Project
    standing: Standing
    grant_cents: int
    line: Line | None


@dataclass(frozen=True)
class Ranking:
    rows: Sequence[Row]
    left_cents: int
    inside_cents: int

    @property
    def ties(self) -> list[list[Project]]:
        """Return the groups that only a lot can part, in the order of their places."""
        groups: dict[int, list[Project]] = {}
        for row in self.rows:
            if row.standing.is_tied and row.standing.place is not None:
                groups.setdefault(row.standing.place, []).append(row.project)
        return list(groups.values())

    def of(self, project_id: int) -> Standing | None:
        return next((row.standing for row in self.rows if row.project.id == project_id), None)

    @property
    def without_points(self) -> list[Project]:
        """Projects of which no sheet counts; they stand at the end and are decided without points."""
        return [row.project for row in self.rows if row.standing.mean is None]

    @property
    def would_fit(self) -> list[Row]:
        return [row for row in self.rows if row.line is not None and row.line.reach is rules.Reach.WOULD_FIT]


@dataclass(frozen=True)
class Counted:
    """How far the scoring of one project is, without a single point of it."""

    project: Project
    given: int
    expected: int
    excluded: Mapping[int, Ground]


def contenders(round_id: int) -> Sequence[Project]:
    """Return the projects that stand in the ranking: undecided, or scored before they were decided."""
    scored = sa.exists().where(Sheet.project_id == Project.id, Sheet.state == SheetState.GIVEN)
    undecided = Project.status == Status.BUDGET_APPROVED
    ended = (Status.WITHDRAWN, Status.LAPSED, Status.INELIGIBLE)
    wanted = sa.select(Project).where(
        Project.round_id == round_id, sa.or_(undecided, sa.and_(scored, Project.status.not_in(ended))))
    return db.session.scalars(wanted.order_by(Project.id)).all()


def ranking(round_: Round, today: date) -> Ranking:
    """Return the ranking as the sheets stand now, and how far the money that is left reaches."""
    found = contenders(round_.id)
    ids = [project.id for project in found]
    given = queries.sheets(ids, SheetState.GIVEN)
    why = queries_conflicts.grounds(sorted(_undecided(found)), {sheet.person_id for sheet in given}, today)
    return ranked(round_, found, given, why, queries.weights(round_.id), queries.grants(ids))


def ranked(
    round_: Round, contenders: Sequence[Project], sheets: Sequence[Sheet], why: Collection[queries_conflicts.Pair],
    weights: Mapping[int, int], grants: Mapping[int, int],
) -> Ranking:
    """Return the same from what was read already; `why` are those who take no part, as pairs of project and person."""
    projects, left = {project.id: project for project in contenders}, round_.left_cents
    counting = _counting(sheets, _undecided(contenders), why)
    entrants = [Entrant(number, tuple(counting.get(number, ())), first_receipt(project))
                for number, project in projects.items()]
    standings = rules.ranking(entrants, weights, queries.lots(round_.id))
    open_ones = [(each.id, grants.get(each.id, 0)) for each in standings
                 if projects[each.id].status is Status.BUDGET_APPROVED]
    lines = {line.id: line for line in rules.money_line(open_ones, left)}
    return Ranking(
        rows=[Row(projects[each.id], each, grants.get(each.id, 0), lines.get(each.id)) for each in standings],
        left_cents=left, inside_cents=rules.inside_cents(lines.values()),
    )


def _undecided(projects: Iterable[Project]) -> set[int]:
    return {project.id for project in projects if project.status is Status.BUDGET_APPROVED}


def _counting(
    sheets: Iterable[Sheet], undecided: Collection[int], why: Collection[queries_conflicts.Pair]
) -> dict[int, list[dict[int, int]]]:
    """Return the points that count by project; of decided projects what counted when they were decided."""
    found: dict[int, list[dict[int, int]]] = {}
    for sheet in sheets:
        is_left_out = sheet.project_id in undecided and (sheet.project_id, sheet.person_id) in why
        if sheet.state is SheetState.GIVEN and not is_left_out:
            found.setdefault(sheet.project_id, []).append({each.criterion_id: each.points for each in sheet.scores})
    return found


def counted(round_: Round, today: date) -> list[Counted]:
    """Return for each undecided project how many sheets are in, and how many the panel still owes."""
    projects = queries.eligible(round_.id)
    ids = [project.id for project in projects]
    panel = queries.panel_ids(round_.id)
    given = {(sheet.project_id, sheet.person_id) for sheet in queries.sheets(ids, SheetState.GIVEN)}
    void = {(sheet.project_id, sheet.person_id) for sheet in queries.sheets(ids, SheetState.VOID)}
    why = queries_conflicts.grounds(ids, panel | {person for _project, person in given}, today)
    found = []
    for project in projects:
        excluded = {person: ground for (number, person), ground in why.items() if number == project.id}
        done = {person for number, person in given if number == project.id} - excluded.keys()
        owing = {person for person in panel if person not in excluded and (project.id, person) not in void}
        found.append(Counted(project, len(done), len(done | owing), excluded))
    return found
