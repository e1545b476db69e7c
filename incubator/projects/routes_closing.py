"""Pages about the final report and what follows from it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.policy import Act
from incubator.projects import operations, queries
from incubator.projects.forms import AcceptForm, ReasonForm, ReportForm, SettleForm
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models import Part, Project
from incubator.projects.routes_frame import bp


def _back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("projects.show", project_id=project.id), 303)


@bp.route("/desk/projects/<int:project_id>/report", methods=["GET", "POST"])
@guard(Act.SUBMIT_REPORT, project=queries.project)
def report(project: Project) -> ResponseReturnValue:
    before = queries.last_reason(project.id, Action.SUBMIT_REPORT)
    form = ReportForm(data={"reason": before.text if before else ""})
    if form.submitted() and form.carry_out(operations.submit_report, project, me(), **form.values()):
        flash(_("The final report is with your mentor. Thank you for all your work!"))
        return _back(project)
    returned = queries.last_reason(project.id, Action.RETURN_REPORT)
    return page("projects/report.html", form, project=project, waits=project.status is Status.REPORTING,
                returned=returned)


@bp.route("/desk/projects/<int:project_id>/report/review", methods=["GET", "POST"])
@guard(Act.REVIEW_REPORT, project=queries.project)
def review_report(project: Project) -> ResponseReturnValue:
    """The mentor signs with a note; a second person reads both and agrees."""
    waiting = queries.open_report_signature(project.id)
    form = ActForm() if waiting else AcceptForm()
    if form.submitted() and form.carry_out(operations.accept_report, project, me(), **form.values()):
        flash(_("The final report is accepted.") if waiting
              else _("Your signature is noted. A second person must agree."))
        return _back(project)
    return _review_page(project, form, accept_form=form)


@bp.route("/desk/projects/<int:project_id>/report/return", methods=["GET", "POST"])
@guard(Act.RETURN_REPORT, project=queries.project)
def return_report(project: Project) -> ResponseReturnValue:
    form = ReasonForm()
    if form.submitted() and form.carry_out(operations.return_report, project, me(), **form.values()):
        flash(_("The final report was returned to the team."))
        return _back(project)
    return _review_page(project, form, return_form=form)


@bp.route("/desk/projects/<int:project_id>/report/drop", methods=["GET", "POST"])
@guard(Act.REVIEW_REPORT, project=queries.project)
def drop_acceptance(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.drop_acceptance, project, me()):
        flash(_("The proposed step was dropped. Nothing has changed."))
        return _back(project)
    return _review_page(project, form, drop_form=form)


def _review_page(project: Project, sent: Form, **forms: Any) -> ResponseReturnValue:
    waiting = queries.open_report_signature(project.id)
    kinds = {"accept_form": ActForm if waiting else AcceptForm, "return_form": ReasonForm, "drop_form": ActForm}
    for name, kind in kinds.items():
        form = forms.setdefault(name, kind(formdata=None))
        form.form_key.id = f"{name}_key"
    forms["return_form"].reason.id = "return-reason"
    return page(
        "projects/review_report.html", sent, project=project, waiting=waiting,
        waits=project.status is Status.REPORT_SUBMITTED, is_mentor=Part.MENTOR in project.part_of(me().id),
        report=queries.last_reason(project.id, Action.SUBMIT_REPORT), is_returning=sent is forms["return_form"],
        **forms,
    )


@bp.route("/desk/projects/<int:project_id>/settle", methods=["GET", "POST"])
@guard(Act.SETTLE_RECOVERY, project=queries.project)
def settle(project: Project) -> ResponseReturnValue:
    form = SettleForm()
    if form.submitted() and form.carry_out(operations.settle, project, me(), **form.values()):
        flash(_("The project is complete."))
        return _back(project)
    return page(
        "projects/reason.html", form, project=project, endpoint="projects.settle",
        title=_("Money to be returned"), button=_("Complete the project"),
        explanation=_("When the money has come back or was waived, the project is complete."),
    )
