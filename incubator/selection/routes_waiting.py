"""The waiting list of a round, and the next project on it when money becomes free."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.selection import operations_decisions, queries_decisions
from incubator.selection.forms import MoveUpForm
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
        operations_decisions.move_up, round, me(), project_id=form.project.data or 0,
        resolution_id=form.resolution.data, notice_number=form.notice_number.data, notice_on=form.notice_on.data,
    ):
        flash(_("The award was recorded. The project lead gets a letter."))
        return redirect(url_for("budgets.decide", project_id=form.project.data), 303)
    return page("selection/waiting_list.html", form, round=round, waiting=waiting, resolutions=resolutions)
