"""The page on which a mentor looks at a budget: approve it or return it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from incubator.access import guard
from incubator.budgets import operations, queries, queries_approval
from incubator.budgets.forms import ApproveForm, ReturnForm
from incubator.budgets.models import Plan, PlanState
from incubator.budgets.routes_frame import bp, facts_of
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.mentoring import queries as mentoring
from incubator.partners import queries as partners
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/budget/review", methods=["GET", "POST"])
@guard(Act.APPROVE_BUDGET, project=load)
def review(project: Project) -> ResponseReturnValue:
    plan, form = _plan(project), ApproveForm()
    if form.submitted() and form.carry_out(operations.sign_off, plan, me(), **form.values()):
        if queries_approval.signatures(plan, clock.today()).missing:
            flash(_("You approved the budget. A second city mentor must approve it too."))
        else:
            flash(_("The budget is approved. The coordination records the decision next."))
        return redirect(url_for("budgets.review", project_id=project.id), 303)
    return _review_page(project, plan, form, approve_form=form)


@bp.route("/desk/projects/<int:project_id>/budget/return", methods=["GET", "POST"])
@guard(Act.RETURN_BUDGET, project=load)
def return_plan(project: Project) -> ResponseReturnValue:
    plan, form = _plan(project), ReturnForm()
    if form.submitted() and form.carry_out(operations.return_plan, plan, me(), **form.values()):
        flash(_("The budget was returned to the team."))
        return redirect(url_for("budgets.review", project_id=project.id), 303)
    return _review_page(project, plan, form, return_form=form)


def _plan(project: Project) -> Plan:
    plan = queries.current_plan(project.id)
    if plan is None or plan.content_hash is None:
        raise NotFound()
    return plan


def _waits(project: Project, plan: Plan) -> bool:
    return plan.state is PlanState.SUBMITTED and project.status is Status.BUDGET_REVIEW


def _review_page(project: Project, plan: Plan, sent: Form, **forms: Any) -> ResponseReturnValue:
    """Draw everything a mentor needs on one page; `forms` holds the one that was sent, the others are fresh."""
    today = clock.today()
    signatures = queries_approval.signatures(plan, today)
    for name, kind in (("approve_form", ApproveForm), ("return_form", ReturnForm)):
        form = forms.setdefault(name, kind(formdata=None))
        form.form_key.id = f"{name}_key"
    forms["approve_form"].plan_hash.data = plan.content_hash
    return page(
        "budgets/review.html", sent, signatures=signatures, waits=_waits(project, plan),
        is_returning="return_form" in forms and sent is forms["return_form"],
        mine=signatures.of(me().id), my_exclusion=signatures.exclusion_of(me().id),
        memberships=queries_approval.memberships(me().id, signatures.concerned, today),
        editors=queries_approval.editors_of(plan), confirmed_cents=partners.confirmed_money(project.id),
        talks=len(mentoring.sessions(project.id)), **forms, **facts_of(project, plan),
    )
