"""The milestones of a project, and planning them."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.mentoring.models import AgreedStep
from incubator.mentoring.queries import step as agreed_step
from incubator.milestones import operations, queries, rules, rules_updates
from incubator.milestones.forms import CancelForm, ForecastForm, PlanForm
from incubator.milestones.models import Milestone
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

bp = Blueprint("milestones", __name__)


def to_show(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("milestones.show", project_id=project_id), 303)


def at_once(done: str, operation: Any, *args: Any) -> None:
    """Carry out what one button asks for, and say what came of it."""
    form = Form()
    if form.submitted() and form.carry_out(operation, *args):
        flash(done)
    for sentence in form.form_errors:
        flash(sentence, "warning")


def warn_of_photos(form: Any) -> None:
    if form.lacks_consent:
        flash(_("A photo shows people who have not agreed: only the team, the mentor and the city see it."), "warning")
    if form.lacks_photo:
        flash(_("You described a photo, but none was chosen. It is not part of the news."), "warning")


@bp.route("/desk/projects/<int:project_id>/milestones")
@guard(Act.SEE_PROJECT, project=projects.project)
def show(project: Project) -> ResponseReturnValue:
    milestones = queries.milestones(project.id)
    return page(
        "milestones/show.html", project=project, milestones=milestones, updates=queries.updates(project.id),
        reached=rules.percent_reached((each.status, each.weight) for each in milestones) or 0,
        is_planned=project.status in rules.PLANNING, can_add=_can_add(project, milestones),
        is_active=project.status is Status.ACTIVE, is_under_way=project.status in rules.UNDER_WAY,
        reportable=rules.REPORTABLE, waiting=rules_updates.WAITING,
    )


def _can_add(project: Project, milestones: Any) -> bool:
    return (
        project.status in rules.PLANNING or project.status is Status.AWARDED
        or (project.status is Status.ACTIVE and not queries.is_agreed(project, milestones))
    )


@bp.route("/desk/projects/<int:project_id>/milestones/plan", methods=["GET", "POST"])
@guard(Act.PLAN_MILESTONES, project=projects.project)
def plan(project: Project) -> ResponseReturnValue:
    form = _plan_form(project, None)
    if form.submitted() and form.carry_out(operations.plan, project, me(), **_planned(form)):
        flash(_("The milestone is in the plan."))
        return to_show(project.id)
    return page("milestones/plan.html", form, project=project, has_gate=operations.has_gate(project))


@bp.route("/desk/steps/<int:step_id>/milestone", methods=["GET", "POST"])
@guard(Act.PLAN_MILESTONES, step=agreed_step)
def plan_step(step: AgreedStep) -> ResponseReturnValue:
    """Make a milestone of what was agreed in a talk; the form knows it already."""
    project = step.project
    form = _plan_form(project, None, {"title": step.what[:160], "due_on": step.due_on, "weight": 1})
    if form.submitted() and form.carry_out(operations.plan_step, step, me(), **_planned(form)):
        flash(_("The milestone is in the plan."))
        return to_show(project.id)
    return page("milestones/plan.html", form, project=project, has_gate=operations.has_gate(project), step=step)


@bp.route("/desk/milestones/<int:milestone_id>/edit", methods=["GET", "POST"])
@guard(Act.PLAN_MILESTONES, milestone=queries.milestone)
def edit(milestone: Milestone) -> ResponseReturnValue:
    project = milestone.project
    form = _plan_form(project, milestone)
    if form.submitted() and form.carry_out(
        operations.change, milestone, me(), version=form.version.data, **_planned(form)
    ):
        flash(_("The changes were saved."))
        return to_show(project.id)
    return page(
        "milestones/edit.html", form, project=project, milestone=milestone, has_gate=operations.has_gate(project)
    )


def _plan_form(project: Project, milestone: Milestone | None, known: dict[str, Any] | None = None) -> PlanForm:
    form = PlanForm(obj=milestone, data=known)
    if milestone is None:
        del form.version
    others = [each for each in queries.milestones(project.id) if each is not milestone and each.status.is_open]
    form.needs_id.choices = [("", _("nothing")), *((each.id, each.title) for each in others)]
    return form


def _planned(form: PlanForm) -> dict[str, Any]:
    values = form.values()
    needs_id = values.pop("needs_id")
    return values | {"needs": queries.milestone(needs_id) if needs_id else None}


@bp.route("/desk/milestones/<int:milestone_id>/remove", methods=["POST"])
@guard(Act.PLAN_MILESTONES, milestone=queries.milestone)
def remove(milestone: Milestone) -> ResponseReturnValue:
    project_id = milestone.project_id
    at_once(_("The milestone is no longer in the plan."), operations.remove, milestone, me())
    return to_show(project_id)


@bp.route("/desk/milestones/<int:milestone_id>/start", methods=["POST"])
@guard(Act.REPORT_MILESTONE, milestone=queries.milestone)
def start(milestone: Milestone) -> ResponseReturnValue:
    at_once(_("Work on it has begun."), operations.start, milestone, me())
    return to_show(milestone.project_id)


@bp.route("/desk/milestones/<int:milestone_id>/forecast", methods=["GET", "POST"])
@guard(Act.REPORT_MILESTONE, milestone=queries.milestone)
def forecast(milestone: Milestone) -> ResponseReturnValue:
    form = ForecastForm(data={"forecast_on": max(milestone.forecast_on, clock.today())})
    if form.submitted() and form.carry_out(operations.forecast, milestone, me(), **form.values()):
        moved = [each for each in (form.outcome if isinstance(form.outcome, list) else ()) if each is not milestone]
        flash(_("The expected day was written down."))
        if moved:
            flash(ngettext(
                "%(num)s milestone that waits for it moved too.", "%(num)s milestones that wait for it moved too.",
                len(moved),
            ))
        return to_show(milestone.project_id)
    return page("milestones/forecast.html", form, project=milestone.project, milestone=milestone)


@bp.route("/desk/milestones/<int:milestone_id>/cancel", methods=["GET", "POST"])
@guard(Act.CANCEL_MILESTONE, milestone=queries.milestone)
def cancel(milestone: Milestone) -> ResponseReturnValue:
    form = CancelForm()
    if form.submitted() and form.carry_out(operations.cancel, milestone, me(), **form.values()):
        flash(_("The milestone was cancelled."))
        return to_show(milestone.project_id)
    return page("milestones/cancel.html", form, project=milestone.project, milestone=milestone)
