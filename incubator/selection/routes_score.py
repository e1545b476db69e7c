"""What a member of the panel sees and fills in."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets.queries import current_plan, totals
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.mentoring.queries import concerned
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.models import Project
from incubator.selection import operations_sheets, queries, queries_conflicts, queries_score, queries_sheets
from incubator.selection.forms import BeginForm, SheetForm, sheet_form
from incubator.selection.models import Sheet, SheetState
from incubator.selection.routes_frame import bp


@bp.get("/desk/rounds/<int:round_id>/scoring")
@guard(Act.SCORE, round=queries.panel_round)
def scoring(round: Round) -> ResponseReturnValue:
    """List the projects of a round for one member of its panel."""
    return page(
        "selection/scoring.html", round=round, rows=queries_score.own_rows(round.id, me().id, clock.today()),
        is_closed=queries.is_closed(round.id),
    )


@bp.route("/desk/projects/<int:project_id>/score", methods=["GET", "POST"])
@guard(Act.SCORE, project=queries.scored_project)
def score(project: Project) -> ResponseReturnValue:
    """Ask about conflicts first, then for points; once handed in, show what others gave."""
    ground = queries_conflicts.ground(project.id, me().id, clock.today())
    sheet = queries.sheet(project.id, me().id)
    if ground is not None or (sheet is not None and sheet.state is SheetState.VOID):
        return _page("selection/no_part.html", project, ground=ground)
    if sheet is None:
        form = BeginForm()
        if form.submitted() and form.carry_out(
            operations_sheets.begin, project, me(), no_conflict=form.no_conflict.data
        ):
            return redirect(url_for("selection.score", project_id=project.id), 303)
        return _page("selection/begin.html", project, form, memberships=_memberships(project))
    return _sheet_page(project, sheet)


def _sheet_page(project: Project, sheet: Sheet) -> ResponseReturnValue:
    criteria, most = queries.criteria(project.round_id), project.round.panel_points_max
    form = sheet_form(criteria, most, data=operations_sheets.as_written(sheet) | {"version": sheet.version})
    gives = request.form.get("act") == "give" or sheet.state is SheetState.GIVEN
    if form.submitted() and _carried_out(form, sheet, gives):
        flash(_("Your sheet is handed in. Thank you!") if gives else
              _("Your sheet is kept. Hand it in when it is done."))
        return redirect(url_for("selection.score", project_id=project.id), 303)
    return _page(
        "selection/sheet.html", project, form, sheet=sheet, criteria=criteria, most=most,
        is_closed=queries.is_closed(project.round_id), explains=queries_sheets.could_read_others(sheet),
        corrections=queries_sheets.corrections([sheet]),
        others=queries_score.others(project.id, me().id) if sheet.state is SheetState.GIVEN else [],
    )


def _carried_out(form: SheetForm, sheet: Sheet, gives: bool) -> bool:
    if gives:
        return form.carry_out(operations_sheets.give, sheet, me(), form.filled(),
                              no_conflict=form.no_conflict.data, version=form.version.data,
                              because=form.because.data or "")
    return form.carry_out(operations_sheets.keep, sheet, me(), form.filled(), version=form.version.data)


@bp.route("/desk/projects/<int:project_id>/score/conflict", methods=["GET", "POST"])
@guard(Act.SCORE, project=queries.scored_project)
def declare_conflict(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_sheets.declare_conflict, project, me()):
        flash(_("Thank you. It is noted that you do not take part."))
        return redirect(url_for("selection.scoring", round_id=project.round_id), 303)
    return _page("selection/conflict.html", project, form)


def _memberships(project: Project) -> list[str]:
    found = queries_conflicts.memberships([project.id], [me().id], clock.today())
    return found.get((project.id, me().id), [])


def _page(template: str, project: Project, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    plan = current_plan(project.id)
    return page(
        template, form, project=project, round=project.round, plan=plan, figures=totals(plan),
        concerned=concerned(project, clock.today()), **context,
    )
