"""The page that explains to people how programs speak with this site, made of what the description is made of."""

from dataclasses import dataclass
from typing import Any

import flask

from incubator.access import public
from incubator.api import asking
from incubator.api.problems import ROOT
from incubator.api.resources import Resource
from incubator.api.routes_description import RESOURCES
from incubator.api.routes_read import THE_PROGRAMME
from incubator.api.routes_write import BODIES, LOG_TALK, REPORT_IT, WRITE_NEWS
from incubator.api.rules import Scope

bp = flask.Blueprint("developers", __name__)
WRITES = (
    ("report_milestone", REPORT_IT, "/milestones/{milestone_id}/report", Scope.REPORT),
    ("write_update", WRITE_NEWS, "/projects/{slug}/updates", Scope.UPDATE),
    ("log_session", LOG_TALK, "/projects/{slug}/sessions", Scope.SESSION),
)


@dataclass(frozen=True)
class Reading:
    """A kind of thing on the page: where it is, what it can be narrowed to, which parts it has."""

    summary: Any
    path: str
    place: str
    filters: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """Something that can be written: what is sent is (name, kind, is needed, sentence)."""

    summary: Any
    path: str
    scope: str
    sent: tuple[tuple[str, str, bool, str], ...]


@bp.get("/api/")
@public
def show() -> str:
    readings = (
        Reading(THE_PROGRAMME, f"{ROOT}/programme", "", (), ()), *(_reading(resource) for resource in RESOURCES))
    return flask.render_template(
        "api/developers.html", root=flask.current_app.config["BASE_URL"] + ROOT, readings=readings,
        writings=[_writing(*each) for each in WRITES], everywhere=[(name, asking.SENTENCES[name]) for name in
                                                                  asking.EVERYWHERE],
        filters=[(name, asking.SENTENCES[name]) for name in asking.FILTERS],
        reads=flask.current_app.config["API_READS_PER_MINUTE"],
        writes=flask.current_app.config["API_WRITES_PER_MINUTE"],
    )


def _reading(resource: Resource) -> Reading:
    place = "{id}" if resource.key == "id" else "{slug}"
    return Reading(resource.summary, f"{ROOT}/{resource.name}", f"{ROOT}/{resource.name}/{place}", resource.filters,
                   tuple(resource.fields_of_one))


def _writing(name: str, summary: Any, path: str, scope: Scope) -> Writing:
    schema = BODIES[name].schema()
    sent = tuple((part, _kind(known), part in schema["required"], known.get("description", ""))
                 for part, known in schema["properties"].items())
    return Writing(summary, ROOT + path, scope.value, sent)


def _kind(known: dict[str, Any]) -> str:
    if values := known.get("enum"):
        return " | ".join(values)
    return str(known.get("format") or known["type"])
