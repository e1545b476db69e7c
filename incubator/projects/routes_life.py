"""Start, pause, go on, and take the award back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.projects import operations, queries, rules
from incubator.projects.forms import ReasonForm, StartForm
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project, SecondSignature
from incubator.projects.routes_frame import bp


def _back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("projects.show", project_id=project.id), 303)


@bp.route("/desk/projects/<int:project_id>/start", methods=["GET", "POST"])
@guard(Act.START_PROJECT, project=queries.project)
def start(project: Project) -> ResponseReturnValue:
    form = StartForm()
    if form.submitted() and form.carry_out(operations.start, project, me(), **form.values()):
        flash(_("The project has started."))
        return _back(project)
    return page("projects/start.html", form, project=project, is_final=rules.is_final(project, clock.today()))


@bp.route("/desk/projects/<int:project_id>/suspend", methods=["GET", "POST"])
@guard(Act.SUSPEND_PROJECT, project=queries.project)
def suspend(project: Project) -> ResponseReturnValue:
    return _with_reason(
        project, operations.suspend, _("The project is suspended. Everybody involved gets a letter."),
        title=_("Suspend the project"), button=_("Suspend the project"), endpoint="projects.suspend",
        explanation=_("The project rests until you let it go on. Its public page stays, and says so."),
    )


@bp.route("/desk/projects/<int:project_id>/resume", methods=["GET", "POST"])
@guard(Act.SUSPEND_PROJECT, project=queries.project)
def resume(project: Project) -> ResponseReturnValue:
    return _with_reason(
        project, operations.resume, _("The project goes on. Everybody involved gets a letter."),
        title=_("Let the project go on"), button=_("Let the project go on"), endpoint="projects.resume",
        explanation=_("Say what has been solved, so that everybody can understand it later."),
    )


def _with_reason(project: Project, operation: Callable[..., Any], told: str, **texts: str) -> ResponseReturnValue:
    form = ReasonForm()
    if form.submitted() and form.carry_out(operation, project, me(), **form.values()):
        flash(told)
        return _back(project)
    return page("projects/reason.html", form, project=project, **texts)


@bp.route("/desk/projects/<int:project_id>/revoke", methods=["GET", "POST"])
@guard(Act.REVOKE_AWARD, project=queries.project)
def revoke(project: Project) -> ResponseReturnValue:
    """One person proposes with a reason, another one agrees to exactly that."""
    waiting = queries.open_signature(project.id, Action.REVOKE)
    form = ActForm() if waiting else ReasonForm()
    if form.submitted() and form.carry_out(operations.revoke, project, me(), **form.values()):
        if waiting:
            flash(_("The award is revoked. The team gets a letter with the reason."))
        else:
            flash(_("Your signature is noted. A second person of the coordination must agree."))
        return _back(project)
    return page("projects/revoke.html", form, project=project, waiting=waiting)


@bp.route("/desk/signatures/<int:signature_id>/drop", methods=["GET", "POST"])
@guard(Act.REVOKE_AWARD, signature=queries.signature)
def drop(signature: SecondSignature) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.drop, signature, me()):
        flash(_("The proposed step was dropped. Nothing has changed."))
        return _back(signature.project)
    return page("projects/drop.html", form, project=signature.project, signature=signature)
