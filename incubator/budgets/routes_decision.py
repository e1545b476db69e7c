"""The page on which the coordination records what was decided about an approved budget."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import operations_alone, queries
from incubator.budgets.forms import AwardForm, RejectForm, WaitlistForm
from incubator.budgets.queries_approval import exclusion_from
from incubator.budgets.routes_frame import bp, facts_of, signatures_of
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act
from incubator.projects.lifecycle import Action, steps_from
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/decision", methods=["GET", "POST"])
@guard(Act.RECORD_RESOLUTION, project=load)
def decide(project: Project) -> ResponseReturnValue:
    today = clock.today()
    form = AwardForm(data=_last(project) | {
        "notice_number": queries.next_notice_number(today.year), "notice_on": today,
    })
    if form.submitted() and form.carry_out(operations_alone.award, project, me(), **form.values()):
        flash(_("The award was recorded. The project lead gets a letter."))
        return redirect(url_for("budgets.decide", project_id=project.id), 303)
    return _page("budgets/decide.html", project, form)


@bp.route("/desk/projects/<int:project_id>/decision/waiting-list", methods=["GET", "POST"])
@guard(Act.RECORD_RESOLUTION, project=load)
def waitlist(project: Project) -> ResponseReturnValue:
    form = WaitlistForm(data=_last(project))
    if form.submitted() and form.carry_out(operations_alone.waitlist, project, me(), **form.values()):
        flash(_("The project is on the waiting list."))
        return redirect(url_for("budgets.decide", project_id=project.id), 303)
    return _page("budgets/waitlist.html", project, form)


@bp.route("/desk/projects/<int:project_id>/decision/rejection", methods=["GET", "POST"])
@guard(Act.RECORD_RESOLUTION, project=load)
def reject(project: Project) -> ResponseReturnValue:
    form = RejectForm(data=_last(project))
    if form.submitted() and form.carry_out(operations_alone.reject, project, me(), **form.values()):
        flash(_("The rejection was recorded. The project lead gets a letter."))
        return redirect(url_for("budgets.decide", project_id=project.id), 303)
    return _page("budgets/reject.html", project, form)


def _last(project: Project) -> dict[str, Any]:
    """Return the last decision of the round as a start: bodies decide on many projects in one meeting."""
    last = queries.last_resolution(project.round_id)
    if last is None:
        return {}
    return {"body": last.resolution_body, "on": last.resolution_on, "reference": last.resolution_reference}


def _page(template: str, project: Project, form: Form) -> ResponseReturnValue:
    plan = queries.current_plan(project.id)
    left = queries.left_in_fund(project.round_id)
    return page(
        template, form, left_cents=left, award=queries.award_of(project.id),
        can={step.action.value for step in steps_from(project.status)}, Action=Action,
        my_exclusion=exclusion_from(Act.RECORD_RESOLUTION, project, me().id, clock.today()),
        signatures=signatures_of(plan, clock.today()), **facts_of(project, plan),
    )
