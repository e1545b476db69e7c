"""Report a milestone, write news, write down a talk: as on the pages, with a key."""

from typing import Any

import flask
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from incubator.api import queries, rules
from incubator.api.bodies import Body
from incubator.api.by_key import keyed, person
from incubator.api.models import ApiKey
from incubator.api.problems import ROOT, Problem
from incubator.api.routes_own import OwnMilestone, own_milestone
from incubator.api.routes_read import bp
from incubator.api.rules import Scope
from incubator.api.words import told, when
from incubator.api.writing import Told, write
from incubator.mentoring import operations_sessions
from incubator.mentoring.forms import SessionForm
from incubator.mentoring.models import Session
from incubator.mentoring.rules import MOST_STEPS
from incubator.milestones import operations, operations_report
from incubator.milestones import queries as milestones
from incubator.milestones.forms import NewsForm, ReportForm
from incubator.milestones.models import Milestone, Update, UpdateState
from incubator.policy import Act
from incubator.projects.models import Project

REPORT_IT = _l("Report a milestone")
WRITE_NEWS = _l("Write news of a project")
LOG_TALK = _l("Write down a talk with a project you accompany")
CHANGED = _l("It was changed since you looked at it. Read it again, and decide then.")
UNSEEN = _l("Send the mark of the version you have seen: “If-Match”, with the ETag of the milestone under “my”.")

REPORT = Body(ReportForm, leaves=("photos",))
NEWS = Body(NewsForm, leaves=("photos", "preview"))
TALK = Body(SessionForm, several="steps", row=("what", "who", "due"), row_needs=("what",), most=MOST_STEPS)
BODIES = {"report_milestone": REPORT, "write_update": NEWS, "log_session": TALK}


class WrittenUpdate(Schema):
    """News that was written; where the round has it read first, it is not public yet."""

    id = told(fields.Integer, required=True)
    project = told(fields.String, required=True)
    title = told(fields.String, required=True)
    is_public = told(fields.Boolean, required=True)


class LoggedSession(Schema):
    """A talk that was written down."""

    id = told(fields.Integer, required=True)
    project = told(fields.String, required=True)
    held_on = told(fields.Date, required=True)
    minutes = told(fields.Integer, required=True)


def _seen() -> list[int] | None:
    """Read which versions the program has seen; None where it takes any."""
    condition = flask.request.headers.get("If-Match", "")
    if not condition.strip():
        raise Problem(428, UNSEEN)
    if condition.strip() == "*":
        return None
    return [version for each in condition.split(",") if (version := rules.version_of(each)) is not None]


def _report(milestone: Milestone, seen: list[int] | None, by: Any, **values: Any) -> Milestone:
    """Report it as the page does, unless it was changed since; others wait meanwhile."""
    milestones.held(milestone)
    if seen is not None and milestone.version not in seen:
        raise Problem(412, CHANGED, headers={"ETag": rules.mark_of(milestone.version)})
    operations_report.report(milestone, by, **values)
    return milestone


def _told_report(milestone: Milestone) -> Told:
    return Told(own_milestone(milestone), 200, {"ETag": rules.mark_of(milestone.version)})


@bp.route("/milestones/<int:milestone_id>/report", methods=["POST"])
@bp.doc(summary=REPORT_IT, operationId="report_milestone")
@bp.response(200, OwnMilestone, description=str(REPORT_IT))
@keyed(Act.REPORT_MILESTONE, Scope.REPORT, milestone=milestones.milestone)
def report_milestone(milestone: Milestone, *, key: ApiKey) -> flask.Response:
    return write(key, person(), REPORT, _report, milestone, _seen(), tell=_told_report)


def _told_update(update: Update) -> Told:
    is_public = update.state is UpdateState.PUBLISHED
    place = {"Location": f"{flask.current_app.config['BASE_URL']}{ROOT}/updates/{update.id}"} if is_public else {}
    slug = milestones.update(update.id).project.slug
    return Told({"id": update.id, "project": slug, "title": update.title, "is_public": is_public}, 201, place)


@bp.route("/projects/<string:slug>/updates", methods=["POST"])
@bp.doc(summary=WRITE_NEWS, operationId="write_update")
@bp.response(201, WrittenUpdate, description=str(WRITE_NEWS))
@keyed(Act.WRITE_UPDATE, Scope.UPDATE, project=queries.project)
def write_update(project: Project, *, key: ApiKey) -> flask.Response:
    return write(key, person(), NEWS, operations.write_update, project, tell=_told_update)


def _talk(form: Any) -> dict[str, Any]:
    known: dict[str, Any] = form.talk([])
    return known


def _told_talk(session: Session) -> Told:
    return Told({"id": session.id, "project": session.project.slug, "held_on": when(session.held_on),
                 "minutes": session.minutes}, 201, {})


@bp.route("/projects/<string:slug>/sessions", methods=["POST"])
@bp.doc(summary=LOG_TALK, operationId="log_session")
@bp.response(201, LoggedSession, description=str(LOG_TALK))
@keyed(Act.LOG_SESSION, Scope.SESSION, project=queries.project)
def log_session(project: Project, *, key: ApiKey) -> flask.Response:
    return write(key, person(), TALK, operations_sessions.log_session, project, tell=_told_talk, values=_talk)


bp.record_once(lambda state: state.app.extensions["csrf"].exempt(bp))
