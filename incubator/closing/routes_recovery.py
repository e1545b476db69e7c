"""Money that goes back: what the lead must know, and where the coordination notes that it came."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.closing import operations, queries
from incubator.closing.forms import SettleForm, WaiveForm
from incubator.closing.routes_frame import back, bp, facts_of
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/recovery")
@guard(Act.SEE_PROJECT, project=load)
def recovery(project: Project) -> ResponseReturnValue:
    return _page(project, None)


@bp.route("/desk/projects/<int:project_id>/settle", methods=["GET", "POST"])
@guard(Act.SETTLE_RECOVERY, project=load)
def settle(project: Project) -> ResponseReturnValue:
    form = SettleForm()
    if form.submitted() and form.carry_out(operations.settle, project, me(), **form.values()):
        flash(_("The project is complete."))
        return back(project)
    return _page(project, form, settle_form=form)


@bp.route("/desk/projects/<int:project_id>/recovery/waive", methods=["GET", "POST"])
@guard(Act.SETTLE_RECOVERY, project=load)
def waive(project: Project) -> ResponseReturnValue:
    form = WaiveForm()
    if form.submitted() and form.carry_out(operations.waive, project, me(), **form.values()):
        flash(_("The project is complete."))
        return back(project)
    return _page(project, form, waive_form=form)


def _page(project: Project, sent: Form | None, **forms: Any) -> ResponseReturnValue:
    for name, kind in (("settle_form", SettleForm), ("waive_form", WaiveForm)):
        form = forms[name] if name in forms else kind(formdata=None)
        forms[name] = form
        form.form_key.id = f"{name}_key"
    asked = queries.recovery(project.id)
    return page(
        "closing/recovery.html", sent, recovery=asked,
        left=queries.still_to_return(project.id, asked) if asked is not None else 0,
        waits=project.status is Status.RECOVERY,
        is_small=asked is not None and asked.amount_cents < project.round.recovery_waived_below_cents,
        is_waiving="waive_form" in forms and sent is forms["waive_form"], **forms,
        **facts_of(project, queries.report(project.id)),
    )
