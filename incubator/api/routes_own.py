"""What a key opens: its person's projects and milestones with their versions, and writing in their name."""

from typing import Any

import flask
from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema, fields

from incubator.api import queries, rules
from incubator.api.answering import answer
from incubator.api.asking import asks
from incubator.api.by_key import keyed, person
from incubator.api.models import ApiKey
from incubator.api.problems import ROOT
from incubator.api.routes_read import bp, following
from incubator.api.words import State, state, told, when
from incubator.foundation import language
from incubator.milestones import queries as milestones
from incubator.milestones.models import Milestone
from incubator.policy import Act
from incubator.progress.pages import Label
from incubator.projects.models import Project

MY_PROJECTS = _l("The projects you work on or accompany")
MY_MILESTONES = _l("Their milestones, with their versions")
MY_MILESTONE = _l("A milestone as your project knows it, with its version")


class OwnProject(Schema):
    """A project in which the key's person works, or which they accompany."""

    slug = told(fields.String, required=True)
    title = told(fields.String, required=True)
    language = told(fields.String, required=True)
    status = fields.Nested(State, required=True)
    parts = fields.List(fields.String(), required=True, metadata={
        "description": "What you are in it: lead, member or mentor."})


class OwnMilestone(Schema):
    """A milestone as its project knows it; `version` changes with every change."""

    id = told(fields.Integer, required=True)
    project = told(fields.String, required=True)
    title = told(fields.String, required=True)
    status = fields.Nested(State, required=True)
    due = told(fields.Date, required=True)
    forecast = told(fields.Date, required=True)
    actual = told(fields.Date, may_lack=True, required=True)
    version = told(fields.Integer, required=True)


def _page(kind: type[Schema], name: str) -> Any:
    return Schema.from_dict({
        "items": fields.List(fields.Nested(kind), required=True),
        "next": fields.String(required=True, allow_none=True),
    }, name=name)


def own_milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "id": milestone.id, "project": milestone.project.slug, "title": milestone.title,
        "status": state(Label(milestone.status.value, milestone.status.label)), "due": when(milestone.due_on),
        "forecast": when(milestone.forecast_on), "actual": when(milestone.actual_on), "version": milestone.version,
    }


def _own_project(project: Project) -> dict[str, Any]:
    parts = sorted(part.value for part in project.part_of(person().id))
    return {"slug": project.slug, "title": project.title, "language": project.language,
            "status": state(Label(project.status.value, project.status.label)), "parts": parts}


def _listed(items: list[dict[str, Any]], after: Any) -> flask.Response:
    next_page = following(after)
    said = answer({"items": items, "next": next_page})
    if next_page:
        said.headers["Link"] = f'<{next_page}>; rel="next"'
    said.add_etag()
    said.make_conditional(flask.request)
    return said


@bp.route("/my/projects")
@bp.doc(summary=MY_PROJECTS, operationId="list_my_projects")
@bp.arguments(asks("MyProjectsQuestion", ["slug"], after="id"), location="query", unknown=RAISE)
@bp.response(200, _page(OwnProject, "OwnProjectPage"), description=str(MY_PROJECTS))
@keyed(Act.SEE_DESK, None)
def my_projects(given: dict[str, Any], *, key: ApiKey) -> flask.Response:
    found = queries.own_projects(person().id, given.get("after"), given["limit"])
    return _listed([_own_project(row) for row in found.rows], found.after)


@bp.route("/my/milestones")
@bp.doc(summary=MY_MILESTONES, operationId="list_my_milestones")
@bp.arguments(asks("MyMilestonesQuestion", ["id"], filters=("project",), after="id"), location="query", unknown=RAISE)
@bp.response(200, _page(OwnMilestone, "OwnMilestonePage"), description=str(MY_MILESTONES))
@keyed(Act.SEE_DESK, None)
def my_milestones(given: dict[str, Any], *, key: ApiKey) -> flask.Response:
    found = queries.own_milestones(person().id, given.get("project", ""), given.get("after"), given["limit"])
    return _listed([own_milestone(row) for row in found.rows], found.after)


@bp.route("/my/milestones/<int:milestone_id>")
@bp.doc(summary=MY_MILESTONE, operationId="get_my_milestone")
@bp.response(200, OwnMilestone, description=str(MY_MILESTONE))
@keyed(Act.SEE_PROJECT, None, milestone=milestones.milestone)
def my_milestone(milestone: Milestone, *, key: ApiKey) -> flask.Response:
    """Its mark is its version, to be sent back in `If-Match`."""
    said = answer(own_milestone(milestone))
    said.headers["ETag"] = rules.mark_of(milestone.version)
    said.make_conditional(flask.request)
    said.content_language.clear()
    said.content_language.add(language.current().html)
    return said


def address_of_milestone(milestone: Milestone) -> str:
    return f"{flask.current_app.config['BASE_URL']}{ROOT}/my/milestones/{milestone.id}"
