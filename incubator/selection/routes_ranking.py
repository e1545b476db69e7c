"""The ranking: counts while the panel scores, points and the money line once that is closed."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.models import Project
from incubator.selection import operations_ranking, queries, queries_ranking, queries_sheets, rules_panel
from incubator.selection.figures import points
from incubator.selection.forms import LotForm, lot_form
from incubator.selection.models import SheetState
from incubator.selection.routes_frame import bp, confirm


@bp.get("/desk/rounds/<int:round_id>/ranking")
@guard(Act.SEE_SCORES, round=queries.panel_round)
def ranking(round: Round) -> ResponseReturnValue:
    if not queries.is_closed(round.id):
        return page("selection/counts.html", round=round, counted=queries_ranking.counted(round, clock.today()))
    return page(
        "selection/ranking.html", round=round, ranking=queries_ranking.ranking(round, clock.today()),
        criteria=queries.criteria(round.id), points=points,
    )


@bp.get("/desk/projects/<int:project_id>/scores")
@guard(Act.SEE_SCORES, project=queries.scored_project)
def scores(project: Project) -> ResponseReturnValue:
    """Show every sheet on a project with its reasons, once the scoring is closed."""
    is_closed = queries.is_closed(project.round_id)
    sheets = queries.sheets([project.id], SheetState.GIVEN, SheetState.VOID) if is_closed else []
    return page(
        "selection/scores.html", project=project, round=project.round, is_closed=is_closed,
        given=[each for each in sheets if each.state is SheetState.GIVEN],
        void=[(each, rules_panel.ground_label(each.void_reason)) for each in sheets if each.state is SheetState.VOID],
        criteria=queries.criteria(project.round_id), corrections=queries_sheets.corrections(sheets),
    )


@bp.route("/desk/rounds/<int:round_id>/ranking/close", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def close(round: Round) -> ResponseReturnValue:
    missing = [each.project.title for each in queries_ranking.counted(round, clock.today()) if not each.given]
    without = [_("No sheet counts yet for: %(titles)s. These stand at the end, without points.",
                 titles=", ".join(f"\u2068{title}\u2069" for title in missing))] if missing else []
    return confirm(
        operations_ranking.close, round, round, title=_("Close the scoring"), back="ranking",
        text=" ".join([_("The panel cannot hand in or correct anything any more. You see the points and the ranking."),
                       *without]),
        button=_("Close the scoring"), done=_("The scoring is closed. Here is the ranking."),
    )


@bp.route("/desk/rounds/<int:round_id>/ranking/reopen", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def reopen(round: Round) -> ResponseReturnValue:
    return confirm(
        operations_ranking.reopen, round, round, title=_("Open the scoring again"), back="ranking",
        text=_("The panel can hand in and correct sheets again. Possible as long as no decision is prepared."),
        button=_("Open again"), done=_("The scoring is open again."),
    )


@bp.route("/desk/rounds/<int:round_id>/ranking/lot", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def draw_lot(round: Round) -> ResponseReturnValue:
    """Write down what a lot decided between the first projects that stand equal."""
    ties = queries_ranking.ranking(round, clock.today()).ties if queries.is_closed(round.id) else []
    form = lot_form(ties[0] if ties else [])
    if form.submitted() and _is_clear(form) and form.carry_out(
        operations_ranking.draw_lot, round, me(), form.order()
    ):
        flash(_("The lot is written down."))
        return redirect(url_for("selection.ranking", round_id=round.id), 303)
    return page("selection/lot.html", form, round=round, tied=ties[0] if ties else [])


def _is_clear(form: LotForm) -> bool:
    if not form.is_clear():
        form.form_errors = [*form.form_errors, _("Please give each of these projects a place of its own.")]
    return form.is_clear()
