"""Say that one has a conflict of interest, and name somebody who can act instead."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.queries import person as load_person
from incubator.budgets import operations_conflict, operations_deputy, queries_approval, queries_deputy
from incubator.budgets.forms_change import ConflictForm, DeputyForm
from incubator.budgets.routes_frame import bp
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.projects.models import Part, Participation, Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/conflict", methods=["GET", "POST"])
@guard(Act.DECLARE_CONFLICT, project=load)
def declare_conflict(project: Project) -> ResponseReturnValue:
    """Record a conflict of interest; `act` behind the question mark is what it was about to be."""
    form, today = ConflictForm(data={"act": request.args.get("act", "")}), clock.today()
    act = _act(form.act.data)
    if form.submitted() and form.carry_out(operations_conflict.declare, project, me(), act, True):
        flash(_("Thank you. It is noted, and somebody else will do this."))
        return redirect(url_for("budgets.declare_conflict", project_id=project.id, act=act.value), 303)
    return page(
        "budgets/conflict.html", form, project=project, act=act,
        my_exclusion=queries_approval.exclusion_from(act, project, me().id, today),
        instead=[person for person in queries_approval.free_for(act, project, today) if person.id != me().id],
    )


def _act(asked: str | None) -> Act:
    return Act(asked) if asked in {act.value for act in Act} else Act.APPROVE_BUDGET


@bp.route("/desk/projects/<int:project_id>/deputy", methods=["GET", "POST"])
@guard(Act.NAME_DEPUTY, project=load)
def name_deputy(project: Project) -> ResponseReturnValue:
    form = DeputyForm()
    people = [person for person in queries_deputy.candidates(project, clock.today()) if person.id != me().id]
    form.person.choices = [("", _("Please choose")), *((str(person.id), person.name) for person in people)]
    if form.submitted() and form.carry_out(
        _name, project, me(), person_id=form.person.data, reason=form.reason.data
    ):
        flash(_("The deputy was named and gets a letter."))
        return redirect(url_for("budgets.name_deputy", project_id=project.id), 303)
    return page(
        "budgets/deputy.html", form, project=project, people=people, deputies=queries_deputy.deputies(project.id),
        reasons=queries_deputy.reasons(project.id),
    )


def _name(project: Project, by, *, person_id: int, reason: str) -> Participation:
    return operations_deputy.name_deputy(project, by, load_person(person_id), reason)


@bp.route("/desk/deputies/<int:participation_id>/end", methods=["GET", "POST"])
@guard(Act.NAME_DEPUTY, participation=queries_deputy.deputy)
def end_deputy(participation: Participation) -> ResponseReturnValue:
    form, project = ActForm(), participation.project
    if participation.kind is not Part.DEPUTY:
        return redirect(url_for("budgets.name_deputy", project_id=project.id), 303)
    if form.submitted() and form.carry_out(operations_deputy.end_deputy, participation, me()):
        flash(_("This person is not a deputy any more."))
        return redirect(url_for("budgets.name_deputy", project_id=project.id), 303)
    return page("budgets/end_deputy.html", form, project=project, participation=participation)
