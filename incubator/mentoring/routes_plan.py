"""Pages on which talks are planned, moved and called off."""

from datetime import time, timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.mentoring import operations_talks, queries, queries_talks, rules, rules_talks
from incubator.mentoring.forms_talks import EditTalkForm, TalkForm
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/talks/plan", methods=["GET", "POST"])
@guard(Act.PLAN_TALK, project=load)
def plan_talk(project: Project) -> ResponseReturnValue:
    form = TalkForm(data={
        "on": clock.today() + timedelta(days=7), "at": time(17), "minutes": 60, "mode": SessionMode.ON_SITE,
        "kind": _kind(project),
    })
    if form.submitted() and form.carry_out(operations_talks.plan, project, me(), **form.values()):
        flash(_("The talk is planned. Everybody gets an invitation for their calendar."))
        return redirect(url_for("mentoring.show", project_id=project.id), 303)
    return page("mentoring/talk.html", form, project=project, talk=None, is_time=project.status in rules.TALKING)


def _kind(project: Project) -> SessionKind:
    """Guess what the talk will be: the first one, the last one, or one on the way."""
    if project.status in rules.TO_CLOSE:
        return SessionKind.CLOSING
    talked = queries.has_initial_consultation(project.id)
    return SessionKind.ACCOMPANIMENT if talked else SessionKind.INITIAL_CONSULTATION


@bp.route("/desk/talks/<int:talk_id>", methods=["GET", "POST"])
@guard(Act.PLAN_TALK, talk=queries_talks.talk)
def change_talk(talk: PlannedTalk) -> ResponseReturnValue:
    local = talk.starts_at.astimezone(clock.CITY)
    form = EditTalkForm(obj=talk, data={"on": local.date(), "at": local.time()})
    if form.submitted() and form.carry_out(
        operations_talks.change, talk, me(), version=form.version.data, **form.values()
    ):
        flash(_("The changes were saved. Everybody gets the new invitation."))
        return redirect(url_for("mentoring.show", project_id=talk.project_id), 303)
    return page("mentoring/talk.html", form, project=talk.project, talk=talk,
                is_time=talk.project.status in rules.TALKING and talk.state is TalkState.PLANNED)


@bp.route("/desk/talks/<int:talk_id>/cancel", methods=["GET", "POST"])
@guard(Act.PLAN_TALK, talk=queries_talks.talk)
def cancel_talk(talk: PlannedTalk) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_talks.cancel, talk, me()):
        flash(_("The talk is cancelled."))
        return redirect(url_for("mentoring.show", project_id=talk.project_id), 303)
    return page("mentoring/cancel_talk.html", form, project=talk.project, talk=talk,
                is_planned=talk.state is TalkState.PLANNED,
                is_over=rules_talks.is_over(talk.starts_at, talk.minutes, clock.now()))
