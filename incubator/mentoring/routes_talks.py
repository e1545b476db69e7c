"""Pages about talks and what was agreed in them."""

from collections import defaultdict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.mentoring import operations, queries, rules
from incubator.mentoring.forms import SessionForm
from incubator.mentoring.models import AgreedStep, AssignmentState
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/mentoring")
@guard(Act.SEE_SESSIONS, project=load)
def show(project: Project) -> ResponseReturnValue:
    """The team sees who mentors it; who was asked and said no is for the coordination."""
    asked = queries.assignments(project.id)
    steps_of = defaultdict(list)
    steps = queries.steps(project.id)
    for step in steps:
        steps_of[step.session_id].append(step)
    sees_all = may(Act.PROPOSE_MENTOR, project)
    return page(
        "mentoring/show.html", project=project, sessions=queries.sessions(project.id), steps_of=steps_of,
        open_steps=[step for step in steps if step.done_on is None],
        mentors=[each for each in asked if each.state is AssignmentState.ACCEPTED],
        others=[each for each in asked if each.state is not AssignmentState.ACCEPTED] if sees_all else [],
        waits=AssignmentState.PROPOSED in {each.state for each in asked},
        may_talk=project.status in rules.TALKING, may_find=project.status in rules.FINDING, open_states=rules.OPEN,
    )


@bp.route("/desk/projects/<int:project_id>/mentoring/log", methods=["GET", "POST"])
@guard(Act.LOG_SESSION, project=load)
def log(project: Project) -> ResponseReturnValue:
    form = SessionForm(data={"held_on": clock.today()})
    if form.submitted() and form.carry_out(operations.log_session, project, me(), **form.talk()):
        flash(_("The talk was written down. The team gets a letter with a link."))
        return redirect(url_for("mentoring.show", project_id=project.id), 303)
    return page(
        "mentoring/log.html", form, project=project, may_talk=project.status in rules.TALKING,
        rows=range(1, rules.MOST_STEPS + 1),
    )


@bp.post("/desk/steps/<int:step_id>/finish")
@guard(Act.FINISH_STEP, step=queries.step)
def finish_step(step: AgreedStep) -> ResponseReturnValue:
    form, project_id = Form(), step.project.id
    if form.submitted() and form.carry_out(operations.finish_step, step, me()):
        flash(_("Done."))
    for sentence in form.form_errors:
        flash(sentence)
    return redirect(url_for("mentoring.show", project_id=project_id), 303)
