"""Pages on which a team writes its proposal and hands it in."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.foundation.language import current
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.projects import operations, queries, rules
from incubator.projects.forms import STEP_LABELS, STEPS, BeginForm
from incubator.projects.models import Project
from incubator.projects.routes_frame import bp, missing, offer_choices, stored, written


@bp.route("/desk/propose", methods=["GET", "POST"])
@guard(Act.PROPOSE)
def propose() -> ResponseReturnValue:
    """The first step of a proposal; a draft exists once it has a title."""
    rounds = {each.id: each for each in programme.open_rounds(clock.today())}
    form = BeginForm(data={"language": current().code, "round_id": next(iter(rounds), None)})
    form.round_id.choices = [(each.id, each.name) for each in rounds.values()]
    offer_choices(form)
    if rounds and form.submitted():
        values = form.values()
        chosen = rounds[values.pop("round_id")]
        if form.carry_out(operations.draft, chosen, me(), **values):
            flash(_("Your draft is saved. You can stop at any time and go on later."))
            return redirect(url_for("projects.edit", project_id=form.outcome.id, step="need"), 303)
    return page("projects/propose.html", form, rounds=rounds, steps=STEP_LABELS)


@bp.route("/desk/projects/<int:project_id>/proposal/<any(idea, need, plan, carrier):step>", methods=["GET", "POST"])
@guard(Act.EDIT_PROPOSAL, project=queries.project)
def edit(project: Project, step: str) -> ResponseReturnValue:
    form = STEPS[step](data=stored(project))
    offer_choices(form, project)
    if form.submitted() and form.carry_out(operations.edit, project, me(), form.version.data, **written(form)):
        return redirect(_after(project, step), 303)
    return page("projects/edit.html", form, project=project, step=step, steps=STEP_LABELS, editable=rules.EDITABLE)


def _after(project: Project, step: str) -> str:
    """Lead to the next step, after the last one to the check; whoever wants to stop comes to the project."""
    keys = list(STEPS)
    if "stop" in request.form:
        flash(_("Saved. You can go on whenever you like."))
        return url_for("projects.show", project_id=project.id)
    if step != keys[-1]:
        return url_for("projects.edit", project_id=project.id, step=keys[keys.index(step) + 1])
    if may(Act.SUBMIT_PROPOSAL, project):
        return url_for("projects.submit", project_id=project.id)
    flash(_("Saved. The lead of the project hands the proposal in."))
    return url_for("projects.show", project_id=project.id)


@bp.route("/desk/projects/<int:project_id>/submit", methods=["GET", "POST"])
@guard(Act.SUBMIT_PROPOSAL, project=queries.project)
def submit(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.submit, project, me()):
        flash(_("Your proposal is with the city. You will get a letter with the day of receipt."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return page(
        "projects/submit.html", form, project=project, missing=missing(project), steps=STEP_LABELS,
        is_editable=project.status in rules.EDITABLE, last_day=rules.last_day(project),
        is_in_time=rules.may_still_submit(project, clock.today()),
    )


@bp.route("/desk/projects/<int:project_id>/withdraw", methods=["GET", "POST"])
@guard(Act.WITHDRAW_PROJECT, project=queries.project)
def withdraw(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.withdraw, project, me()):
        flash(_("The project was withdrawn."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return page("projects/withdraw.html", form, project=project)
