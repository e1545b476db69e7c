"""What the minutes of a round's panel say: who was there, who was not and why, the ranking, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from incubator.documents.frame import amount, long_day, round_frame
from incubator.documents.writable import said
from incubator.foundation import clock
from incubator.foundation.language import named
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import queries, queries_conflicts, queries_decisions, queries_ranking, queries_sheets
from incubator.selection.figures import points
from incubator.selection.models import Decision, Outcome, Sheet, SheetState
from incubator.selection.queries_conflicts import Pair
from incubator.selection.queries_ranking import Row


def content(round_: Round) -> dict[str, Any]:
    """Return the minutes' content in the language spoken now; points only once the scoring is closed."""
    projects, decisions = queries_ranking.contenders(round_.id), queries_decisions.published(round_.id)
    ids = [project.id for project in projects]
    sheets, criteria, is_closed = queries.sheets(ids), queries.criteria(round_.id), queries.is_closed(round_.id)
    names = {each.person_id: each.person.name for each in queries.members(round_.id, former=True)}
    away = queries_conflicts.grounds(ids, {*names, *(sheet.person_id for sheet in sheets)}, clock.today())
    grants = queries.grants([*ids, *(each.project_id for each in decisions)])
    weights = {each.id: each.weight for each in criteria}
    ranking = queries_ranking.ranked(round_, projects, sheets, away, weights, grants) if is_closed else None
    return round_frame(round_) | {
        "panel_on": long_day(round_.panel_on), "is_closed": is_closed, "most": str(round_.panel_points_max),
        "members": _members(names, sheets),
        "absent": _absent(names, projects, sheets, away), "disclosed": _disclosed(projects, sheets),
        "criteria": [[said(each.title), named(each.language).html, str(each.weight)]
                     for each in criteria],
        "ranking": [_ranked(row) for row in ranking.rows] if ranking else [],
        "without_points": [[said(project.title), named(project.language).html]
                           for project in (ranking.without_points if ranking else [])],
        "corrections": _corrections(projects, sheets) if is_closed else [],
        "resolutions": [[str(each.kind.label), said(each.body), long_day(each.on), said(each.reference), each.url]
                        for each in queries_decisions.resolutions(round_.id)],
        "decisions": _decided(decisions, grants),
    }


def _members(names: Mapping[int, str], sheets: Sequence[Sheet]) -> list[list[str]]:
    """Return who is or was on the panel, each once, with the number of sheets that count."""
    given = [sheet.person_id for sheet in sheets if sheet.state is SheetState.GIVEN]
    return [[said(name), str(given.count(number))] for number, name in names.items()]


def _absent(
    names: Mapping[int, str], projects: Sequence[Project], sheets: Sequence[Sheet], away: Collection[Pair]
) -> list[list[str]]:
    """Return who took no part in which project; the ground is only named as a conflict of interest."""
    away = {*away, *((sheet.project_id, sheet.person_id) for sheet in sheets if sheet.state is SheetState.VOID)}
    undecided = {project.id for project in projects if project.status is Status.BUDGET_APPROVED}
    counted = {(sheet.project_id, sheet.person_id) for sheet in sheets if sheet.state is SheetState.GIVEN
               and sheet.project_id not in undecided}
    return [
        [said(project.title), named(project.language).html, said(name)]
        for project in projects for number, name in names.items()
        if (project.id, number) in away - counted
    ]


def _disclosed(projects: Sequence[Project], sheets: Sequence[Sheet]) -> list[list[str]]:
    """Return plain memberships of those who scored: no obstacle, but said."""
    given = [sheet for sheet in sheets if sheet.state is SheetState.GIVEN]
    found = queries_conflicts.memberships([project.id for project in projects], {each.person_id for each in given},
                                          clock.today())
    names = {(sheet.project_id, sheet.person_id): sheet for sheet in given}
    return [[said(names[pair].person.name), said(organisation)]
            for pair, organisations in sorted(found.items()) if pair in names for organisation in organisations]


def _corrections(projects: Sequence[Project], sheets: Sequence[Sheet]) -> list[list[str]]:
    """Return which sheets were corrected after their scorer had seen those of others, when and why."""
    titles = {project.id: project for project in projects}
    found = queries_sheets.corrections(sheets)
    return [
        [said(titles[sheet.project_id].title), named(titles[sheet.project_id].language).html, said(sheet.person.name),
         long_day(each.at), said(each.reason), named(each.language).html]
        for sheet in sheets for each in found.get(sheet.id, ())
    ]


def _ranked(row: Row) -> list[str]:
    standing = row.standing
    return [
        str(standing.place or "–"), said(row.project.title), named(row.project.language).html,
        points(standing.points_milli), str(standing.sheets), amount(row.grant_cents),
    ]


def _decided(decisions: Sequence[Decision], grants: Mapping[int, int]) -> list[list[str]]:
    return [
        [said(each.project.title), named(each.project.language).html, str(each.outcome.label),
         amount(grants.get(each.project_id, 0)) if each.outcome is Outcome.AWARD else "–",
         long_day(each.published_at), said(f"{each.resolution.body}, {each.resolution.reference}")]
        for each in decisions
    ]
