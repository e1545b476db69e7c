"""The coordination reads a proposal, and returns it or says that it does not fit."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act
from incubator.projects import operations, queries
from incubator.projects.forms import AgreementForm, ReasonForm, ReturnForm
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.routes_frame import bp, missing


@bp.route("/desk/projects/<int:project_id>/check")
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def check(project: Project) -> ResponseReturnValue:
    return _check_page(project, None)


@bp.route("/desk/projects/<int:project_id>/return", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def return_for_changes(project: Project) -> ResponseReturnValue:
    form = _return_form(project)
    if form.submitted() and form.carry_out(operations.return_for_changes, project, me(), **form.values()):
        flash(_("The proposal was returned. The team gets a letter with what is missing."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return _check_page(project, form, return_form=form)


@bp.route("/desk/projects/<int:project_id>/not-eligible", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def declare_ineligible(project: Project) -> ResponseReturnValue:
    form = ReasonForm()
    if form.submitted() and form.carry_out(operations.declare_ineligible, project, me(), **form.values()):
        flash(_("The proposal ended as not eligible. The team gets a letter with the reason."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return _check_page(project, form, reason_form=form)


def _return_form(project: Project, **options: Any) -> ReturnForm:
    due_on = clock.today() + timedelta(days=project.round.return_due_days)
    return ReturnForm(data={"due_on": due_on}, **options)


def _check_page(project: Project, sent: Form | None, **forms: Any) -> ResponseReturnValue:
    """Draw the whole proposal and both answers; `forms` holds the one that was sent, the other is fresh."""
    return_form = forms.get("return_form") or _return_form(project, formdata=None)
    reason_form = forms.get("reason_form") or ReasonForm(formdata=None)
    reason_form.form_key.id, reason_form.reason.id = "ineligible_key", "ineligible-reason"
    return page(
        "projects/check.html", sent, project=project, waits=project.status is Status.SUBMITTED,
        missing=missing(project), return_form=return_form, reason_form=reason_form,
        is_returning="return_form" in forms, is_ending="reason_form" in forms,
    )


@bp.route("/desk/projects/<int:project_id>/carrier-agreement", methods=["GET", "POST"])
@guard(Act.RECORD_CARRIER_AGREEMENT, project=queries.project)
def carrier_agreement(project: Project) -> ResponseReturnValue:
    form = AgreementForm(data={"on": project.carrier_agreed_on or clock.today()})
    if form.submitted() and form.carry_out(operations.record_carrier_agreement, project, me(), **form.values()):
        flash(_("The agreement of the carrier was noted."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return page("projects/carrier_agreement.html", form, project=project)
