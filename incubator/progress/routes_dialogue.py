"""What the city heard: needs, workshops and ideas, for everyone to read."""

from datetime import datetime
from typing import Any

import flask
from babel.dates import format_time

from incubator.access import public
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_number, asked_text
from incubator.progress import queries_evidence, queries_ideas, queries_workshops, rules_dialogue
from incubator.progress.pages_dialogue import Asked

bp = flask.Blueprint("voices", __name__)
LONGEST_FILTER = 80




@bp.app_template_filter("hour")
def hour(value: datetime) -> str:
    """Write the time of day in the city."""
    return format_time(value.astimezone(clock.CITY), "short", tzinfo=clock.CITY, locale=language.current().babel)


def _asked() -> Asked:
    chosen = {name: asked_text(name, LONGEST_FILTER) for name in ("theme", "district", "state")}
    return Asked(after=asked_number("after"), **chosen)


def _here() -> str:
    return language.current().code


@bp.get("/evidence/")
@public
def needs():
    return flask.render_template("progress/needs.html", page=queries_evidence.evidence_list(_asked(), _here()))


@bp.get("/evidence/<int:evidence_id>")
@public
def need(evidence_id: int):
    page = queries_evidence.evidence_page(evidence_id, _here(), clock.today())
    return flask.render_template("progress/need.html", page=_found(page))


@bp.get("/workshops/")
@public
def workshops():
    page = queries_workshops.workshop_list(asked_number("before"), _here())
    return flask.render_template("progress/workshops.html", page=page)


@bp.get("/workshops/<string:slug>")
@public
def workshop(slug: str):
    page = _found(queries_workshops.workshop_page(slug, _here(), clock.today()))
    config = flask.current_app.config
    url = config["BASE_URL"] + flask.url_for("voices.workshop", slug=slug)
    structured = rules_dialogue.structured(page, url=url, city=config["CITY_NAME"])
    return flask.render_template("progress/workshop.html", page=page, structured=structured)


@bp.get("/ideas/")
@public
def ideas():
    return flask.render_template("progress/ideas.html", page=queries_ideas.idea_list(_asked(), _here()))


@bp.get("/ideas/<int:idea_id>")
@public
def idea(idea_id: int):
    page = queries_ideas.idea_page(idea_id, _here(), clock.today())
    return flask.render_template("progress/idea.html", page=_found(page))


def _found(page: Any) -> Any:
    if page is None:
        flask.abort(404)
    return page
