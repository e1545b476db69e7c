"""The waiting list of a round, and the next project on it when money becomes free."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.selection import operations_waiting, queries_conflicts, queries_decisions
from incubator.selection.forms import EndWaitingForm, MoveUpForm
from incubator.selection.routes_frame import bp


@bp.route("/desk/rounds/<int:round_id>/waiting-list", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries_decisions.selecting_round)
def waiting_list(round: Round) -> ResponseReturnValue:
    waiting, today = queries_decisions.waiting_list(round), clock.today()
    resolutions = queries_decisions.resolutions(round.id)
    form = MoveUpForm(data={
        "project": waiting.next.id if waiting.next else 0, "notice_on": today,
        "notice_number": queries_decisions.free_notice_number(today.year),
    })
    form.offer(resolutions)
    if form.submitted() and form.carry_out(
        operations_waiting.move_up, round, me(), project_id=form.project.data or 0,
        resolution_id=form.resolution.data, notice_number=form.notice_number.data, notice_on=form.notice_on.data,
    ):
        flash(_("The award was recorded. The project lead gets a letter."))
        return redirect(url_for("budgets.decide", project_id=form.project.data), 303)
    return page("selection/waiting_list.html", form, round=round, waiting=waiting, resolutions=resolutions,
                ending={each.id for each in queries_decisions.prepared_waiting(round.id)},
                hindered=queries_conflicts.grounds_of(me().id, list(waiting.projects), today))


@bp.route("/desk/rounds/<int:round_id>/waiting-list/end", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries_decisions.deciding_round)
def end_waiting_list(round: Round) -> ResponseReturnValue:
    """Prepare a rejection for everybody who still waits."""
    resolutions, waiting = queries_decisions.resolutions(round.id), queries_decisions.still_waiting(round.id)
    form = EndWaitingForm(data={"resolution": resolutions[-1].id if resolutions else None})
    form.offer(resolutions)
    if form.submitted() and form.carry_out(
        operations_waiting.end, round, me(), resolution_id=form.resolution.data, reason=form.reason.data,
    ):
        flash(_("The rejections are prepared. Nobody hears of them until you publish them."))
        return redirect(url_for("selection.decisions", round_id=round.id), 303)
    return page("selection/end_waiting_list.html", form, round=round, waiting=waiting, resolutions=resolutions)
