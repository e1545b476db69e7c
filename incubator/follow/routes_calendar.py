"""Milestones as calendars to subscribe to: of the programme and of a project."""

from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.follow import calendar, queries_calendar
from incubator.follow.calendar import Plan
from incubator.follow.routes_feeds import as_file
from incubator.foundation import clock, language

bp = flask.Blueprint("calendar", __name__)


@bp.get("/calendar.ics")
@public
def programme() -> ResponseReturnValue:
    return _answer(queries_calendar.programme(language.current().code, clock.today()), "milestones")


@bp.get("/projects/<string:slug>/calendar.ics")
@public
def project(slug: str) -> ResponseReturnValue:
    return _answer(queries_calendar.project(slug, language.current().code), slug)


def _answer(plan: Plan | None, file_name: str) -> flask.Response:
    if plan is None:
        flask.abort(404)
    config = flask.current_app.config
    base, site = config["BASE_URL"], config["SITE_NAME"]
    content = calendar.write(
        plan,
        name=f"{plan.project} – {site}" if plan.project else site,
        language=language.current(),
        host=urlsplit(base).hostname or site,
        urls={each.slug: base + flask.url_for("progress.project", slug=each.slug) for each in plan.steps},
    )
    answer = as_file(content, calendar.TYPE, plan.changed_at.replace(microsecond=0))
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return answer
