"""The page on which the final report is checked: sign, return, agree, drop, or say that one may not."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets.operations_conflict import declare
from incubator.closing import operations, queries
from incubator.closing.forms import AgreeForm, CheckForm, ReturnForm
from incubator.closing.models import FinalReport
from incubator.closing.routes_frame import back, bp, facts_of
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part, Project, SecondSignature
from incubator.projects.queries import open_report_signature
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/report/review", methods=["GET", "POST"])
@guard(Act.REVIEW_REPORT, project=load)
def check(project: Project) -> ResponseReturnValue:
    """A mentor signs with a note; a second person reads the same and agrees."""
    waiting = open_report_signature(project.id)
    form: Form = AgreeForm() if waiting else CheckForm(data=_noted(queries.report(project.id)))
    values = {name: value for name, value in form.values().items() if value is not None}
    if form.submitted() and form.carry_out(operations.sign, project, me(), **values):
        flash(_("The final report is accepted.") if waiting
              else _("Your signature is noted. A second person must agree."))
        return _onward(project)
    return _check_page(project, form, waiting, sign_form=form)


@bp.route("/desk/projects/<int:project_id>/report/return", methods=["GET", "POST"])
@guard(Act.RETURN_REPORT, project=load)
def return_report(project: Project) -> ResponseReturnValue:
    form = ReturnForm()
    if form.submitted() and form.carry_out(operations.return_report, project, me(), **form.values()):
        flash(_("The final report was returned to the team."))
        return _onward(project)
    return _check_page(project, form, open_report_signature(project.id), return_form=form)


@bp.route("/desk/projects/<int:project_id>/report/drop", methods=["GET", "POST"])
@guard(Act.REVIEW_REPORT, project=load)
def drop_signature(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.drop_signature, project, me()):
        flash(_("The signature was dropped. The report can be checked again."))
        return redirect(url_for("closing.check", project_id=project.id), 303)
    return _check_page(project, form, open_report_signature(project.id), drop_form=form)


@bp.route("/desk/projects/<int:project_id>/report/conflict", methods=["GET", "POST"])
@guard(Act.REVIEW_REPORT, project=load)
def declare_conflict(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(declare, project, me(), Act.REVIEW_REPORT, True):
        flash(_("Thank you. Somebody else will look at this report."))
        return redirect(url_for("closing.check", project_id=project.id), 303)
    return _check_page(project, form, open_report_signature(project.id), conflict_form=form)


def _onward(project: Project) -> ResponseReturnValue:
    """Lead on to the project, or for somebody who only gave the second signature to their desk."""
    return back(project) if me().has_role("coordinator") or project.part_of(me().id) \
        else redirect(url_for("desk.home"), 303)


def _noted(report: FinalReport | None) -> dict[str, str]:
    """Return the note of a signature that was dropped: a draft for the next one."""
    return {"audit_note": report.audit_note if report is not None else ""}


def _check_page(
    project: Project, sent: Form, waiting: SecondSignature | None, **forms: Any
) -> ResponseReturnValue:
    report = queries.report(project.id)
    kinds = {"sign_form": AgreeForm if waiting else CheckForm, "return_form": ReturnForm, "drop_form": ActForm,
             "conflict_form": ActForm}
    for name, kind in kinds.items():
        data = _noted(report) if kind is CheckForm else {}
        form = forms[name] if name in forms else kind(formdata=None, data=data)
        forms[name] = form
        form.form_key.id = f"{name}_key"
    forms["return_form"].reason.id = "return-reason"
    parts = project.part_of(me().id)
    return page(
        "closing/check.html", sent, waiting=waiting, waits=project.status is Status.REPORT_SUBMITTED,
        may_sign_first=bool(parts & {Part.MENTOR, Part.DEPUTY}), exclusion=queries.exclusion(project, me().id),
        unchecked=queries.in_state(project.id, *queries.UNCHECKED) if project.round.asks_receipts else 0,
        is_returning=sent is forms["return_form"], **forms, **facts_of(project, report),
    )
