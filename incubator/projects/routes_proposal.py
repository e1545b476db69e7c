"""Pages on which a team writes its proposal and hands it in."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.dialogue import queries as dialogue
from incubator.dialogue.models import IDEA_STEPS, Idea, IdeaState
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.foundation.language import BY_CODE, current
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.projects import operations, queries, rules, rules_autosave
from incubator.projects.forms import STEP_LABELS, STEPS, BeginForm, GrowForm
from incubator.projects.models import Project
from incubator.projects.routes_autosave import autosaved, wants_data
from incubator.projects.routes_frame import bp, missing, offer_choices, stored


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


@bp.route("/desk/ideas/<int:idea_id>/propose", methods=["GET", "POST"])
@guard(Act.PROPOSE_FROM_IDEA, hidden=True, idea=dialogue.idea)
def propose_from_idea(idea: Idea) -> ResponseReturnValue:
    """Make a project of an idea; ideas that are not public are nobody's but the coordination's to know."""
    form, leads = GrowForm(data={"title": idea.title}), _possible_leads()
    if leads:
        form.lead_id.choices = [("", _("Please choose")), *((each.id, each.name) for each in leads.values())]
    else:
        del form.lead_id
    if form.submitted():
        values = form.values()
        lead = leads.get(values.pop("lead_id", None))
        code = idea.language if idea.language in BY_CODE else idea.round.language
        if form.carry_out(operations.draft, idea.round, me(), language=code, idea=idea, lead=lead, **values):
            flash(_("The idea is now a project. The draft is saved, and nothing is handed in yet."))
            if lead is None or lead.id == me().id:
                return redirect(url_for("projects.edit", project_id=form.outcome.id, step="idea"), 303)
            return redirect(url_for("projects.show", project_id=form.outcome.id), 303)
    return page("projects/grow.html", form, idea=idea, may_become=IdeaState.PROMOTED in IDEA_STEPS[idea.state])


def _possible_leads() -> dict[int, Person]:
    """Return whom the coordination can name, themselves last; nobody else names anybody."""
    if not may(Act.NAME_LEAD):
        return {}
    return {each.id: each for each in [*people_with_role(Role.LEAD), me()]}


@bp.route("/desk/projects/<int:project_id>/proposal/<any(idea, need, plan, carrier):step>", methods=["GET", "POST"])
@guard(Act.EDIT_PROPOSAL, project=queries.project)
def edit(project: Project, step: str) -> ResponseReturnValue:
    """One step of the proposal; a script that saves while somebody writes is answered in its own language."""
    if request.method == "POST" and wants_data(request.accept_mimetypes):
        return autosaved(project, step)
    form = STEPS[step](data=stored(project, STEPS[step]))
    offer_choices(form, project)
    if form.submitted():
        drawn = rules_autosave.read(form.drawn.data)
        if form.carry_out(operations.edit_step, project, me(), form.version.data, drawn, form.values()):
            return redirect(_after(project, step), 303)
    return page(
        "projects/edit.html", form, project=project, step=step, steps=STEP_LABELS, editable=rules.EDITABLE,
        progress=rules_autosave.progress(project), empty=rules.WHEN_EMPTY,
    )


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
