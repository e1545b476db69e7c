"""Pages about talks and what was agreed in them."""

from collections import defaultdict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import clock
from incubator.foundation.forms import Form, me, page
from incubator.mentoring import operations, queries, queries_agreements, queries_talks, rules, rules_talks
from incubator.mentoring.forms import SessionForm
from incubator.mentoring.models import AgreedStep, AssignmentState, SessionKind
from incubator.mentoring.models_agreement import PlannedTalk
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/mentoring")
@guard(Act.SEE_SESSIONS, project=load)
def show(project: Project) -> ResponseReturnValue:
    """The team sees who mentors it; who was asked and said no is for the coordination."""
    asked, now = queries.assignments(project.id), clock.now()
    steps_of = defaultdict(list)
    steps, talks = queries.steps(project.id), queries_talks.planned(project.id)
    for step in steps:
        steps_of[step.session_id].append(step)
    accompanied = [each for each in asked if each.state is AssignmentState.ACCEPTED] or [
        each for each in asked if each.state is AssignmentState.ENDED and each.person in project.mentors]
    sees_all = may(Act.PROPOSE_MENTOR, project)
    return page(
        "mentoring/show.html", project=project, sessions=queries.sessions(project.id), steps_of=steps_of,
        open_steps=[step for step in steps if step.done_on is None], mentors=accompanied,
        others=[each for each in asked if each not in accompanied] if sees_all else [],
        left=[each for each in asked if each.handover],
        waits=AssignmentState.PROPOSED in {each.state for each in asked},
        may_talk=project.status in rules.TALKING, may_find=project.status in rules.FINDING, open_states=rules.OPEN,
        may_plan_milestones=project.status in rules.PLANNING,
        agreements=queries_agreements.agreements(project.id),
        over=[each for each in talks if rules_talks.is_over(each.starts_at, each.minutes, now)],
        coming=[each for each in talks if not rules_talks.is_over(each.starts_at, each.minutes, now)],
    )


@bp.route("/desk/projects/<int:project_id>/mentoring/log", methods=["GET", "POST"])
@guard(Act.LOG_SESSION, project=load)
def log(project: Project) -> ResponseReturnValue:
    kind = SessionKind.CLOSING if project.status is Status.COMPLETED else None
    return _log(project, SessionForm(data={"held_on": clock.today(), "kind": kind}))


@bp.route("/desk/talks/<int:talk_id>/log", methods=["GET", "POST"])
@guard(Act.LOG_SESSION, talk=queries_talks.talk)
def log_talk(talk: PlannedTalk) -> ResponseReturnValue:
    """The form knows what was planned; what came differently is corrected in it."""
    planned = {"held_on": talk.starts_at.astimezone(clock.CITY).date(), "minutes": talk.minutes, "kind": talk.kind,
               "mode": talk.mode}
    return _log(talk.project, SessionForm(data=planned), talk)


def _log(project: Project, form: SessionForm, talk: PlannedTalk | None = None) -> ResponseReturnValue:
    people = [*project.team, *project.mentors]
    form.offer(people)
    if form.submitted() and form.carry_out(operations.log_session, project, me(), talk=talk, **form.talk(people)):
        flash(_("The talk was written down. The team gets a letter with a link."))
        return redirect(url_for("mentoring.show", project_id=project.id), 303)
    is_closed = project.status is Status.COMPLETED and queries_talks.is_closed(project.id)
    return page(
        "mentoring/log.html", form, project=project, talk=talk, rows=range(1, rules.MOST_STEPS + 1),
        may_talk=rules.may_talk(project.status, SessionKind.CLOSING, is_closed=is_closed),
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
