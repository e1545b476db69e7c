"""Score a project: begin a sheet, keep it, hand it in, and take it out of the count when a conflict comes up.

Lock order: the round before the project before the sheet; closing the scoring meets the last sheet at the round.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from incubator.budgets import operations_conflict
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.models import Project
from incubator.projects.operations_reasons import explain
from incubator.selection import queries, queries_conflicts, queries_sheets, rules_panel
from incubator.selection.models import Score, Sheet, SheetState
from incubator.selection.rules_panel import Filled, Ground


def begin(project: Project, by, *, no_conflict: bool) -> Sheet:
    """Declare to have no conflict of interest, and get a sheet; the one that was begun before, if there is one."""
    _demand_scoring(project, by)
    if not queries.criteria(project.round_id):
        raise RuleBroken(_l("The office has not said yet what the panel looks at."))
    operations_conflict.declare_free(project, by, Act.SCORE, no_conflict)
    sheet = queries.sheet(project.id, by.id)
    if sheet is not None:
        return sheet
    sheet = Sheet(project_id=project.id, person_id=by.id, begun_at=clock.now())
    db.session.add(sheet)
    db.session.flush()
    record("sheet.begun", by, project.round, sheet=sheet.id)
    return sheet


def declare_conflict(project: Project, by) -> None:
    """Keep that somebody has a conflict of interest, and take their sheet out of the count."""
    hold(project.round)
    hold(project)
    operations_conflict.declare(project, by, Act.SCORE, True)
    sheet = queries.sheet(project.id, by.id)
    if sheet is not None and sheet.state is not SheetState.VOID:
        _void(hold(sheet), Ground.DECLARED)


def keep(sheet: Sheet, by, filled: Mapping[int, Filled], *, version: int | None) -> Sheet:
    """Keep a sheet that is not handed in; gaps may stay."""
    _demand_writable(sheet, by, filled, version)
    if sheet.state is SheetState.GIVEN:
        raise RuleBroken(_l("This sheet is handed in. Corrections are handed in as well."))
    _write(sheet, by, filled)
    record("sheet.kept", by, sheet.project.round, sheet=sheet.id)
    return sheet


def give(
    sheet: Sheet, by, filled: Mapping[int, Filled], *, no_conflict: bool, version: int | None, because: str = ""
) -> Sheet:
    """Hand a sheet in, or a correction of it; possible until the scoring is closed. The conflict is asked anew.

    Whoever could read the sheets of others says why they correct their own; the minutes tell it.
    """
    _demand_writable(sheet, by, filled, version)
    explains = queries_sheets.could_read_others(sheet)
    if explains:
        rules_panel.demand_because(because)
    rules_panel.demand_complete(filled, queries.weights(sheet.project.round_id).keys())
    operations_conflict.declare_free(sheet.project, by, Act.SCORE, no_conflict)
    _write(sheet, by, filled)
    action = queries_sheets.CORRECTED if sheet.state is SheetState.GIVEN else "sheet.given"
    sheet.state, sheet.given_at = SheetState.GIVEN, clock.now()
    explain(partial(record, action, by, sheet.project.round, sheet=sheet.id), because if explains else "",
            project_id=sheet.project_id, language=by.language)
    return sheet


def _demand_scoring(project: Project, by) -> None:
    """Refuse whoever may not score this project now; what is asked here holds until the transaction ends."""
    hold(project.round)
    hold(project)
    rules_panel.demand_open(queries.is_closed(project.round_id))
    rules_panel.demand_scorable(project.status)
    if by.id not in queries.panel_ids(project.round_id):
        raise RuleBroken(_l("Only members of the panel score."))
    ground = queries_conflicts.ground(project.id, by.id, clock.today())
    if ground is not None:
        raise RuleBroken(ground.label)


def _demand_writable(sheet: Sheet, by, filled: Mapping[int, Filled], version: int | None) -> None:
    _demand_scoring(sheet.project, by)
    hold(sheet)
    db.session.refresh(sheet, ["scores"])
    if sheet.person_id != by.id:
        raise RuleBroken(_l("This is somebody else’s sheet."))
    if sheet.state is SheetState.VOID:
        raise RuleBroken(_l("This sheet does not count any more."))
    seen(sheet, version, as_written(sheet))
    rules_panel.demand_halves_fit(filled, sheet.project.round.panel_points_max)


def as_written(sheet: Sheet) -> dict[str, Any]:
    """Return what a sheet says, by the names of the form's fields."""
    found: dict[str, Any] = {}
    for score in sheet.scores:
        found[f"points_{score.criterion_id}"] = score.points
        found[f"reason_{score.criterion_id}"] = score.reason
    return found


def _write(sheet: Sheet, by, filled: Mapping[int, Filled]) -> None:
    known = {score.criterion_id: score for score in sheet.scores}
    for number in queries.weights(sheet.project.round_id):
        each, score = filled.get(number, Filled()), known.get(number)
        if not each.is_whole:
            if score is not None:
                sheet.scores.remove(score)
                db.session.delete(score)
        elif score is None:
            sheet.scores.append(Score(criterion_id=number, points=each.points, reason=each.reason,
                                      language=by.language))
        elif (score.points, score.reason) != (each.points, each.reason):
            score.points, score.reason, score.language = each.points or 0, each.reason, by.language
    flag_modified(sheet, "begun_at")  # the sheet's version also tells of its scores


def void_conflicted(round_: Round) -> int:
    """Take out of the count every sheet whose scorer takes no part any more, and return how many there were."""
    hold(round_)
    ids = [project.id for project in queries.eligible(round_.id)]
    living = queries.sheets(ids, SheetState.OPEN, SheetState.GIVEN)
    why = queries_conflicts.grounds(ids, {sheet.person_id for sheet in living}, clock.today())
    found = [sheet for sheet in living if (sheet.project_id, sheet.person_id) in why]
    for sheet in found:
        _void(hold(sheet), why[sheet.project_id, sheet.person_id])
    return len(found)


def _void(sheet: Sheet, ground: Ground) -> None:
    """Keep the sheet with the ground; what it said does not count from now on."""
    sheet.state, sheet.void_at, sheet.void_reason = SheetState.VOID, clock.now(), ground.value
    record("sheet.voided", None, sheet.project.round, sheet=sheet.id, ground=ground.value)
