"""The budget of a project, as its team writes it and hands it in."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import operations, queries, queries_deputy
from incubator.budgets.forms import SPARE_ROWS, PlanForm, drawn_from
from incubator.budgets.routes_frame import bp, changing_of, facts_of, signatures_of
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/budget")
@guard(Act.SEE_BUDGET, project=load)
def show(project: Project) -> ResponseReturnValue:
    return _show_page(project, ActForm())


@bp.route("/desk/projects/<int:project_id>/budget/submit", methods=["GET", "POST"])
@guard(Act.SUBMIT_BUDGET, project=load)
def submit(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.submit, project, me()):
        flash(_("The budget was submitted. Your city mentor looks at it now."))
        return redirect(url_for("budgets.show", project_id=project.id), 303)
    return _show_page(project, form)


def _show_page(project: Project, form: Form) -> ResponseReturnValue:
    versions = queries.plans(project.id)
    plan = queries.current_among(versions)
    is_open = project.status is Status.MENTORING
    asked = next((version.return_reason for version in versions[:2] if is_open and version.return_reason), "")
    return page(
        "budgets/show.html", form, versions=versions, is_open=is_open, asked=asked,
        missing=queries.missing_for_submission(project, plan) if is_open else [],
        signatures=signatures_of(plan, clock.today()), award=queries.award_of(project.id),
        deputies=queries_deputy.deputies(project.id), **changing_of(project), **facts_of(project, plan),
    )


@bp.route("/desk/projects/<int:project_id>/budget/edit", methods=["GET", "POST"])
@guard(Act.EDIT_BUDGET, project=load)
def edit(project: Project) -> ResponseReturnValue:
    """Save whatever has the right shape; what the rules still miss stands on the budget's page."""
    plan = queries.current_plan(project.id)
    form = PlanForm(data=drawn_from(plan, queries.edition(plan)))
    if "add" in request.form:
        form.add_rows(SPARE_ROWS)
        return _edit_page(project, form)
    if request.method == "GET":
        form.add_rows(SPARE_ROWS if plan is not None else 1)
    rate = project.round.volunteer_rate_cents
    if form.submitted() and form.carry_out(
        operations.save_plan, project, me(), costs=form.cost_lines(), financing=form.financing_lines(rate),
        explanation=form.explanation.data, version=form.version.data,
    ):
        flash(_("The budget was saved as a draft."))
        return redirect(url_for("budgets.show", project_id=project.id), 303)
    return _edit_page(project, form)


def _edit_page(project: Project, form: PlanForm) -> ResponseReturnValue:
    plan = queries.current_plan(project.id)
    written = form.figures(project.round.volunteer_rate_cents)
    return page("budgets/edit.html", form, written=written, **facts_of(project, plan))
